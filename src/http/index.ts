/** The HTTP face. listen rejects with EADDRINUSE when the port is taken. */
export {
  createHttpServer, type HttpServer, type HttpServerOptions,
} from './create-http-server.ts'
export type { Pages } from './pages.ts'
export { usualRateLimits, type RateLimits } from './rate-limits.ts'
export type { ReplayWish, RunReplay } from './replays.ts'
export type { Simulation } from './handlers.ts'
