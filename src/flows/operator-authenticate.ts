import { liveOperatorSession, operatorSessionIdOf, type OperatorRole } from '#identity'
import { fail, ok, type Instant, type Result } from '#kernel'
import type { FlowContext, OperatorActor, Problem } from './context.ts'

export interface OperatorAuthenticated extends OperatorActor {
  readonly roles: readonly OperatorRole[]
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
    const { id: operatorId, roles, login, name, expiresAt } = live
    return ok({ operatorId, roles, login, name, sessionExpiresAt: expiresAt })
  }
}
