import {
  problemMediaType,
  problem,
  problems,
  routes,
  statementFile,
  type ErrorCode,
  type Route,
} from '#contract'
import type { Metrics } from '#observability'
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifySchema } from 'fastify'
import { z } from 'zod'
import type { createGate, Admitted } from './gate.ts'
import type { Handler } from './handler.ts'
import { sendProblem } from './problem-reply.ts'
import type { LimitCheck } from './rate-limits.ts'
import { RequestFault } from './request-fault.ts'

export interface RegisterOptions {
  readonly gate: ReturnType<typeof createGate>
  readonly limit: LimitCheck
  /** By operation id; streams are answered by `stream`. */
  readonly handlers: Readonly<Record<string, Handler<Route>>>
  readonly stream: (admitted: Admitted, request: FastifyRequest, reply: FastifyReply) => void
  readonly metrics: Pick<Metrics, 'answered'>
  readonly slow: (request: FastifyRequest, reply: FastifyReply) => void
}

const slowMs = 2_000

/** Serves every route of the contract: door, checks, handler, answer. */
export function registerRoutes(app: FastifyInstance, options: RegisterOptions): void {
  const admitted = new WeakMap<FastifyRequest, Admitted>()
  app.setValidatorCompiler<z.ZodType>(({ schema }) => (data: unknown) => {
    const checked = schema.safeParse(data)
    return checked.success
      ? { value: checked.data }
      : { error: new RequestFault(checked.error.issues) }
  })
  for (const [name, route] of Object.entries<Route>(routes)) {
    app.route({
      method: route.method,
      url: route.path,
      schema: schemaOf(name, route),
      onRequest: (request, reply) => admit({ route, request, reply }),
      // A body may be left out where it says nothing; then what is missing is named.
      preValidation: async (request) => {
        if (route.body !== undefined) request.body ??= {}
      },
      handler: (request, reply) => answer({ name, route, request, reply }),
      onResponse: async (request, reply) => {
        const { statusCode: status, elapsedTime: durationMs } = reply
        options.metrics.answered({ route: name, status, durationMs })
        if (durationMs > slowMs && route.answerKind !== 'stream') options.slow(request, reply)
      },
    })
  }

  async function admit(at: { route: Route; request: FastifyRequest; reply: FastifyReply }) {
    const { route, request, reply } = at
    // A partner asks as often as he must; whoever only says he is one is counted like anybody.
    const isPartner = route.auth === 'partner'
    const early = isPartner ? null : await options.limit(request)
    if (early !== null) return sendProblem(reply, { code: 'rate_limited' }, { retryAfterS: early })
    const let_in = await options.gate(route, request, reply)
    if (!let_in.ok) {
      const wait = isPartner ? await options.limit(request) : null
      if (wait !== null) return sendProblem(reply, { code: 'rate_limited' }, { retryAfterS: wait })
      return sendProblem(reply, let_in.error)
    }
    const session = let_in.value.actor?.sessionId ?? let_in.value.operator?.operatorId
    const more = session === undefined ? null : await options.limit(request, session)
    if (more !== null) return sendProblem(reply, { code: 'rate_limited' }, { retryAfterS: more })
    admitted.set(request, let_in.value)
    return undefined
  }

  async function answer(at: {
    name: string
    route: Route
    request: FastifyRequest
    reply: FastifyReply
  }): Promise<unknown> {
    const { name, route, request, reply } = at
    const visitor = admitted.get(request)
    const handler = options.handlers[name]
    if (visitor === undefined || handler === undefined) throw new Error(`no handler for ${name}`)
    if (route.answerKind === 'stream') return options.stream(visitor, request, reply)
    const { body, query, params } = request
    const result = await handler({ ...visitor, body, query, params } as never)
    if (!result.ok) return sendProblem(reply, result.error)
    if (route.answerKind === 'text') reply.type('text/plain; version=0.0.4; charset=utf-8')
    if (route.answerKind === 'file') return sendFile(reply.code(route.status), result.value)
    return reply.code(route.status).send(result.value)
  }
}

/** Saved under its name, never shown inside a page of ours. */
function sendFile(reply: FastifyReply, file: unknown): FastifyReply {
  const { media_type: type, file_name: name, content, encoding } = statementFile.parse(file)
  reply.type(type).header('content-disposition', `attachment; filename="${name}"`)
  return reply.send(Buffer.from(content, encoding))
}

/** What Fastify checks and OpenAPI tells of a route. */
function schemaOf(name: string, route: Route): FastifySchema {
  const { body, query, params, answer, answerKind = 'json' } = route
  const types = {
    json: 'application/json',
    stream: 'text/event-stream',
    text: 'text/plain',
  }
  const content =
    answerKind === 'file'
      ? (route.fileTypes ?? []).map((type) => [type, { schema: z.string() }])
      : [[types[answerKind], { schema: answer }]]
  const success = { description: route.summary, content: Object.fromEntries(content) }
  return {
    operationId: name,
    tags: [route.tag],
    summary: route.summary,
    ...securityOf(route),
    ...(body === undefined ? {} : { body }),
    ...(query === undefined ? {} : { querystring: query }),
    ...(params === undefined ? {} : { params }),
    response: { [route.status]: success, ...refusalsOf(route) },
  }
}

function securityOf({ auth }: Route): Pick<FastifySchema, 'security'> {
  switch (auth) {
    case 'none':
      return {}
    case 'partner':
      return { security: [{ partner: [] }] }
    case 'customer':
    case 'operator':
      return { security: [{ [auth]: [] }, { bearer: [] }] }
  }
}

/** The refusals of a route by status, its codes in the description. */
function refusalsOf(route: Route): Record<string, object> {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of refusalCodes(route)) {
    const { status } = problems[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  const content = { [problemMediaType]: { schema: problem } }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [status, { description: codes.join(', '), content }]),
  )
}

/** Its own, and those of every route like it. */
function refusalCodes(route: Route): ErrorCode[] {
  const codes: ErrorCode[] = [...route.errors, 'rate_limited', 'internal']
  if (route.body ?? route.query ?? route.params) codes.push('request_malformed')
  if (route.body !== undefined) codes.push('media_type_not_supported', 'body_too_large')
  const ofSession = route.auth === 'customer' || route.auth === 'operator'
  if (ofSession) codes.push('sign_in_required', 'session_expired')
  if (route.auth !== 'none' || route.method === 'POST') codes.push('database_unavailable')
  if (route.method === 'POST') codes.push('csrf_failed', 'unavailable')
  if (route.idempotent) {
    codes.push('idempotency_key_missing', 'idempotency_key_malformed', 'id_reused')
  }
  return [...new Set(codes)]
}
