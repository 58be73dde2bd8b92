import rateLimit from '@fastify/rate-limit'
import { routes, type RouteName } from '#contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Requests per minute. Generous: they stop floods and guessing, not customers. */
export interface RateLimits {
  readonly perAddress: number
  readonly perSession: number
  /** Sign-ins, codes, resets: where secrets could be guessed. Per address. */
  readonly proofsPerAddress: number
  /** Requests from this machine itself are not counted: tests, the demo, a proxy's probes. */
  readonly exceptLoopback: boolean
}

export const usualRateLimits: RateLimits = {
  perAddress: 3_000,
  perSession: 600,
  proofsPerAddress: 60,
  exceptLoopback: true,
}

const proofRoutes: readonly RouteName[] = [
  'requestCode',
  'signUp',
  'signIn',
  'resetPassword',
  'beginPasskeySignIn',
  'signInWithPasskey',
  'operatorSignIn',
  'beginOperatorPasskeySignIn',
  'operatorPasskeySignIn',
  'unfreeze',
]
const proofPaths: ReadonlySet<string> = new Set(proofRoutes.map((name) => routes[name].path))

const minuteMs = 60_000

/** Answers null when a request may go on, else the seconds until it may. */
export type LimitCheck = (request: FastifyRequest, session?: string) => Promise<number | null>

export async function createLimits(
  app: FastifyInstance,
  limits: RateLimits | null,
): Promise<LimitCheck> {
  if (limits === null) return () => Promise.resolve(null)
  await app.register(rateLimit, { global: false })
  const sessions = new WeakMap<FastifyRequest, string>()
  const counter = (max: number, keyGenerator: (request: FastifyRequest) => string) =>
    app.createRateLimit({ max, timeWindow: minuteMs, keyGenerator })
  const byAddress = counter(limits.perAddress, ({ ip }) => ip)
  const byProof = counter(limits.proofsPerAddress, ({ ip }) => `proof ${ip}`)
  const bySession = counter(limits.perSession, (request) => sessions.get(request) ?? request.ip)
  return async (request, session) => {
    if (limits.exceptLoopback && isLoopback(request.ip)) return null
    const checks = session === undefined ? [byAddress] : [bySession]
    if (session === undefined && proofPaths.has(request.routeOptions.url ?? '')) {
      checks.push(byProof)
    }
    if (session !== undefined) sessions.set(request, session)
    for (const check of checks) {
      const found = await check(request)
      if (!found.isAllowed && found.isExceeded) return Math.max(1, found.ttlInSeconds)
    }
    return null
  }
}

function isLoopback(ip: string): boolean {
  return ip === '::1' || /^(::ffff:)?127\./.test(ip)
}
