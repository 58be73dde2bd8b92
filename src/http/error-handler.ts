import { problemOfIssues, type ErrorCode } from '#contract'
import { ConnectionLost } from '#database'
import { CalendarHorizonError } from '#fund'
import type { Logger } from '#observability'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendProblem } from './problem-reply.ts'
import { RequestFault } from './request-fault.ts'

/** Fastify's own errors that are the caller's doing. */
const codes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media_type_not_supported',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
}

interface SomeError extends Error {
  readonly code?: string
  readonly statusCode?: number
}

/** PostgreSQL away or on its way back: classes 08 and 57P, and the driver's and system's own. */
const databaseGone = /^(08...|57P0.|CONNECT.*|ECONNREFUSED|ECONNRESET|ENOENT|EPIPE)$/

/** What became of a request that threw: a problem for the caller, a line in the log for us. */
export function createErrorHandler(log: Logger) {
  return (error: SomeError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    if (error instanceof RequestFault) {
      const { detail, ...refusal } = problemOfIssues(error.issues)
      return sendProblem(reply, refusal, { say: detail })
    }
    const known = codes[error.code ?? '']
    if (known !== undefined) return sendProblem(reply, { code: known })
    if (error instanceof CalendarHorizonError) {
      return sendProblem(reply, { code: 'calendar_horizon' })
    }
    const at = { request: request.id, route: request.routeOptions.url }
    if (error instanceof ConnectionLost || databaseGone.test(error.code ?? '')) {
      log.warn({ ...at, reason: error.message }, 'the database cannot be reached')
      return sendProblem(reply, { code: 'database_unavailable' })
    }
    const { statusCode = 500 } = error
    if (statusCode >= 400 && statusCode < 500) {
      const say = 'The address, the headers or the JSON of the body cannot be read.'
      return sendProblem(reply, { code: 'request_malformed' }, { say })
    }
    log.error({ ...at, error }, 'a request broke')
    return sendProblem(reply, { code: 'internal' })
  }
}
