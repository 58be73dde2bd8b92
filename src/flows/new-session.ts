import { csrfTokenOf, newToken, sessionIdOf, sessionLifeMs } from '#identity'
import type { Instant } from '#kernel'
import type { FlowContext } from './context.ts'
import { personDeadline } from './person-deadline.ts'

/** A session as its owner gets it. The token is shown here and nowhere else. */
export interface SignedIn {
  readonly customerId: string
  readonly sessionId: string
  readonly deviceId: string
  readonly expiresAt: Instant
  readonly token: string
  readonly csrfToken: string
}

/** What a command needs to open a session; the token itself stays with the flow. */
export interface SessionPlan {
  readonly sessionId: string
  readonly lifeMs: number
}

/** Makes a token before the command that may open its session. */
export function planSession(context: FlowContext): { token: string; plan: SessionPlan } {
  const token = newToken(context.random)
  const lifeMs = personDeadline(context, sessionLifeMs)
  return { token, plan: { sessionId: sessionIdOf(token), lifeMs } }
}

export function signedIn(
  token: string,
  opened: { customerId: string; deviceId: string; expiresAt: Instant },
): SignedIn {
  const { customerId, deviceId, expiresAt } = opened
  const sessionId = sessionIdOf(token)
  return { customerId, sessionId, deviceId, expiresAt, token, csrfToken: csrfTokenOf(token) }
}
