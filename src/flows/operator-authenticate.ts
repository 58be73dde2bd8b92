import {
  liveOperatorSession,
  operatorSessionIdOf,
  type OperatorProof,
  type OperatorRole,
} from '#identity'
import { fail, ok, type Instant, type Result } from '#kernel'
import type { FlowContext, OperatorActor, Problem } from './context.ts'

export type { OperatorSignedIn } from './operator-session.ts'
export type { StaffWish } from './propose-staff-change.ts'

export interface OperatorAuthenticated extends OperatorActor {
  /** None as long as the session was opened without a factor. */
  readonly roles: readonly OperatorRole[]
  readonly proof: OperatorProof
  readonly login: string
  readonly name: string
  readonly sessionExpiresAt: Instant
}

/** Which member of staff sends this request. Errors: sign_in_required, session_expired. */
export function createOperatorAuthenticate(context: Pick<FlowContext, 'sql' | 'now'>) {
  return async (token: string | undefined): Promise<Result<OperatorAuthenticated, Problem>> => {
    if (token === undefined || token === '') return fail({ code: 'sign_in_required' })
    const id = operatorSessionIdOf(token)
    const live = await liveOperatorSession(context.sql, id, context.now())
    if (live === null) return fail({ code: 'session_expired' })
    const { id: operatorId, proof, login, name, expiresAt: sessionExpiresAt } = live
    const roles = proof === 'none' ? [] : live.roles
    return ok({ operatorId, roles, proof, login, name, sessionExpiresAt })
  }
}
