import { headers, type PartnerName, type Route } from '#contract'
import type { FlowProblem, Flows } from '#flows'
import { csrfFits } from '#identity'
import { equalInConstantTime, fail, ok, type Result } from '#kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { CustomerCaller, OperatorCaller, Visit } from './handler.ts'
import { deviceShown, headerOf, usesCookie, visitOf, type VisitOptions } from './visit.ts'

/** Who is at the door, and the key of what he wants. */
export type Admitted = Visit & Partial<CustomerCaller> & Partial<OperatorCaller> & { key: string }

/** The token agreed with each partner that may call us. */
export type PartnerTokens = Readonly<Partial<Record<PartnerName, string>>>

export interface GateOptions extends VisitOptions {
  readonly partnerTokens: PartnerTokens
}

type Doorman = Pick<Flows, 'authenticate' | 'operatorAuthenticate'>

/**
 * Lets a request in or says why not, before its body is read: session, request forgery, role,
 * idempotency key, in this order.
 * Errors: sign_in_required, session_expired, csrf_failed, factor_enrolment_required,
 * role_forbidden, idempotency_key_missing, idempotency_key_malformed; to partners
 * partner_not_configured, partner_token_wrong. Throws
 * RequestFault on malformed headers.
 */
export function createGate(flows: Doorman, options: GateOptions) {
  return async (
    route: Route,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Result<Admitted, FlowProblem>> => {
    const visit = visitOf(request, reply, options)
    if (isForged(route, request, visit)) return fail({ code: 'csrf_failed' })
    if (route.partner !== undefined) {
      const refusal = partnerRefusal(request, options.partnerTokens[route.partner])
      if (refusal !== null) return fail(refusal)
    }
    const caller = await callerOf(flows, { route, request, visit })
    if (!caller.ok) return caller
    const key = keyOf(route, request)
    if (!key.ok) return key
    return ok({ ...visit, ...caller.value, key: key.value })
  }
}

async function callerOf(
  flows: Doorman,
  at: { route: Route; request: FastifyRequest; visit: Visit },
): Promise<Result<Partial<CustomerCaller & OperatorCaller>, FlowProblem>> {
  const { route, request, visit } = at
  if (route.auth === 'none' || route.auth === 'partner') return ok({})
  if (route.auth === 'operator') {
    const token = visit.tokens.operator
    const known = await flows.operatorAuthenticate(token)
    if (!known.ok) return known
    const { roles = [], enrolment = false } = route
    const bare = known.value.proof === 'none'
    if (bare && !enrolment) return fail({ code: 'factor_enrolment_required' })
    const may = bare || known.value.roles.some((role) => roles.includes(role))
    return may
      ? ok({ operator: known.value, token: token ?? '' })
      : fail({ code: 'role_forbidden' })
  }
  const token = visit.tokens.customer
  const { network, signals } = visit
  const known = await flows.authenticate({
    token,
    deviceId: deviceShown(request),
    network,
    signals,
  })
  if (!known.ok) return known
  const { actor, sessionExpiresAt } = known.value
  return ok({ actor, sessionExpiresAt, token: token ?? '' })
}

/**
 * A browser sends our cookies along with whatever a foreign page makes it send. So a change with a
 * cookie carries what only our own pages can know, and a change that a browser says comes from
 * another site is refused even without a session.
 */
function isForged(route: Route, request: FastifyRequest, visit: Visit): boolean {
  if (route.method === 'GET' || !usesCookie(request)) return false
  if (headerOf(request, 'sec-fetch-site') === 'cross-site') return true
  if (route.auth === 'none' || route.auth === 'partner') return false
  const token = visit.tokens[route.auth]
  return token !== undefined && !csrfFits(token, headerOf(request, headers.csrf))
}

/** Why a partner is not let in; null: he is. Takes as long whatever is wrong with the token. */
function partnerRefusal(request: FastifyRequest, agreed: string | undefined): FlowProblem | null {
  if (agreed === undefined) return { code: 'partner_not_configured' }
  const shown = /^Bearer (.+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1] ?? ''
  return equalInConstantTime(shown, agreed) ? null : { code: 'partner_token_wrong' }
}

function keyOf(route: Route, request: FastifyRequest): Result<string, FlowProblem> {
  if (!route.idempotent) return ok('')
  const key = headerOf(request, headers.idempotencyKey)
  const param = headers.idempotencyKey
  if (key === undefined || key === '') return fail({ code: 'idempotency_key_missing', param })
  if (!/^[\x20-\x7e]{8,255}$/.test(key)) return fail({ code: 'idempotency_key_malformed', param })
  return ok(key)
}
