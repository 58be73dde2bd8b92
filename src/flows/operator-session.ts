import type { Key, View } from '#commit'
import {
  csrfTokenOf,
  freshOperatorSessionKey,
  newToken,
  operator,
  operatorSession,
  operatorSessionIdOf,
  sessionLifeMs,
  type Operator,
  type OperatorProof,
} from '#identity'
import type { Instant } from '#kernel'
import type { FlowContext } from './context.ts'
import { personDeadline } from './person-deadline.ts'

export interface OperatorSignedIn {
  readonly operatorId: string
  readonly expiresAt: Instant
  /** Shown here and nowhere else. */
  readonly token: string
  readonly csrfToken: string
}

/** What a command needs to open an operator's session; the token itself stays with the flow. */
export interface OperatorSessionPlan {
  readonly sessionId: string
  readonly lifeMs: number
}

export function planOperatorSession(context: FlowContext): {
  token: string
  plan: OperatorSessionPlan
} {
  const token = newToken(context.random)
  const lifeMs = personDeadline(context, sessionLifeMs)
  return { token, plan: { sessionId: operatorSessionIdOf(token), lifeMs } }
}

export function operatorSessionKeys({ sessionId }: OperatorSessionPlan): Key[] {
  return [freshOperatorSessionKey(sessionId)]
}

/** Inside a command that reads the operator and `operatorSessionKeys`. Answers when it ends. */
export function openOperatorSession(
  state: View,
  opened: OperatorSessionPlan & { who: Operator; proof: OperatorProof },
  now: Instant,
): Instant {
  const { who, proof, sessionId: id, lifeMs } = opened
  state.put(operator, { ...who, lastSignInAt: now })
  // A clock may stand still: what comes after the end of all sessions is a millisecond later.
  const createdAt = Math.max(now, (who.sessionsEndedAt ?? -1) + 1)
  const expiresAt = now + lifeMs
  const times = { createdAt, expiresAt, endedAt: null }
  state.put(operatorSession, { id, operatorId: who.id, proof, ...times })
  return expiresAt
}

export function operatorSignedIn(
  token: string,
  opened: { operatorId: string; expiresAt: Instant },
): OperatorSignedIn {
  return { ...opened, token, csrfToken: csrfTokenOf(token) }
}
