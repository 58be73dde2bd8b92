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
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly params?: Record<string, unknown> | undefined
}

/** What a failed check of a request means to the caller: the first issue, its field, its code. */
export function problemOfIssues(issues: readonly object[]): {
  code: ErrorCode
  param?: string
  detail: string
} {
  const issue = issues[0] as Issue | undefined
  if (issue === undefined) return { code: 'request_malformed', detail: 'not of this shape' }
  const given = issue.params?.['code']
  const code = typeof given === 'string' && isErrorCode(given) ? given : 'request_malformed'
  const param = issue.path.map(String).join('.')
  return { code, detail: issue.message, ...(param === '' ? {} : { param }) }
}
