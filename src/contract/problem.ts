import { z } from 'zod'
import { errorCodes, isErrorCode, type ErrorCode } from './problems.ts'

/** RFC 9457: the body of every answer that is not a success. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(errorCodes as [ErrorCode, ...ErrorCode[]]),
    param: z.string().optional(),
    request_id: z.string(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof problem>

export const problemMediaType = 'application/problem+json'

/** The parts of a zod issue that are read here. */
interface Issue {
  readonly code?: string
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly params?: Record<string, unknown> | undefined
  /** Of `unrecognized_keys`. */
  readonly keys?: readonly string[]
  /** Of `invalid_union`: what each choice had against it. */
  readonly errors?: readonly (readonly Issue[])[]
}

/** What a failed check of a request means to the caller: the first issue, its field, its code. */
export function problemOfIssues(issues: readonly object[]): {
  code: ErrorCode
  param?: string
  detail: string
} {
  const first = issues[0] as Issue | undefined
  if (first === undefined) return { code: 'request_malformed', detail: 'not of this shape' }
  const issue = codedChoice(first) ?? first
  const code = codeOf(issue) ?? 'request_malformed'
  const param = [...issue.path, ...(issue.keys ?? []).slice(0, 1)].map(String).join('.')
  return { code, detail: issue.message, ...(param === '' ? {} : { param }) }
}

function codeOf({ params }: Issue): ErrorCode | undefined {
  const given = params?.['code']
  return typeof given === 'string' && isErrorCode(given) ? given : undefined
}

/** Of a union, the choice that was meant: the one that refused with a code of our own. */
function codedChoice({ errors, path }: Issue): Issue | undefined {
  const found = (errors ?? []).flat().find((issue) => codeOf(issue) !== undefined)
  return found && { ...found, path: [...path, ...found.path] }
}
