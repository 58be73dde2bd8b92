import cookie from '@fastify/cookie'
import type { Flows } from '#flows'
import type { Clock, Ids, Random } from '#kernel'
import type { Logger, Metrics } from '#observability'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { serializerCompiler } from 'fastify-type-provider-zod'
import type { AddressInfo } from 'node:net'
import { createBoardStream } from './board-stream.ts'
import { createErrorHandler } from './error-handler.ts'
import { createGate, type Admitted, type PartnerTokens } from './gate.ts'
import { createHandlers, type Simulation } from './handlers.ts'
import { createNotFound } from './not-found.ts'
import { registerOpenApi } from './openapi.ts'
import { registerPages, type Pages } from './pages.ts'
import { sendProblem } from './problem-reply.ts'
import { createLimits, type RateLimits } from './rate-limits.ts'
import { registerRoutes } from './register-routes.ts'
import { createReplays, type RunReplay } from './replays.ts'
import { registerSecurityHeaders } from './security-headers.ts'

export interface HttpServerOptions {
  readonly flows: Flows
  readonly log: Logger
  readonly metrics: Metrics
  /** Real time. */
  readonly clock: Clock
  readonly ids: Ids
  readonly random: Random
  /** The program's version. */
  readonly version: string
  /** Database and lane answer. */
  readonly ready: () => Promise<boolean>
  /** The built pages; null serves the API alone. */
  readonly pages: Pages | null
  /** True behind HTTPS: cookies are Secure and browsers are told to stay with HTTPS. */
  readonly https: boolean
  /** Believe X-Forwarded-For: only behind a proxy of one's own. */
  readonly trustProxy: boolean
  /** null: no limits. */
  readonly rateLimits: RateLimits | null
  /** Of the partners that call us; the calls of one that has none are refused. */
  readonly partnerTokens?: PartnerTokens
  /** Present only where people, money and time are simulated. */
  readonly simulation: Simulation | null
  /** Plays the 2013 theft elsewhere; null: replays are off. */
  readonly replay: RunReplay | null
}

export interface HttpServer {
  /** Port 0: any free one. Rejects when the address is taken (EADDRINUSE). */
  listen(at: { host: string; port: number }): Promise<{ url: string; port: number }>
  /** Ends streams, refuses new requests, waits for those under way. */
  close(): Promise<void>
}

const bodyLimitBytes = 64 * 1024

/** The HTTP face: the contract's routes over the flows, and the two pages. */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { log, ids, flows } = options
  const app = createApp(options)
  const errors = createErrorHandler(log)
  const stream = createBoardStream({ read: () => readBoard(handlers), log })
  const replays = createReplays({ run: options.replay, clock: options.clock, ids, log })
  const handlers = createHandlers({ ...options, replays, openApi: () => app.swagger() })
  const { simulation } = options
  app.setErrorHandler(errors)
  app.setSerializerCompiler(serializerCompiler)
  acceptJsonOnly(app)
  await registerSecurityHeaders(app, { https: options.https })
  await app.register(cookie)
  const limit = await createLimits(app, options.rateLimits)
  await registerOpenApi(app, options.version)
  const sendPage = await registerPages(app, options)
  app.setNotFoundHandler(createNotFound(sendPage))
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    if (request.url.startsWith('/v1/')) reply.header('cache-control', 'no-store')
  })
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
    stream.close()
  })
  // A connection that was busy when closing began would else be kept alive for its next request.
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close')
  })
  await app.register(async (routes) => {
    registerRoutes(routes, {
      gate: createGate(flows, {
        secureCookies: options.https,
        assess: flows.assessTerminal,
        partnerTokens: options.partnerTokens ?? {},
        ...(simulation !== null && { networkHeader: simulation.networkHeader }),
      }),
      limit,
      handlers: handlers,
      stream: (admitted, _request, reply) =>
        stream.add(reply, () => stillSignedIn(flows, admitted)),
      metrics: options.metrics,
      slow: (request, reply) => {
        const { id, routeOptions } = request
        const ms = Math.round(reply.elapsedTime)
        log.warn({ request: id, route: routeOptions.url, ms }, 'a request was slow')
      },
    })
  })
  await app.ready()
  return {
    async listen({ host, port }) {
      await app.listen({ host, port })
      const bound = (app.server.address() as AddressInfo).port
      const shown = host.includes(':') ? `[${host}]` : host
      return { url: `http://${shown}:${bound}`, port: bound }
    },
    close: () => app.close(),
  }
}

function createApp({ ids, trustProxy }: HttpServerOptions): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: bodyLimitBytes,
    trustProxy,
    requestIdHeader: false,
    genReqId: () => ids.next('req'),
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    requestTimeout: 30_000,
    return503OnClosing: true,
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (_error, _request, reply) => {
      void sendProblem(reply, { code: 'request_malformed' })
    },
  })
  return app
}

/** JSON or nothing; an empty body says nothing, whatever its media type. */
function acceptJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<string>(
    ['application/json', 'application/cloudevents+json'],
    { parseAs: 'string' },
    (request: FastifyRequest, body, done) => {
      if (body.trim() === '') done(null, undefined)
      else void parse(request, body, done)
    },
  )
}

async function readBoard(handlers: ReturnType<typeof createHandlers>) {
  const board = await handlers.getBoard({} as never)
  if (!board.ok) throw new Error(`the board answers ${board.error.code}`)
  return board.value
}

async function stillSignedIn(flows: Flows, admitted: Admitted): Promise<boolean> {
  return (await flows.operatorAuthenticate(admitted.tokens.operator)).ok
}
