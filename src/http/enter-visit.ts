import type { Me } from '#contract'
import type { FlowProblem, Flows, SignedIn } from '#flows'
import { fail, ok, type Instant, type Result } from '#kernel'
import type { Visit } from './handler.ts'
import type { HandlerOptions } from './handlers.ts'
import { meOf } from './presenters/identity.ts'

/** Sets the cookie of a new session and answers who has come in. */
export async function enterVisit(
  { flows, simulation }: Pick<HandlerOptions, 'flows' | 'simulation'>,
  visit: Visit,
  session: SignedIn,
): Promise<Result<Me, FlowProblem>> {
  visit.setSession('customer', session.token)
  const { customerId, sessionId, deviceId: sessionDeviceId, csrfToken, expiresAt } = session
  const simulated = simulation !== null
  return showMe(
    flows,
    { customerId, sessionId, sessionDeviceId },
    { csrfToken, expiresAt, simulated },
  )
}

export async function showMe(
  flows: Flows,
  who: { customerId: string; sessionId: string; sessionDeviceId: string },
  session: { csrfToken: string; expiresAt: Instant; simulated: boolean },
): Promise<Result<Me, FlowProblem>> {
  const me = await flows.readMe(who)
  return me.ok ? ok(meOf(me.value, { ...session, sessionId: who.sessionId })) : fail(me.error)
}
