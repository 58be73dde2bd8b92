import type { z } from 'zod'
import type { OperatorRole } from './operator.ts'
import type { ErrorCode } from './problems.ts'

/** Partners that call us; the others only answer. `guard`: whoever asks our guard alone. */
export type PartnerName = 'carrier' | 'guard'

/** One endpoint as data: what the HTTP face serves, OpenAPI describes and the pages call. */
export interface Route {
  readonly method: 'GET' | 'POST'
  /** With `:name` for path parameters. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly auth: 'none' | 'customer' | 'operator' | 'partner'
  /** Which partner calls, where one does: the bearer token agreed with it. */
  readonly partner?: PartnerName
  /** Operators need one of these; every route of theirs says which. */
  readonly roles?: readonly OperatorRole[]
  /** An operator's session opened without a second factor may do this, and nothing else. */
  readonly enrolment?: true
  /** Needs an Idempotency-Key. */
  readonly idempotent: boolean
  /** Exists only beside simulators and a test clock. */
  readonly simulationOnly?: boolean
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** The status of success. */
  readonly status: 200 | 201 | 202
  /** `stream`: server-sent events, each one `answer` as JSON. `text`, `file`: not JSON at all. */
  readonly answerKind?: 'json' | 'stream' | 'text' | 'file'
  /** What a file may be, as media types. */
  readonly fileTypes?: readonly string[]
  readonly answer: z.ZodType
  /** The codes that are this endpoint's own; those of every request are not repeated. */
  readonly errors: readonly ErrorCode[]
}

type InputOf<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined
type OutputOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined
type Part<R, Name extends string> = R extends Record<Name, infer Schema> ? Schema : undefined

/** What a caller sends. */
export type BodyOf<R extends Route> = InputOf<Part<R, 'body'>>
export type QueryOf<R extends Route> = InputOf<Part<R, 'query'>>
export type ParamsOf<R extends Route> = InputOf<Part<R, 'params'>>
/** What a handler is given: checked, with defaults filled in. */
export type CheckedBodyOf<R extends Route> = OutputOf<Part<R, 'body'>>
export type CheckedQueryOf<R extends Route> = OutputOf<Part<R, 'query'>>
export type CheckedParamsOf<R extends Route> = OutputOf<Part<R, 'params'>>
export type AnswerOf<R extends Route> = z.output<R['answer']>
