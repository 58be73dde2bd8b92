import { problemMediaType, problems, type Problem as ProblemBody } from '#contract'
import type { FlowProblem } from '#flows'
import type { FastifyReply } from 'fastify'

/** Seconds after which a refusal for lack of capacity is worth another try. */
const retryAfterS = 1

/** Refusals about a document of the request itself: where it is wrong is said. */
const aboutTheRequest: ReadonlySet<string> = new Set(['policy_faulty', 'facts_malformed'])

/**
 * Answers with RFC 9457. Only what went wrong with the request itself is said in words of its own
 * (`say`); what a flow knows about a refusal beyond its code stays inside.
 */
export function sendProblem(
  reply: FastifyReply,
  refusal: FlowProblem,
  more: { say?: string; retryAfterS?: number; allow?: string } = {},
): FastifyReply {
  const { status, title, detail } = problems[refusal.code]
  const own = aboutTheRequest.has(refusal.code) ? refusal.detail : undefined
  const body: ProblemBody = {
    type: `urn:coffer:problem:${refusal.code}`,
    title,
    status,
    detail: more.say ?? own ?? detail,
    code: refusal.code,
    ...(refusal.param === undefined ? {} : { param: refusal.param }),
    request_id: reply.request.id,
  }
  if (status === 503 || more.retryAfterS !== undefined) {
    reply.header('retry-after', String(more.retryAfterS ?? retryAfterS))
  }
  if (more.allow !== undefined) reply.header('allow', more.allow)
  return reply.code(status).type(problemMediaType).send(JSON.stringify(body))
}
