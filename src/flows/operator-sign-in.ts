import type { Command } from '#commit'
import {
  csrfTokenOf,
  freshOperatorSessionKey,
  newToken,
  operator,
  operatorByLogin,
  operatorKey,
  operatorRests,
  operatorSession,
  operatorSessionIdOf,
  sessionLifeMs,
} from '#identity'
import { fail, ok, required, type Instant, type Result } from '#kernel'
import type { FlowContext, Problem } from './context.ts'
import { personDeadline } from './person-deadline.ts'
import { submit } from './submit.ts'

export interface OperatorSignedIn {
  readonly operatorId: string
  readonly expiresAt: Instant
  /** Shown here and nowhere else. */
  readonly token: string
  readonly csrfToken: string
}

const countFailure: Command<{ operatorId: string }, null> = {
  name: 'identity.count-failed-operator-sign-in',
  reads: ({ operatorId }) => [operatorKey(operatorId)],
  apply(state, { operatorId }, now) {
    const who = required(state.get(operator, operatorId), `operator ${operatorId}`)
    state.put(operator, { ...who, failures: who.failures + 1, lastFailureAt: now })
    return null
  },
}

interface OpenSession {
  readonly operatorId: string
  readonly verifiedHash: string
  readonly sessionId: string
  readonly lifeMs: number
}

const open: Command<OpenSession, { code: Problem['code'] } | { expiresAt: Instant }> = {
  name: 'identity.operator-sign-in',
  reads({ operatorId, sessionId }) {
    return [operatorKey(operatorId), freshOperatorSessionKey(sessionId)]
  },
  apply(state, { operatorId, verifiedHash, sessionId, lifeMs }, now) {
    const who = state.get(operator, operatorId)
    if (who === undefined || who.passwordHash !== verifiedHash) return { code: 'credentials_wrong' }
    if (operatorRests(who, now)) return { code: 'too_many_tries' }
    state.put(operator, { ...who, failures: 0, lastSignInAt: now })
    const times = { createdAt: now, expiresAt: now + lifeMs, endedAt: null }
    state.put(operatorSession, { id: sessionId, operatorId, ...times })
    return { expiresAt: now + lifeMs }
  },
}

/** Signs a member of staff in. Errors: credentials_wrong, too_many_tries. */
export function createOperatorSignIn(context: FlowContext) {
  return async (input: {
    login: string
    password: string
  }): Promise<Result<OperatorSignedIn, Problem>> => {
    const { sql, passwords, ids } = context
    const known = await operatorByLogin(sql, input.login.toLowerCase())
    if (known === null) {
      await passwords.verifyNothing(input.password)
      return fail({ code: 'credentials_wrong' })
    }
    const operatorId = known.id
    if (operatorRests(known, context.now())) return fail({ code: 'too_many_tries' })
    if (!(await passwords.verify(known.passwordHash, input.password))) {
      const request = { owner: 'operator', id: ids.next('req'), input: { operatorId } }
      await submit(context, countFailure, request)
      return fail({ code: 'credentials_wrong' })
    }
    const token = newToken(context.random)
    const sessionId = operatorSessionIdOf(token)
    const lifeMs = personDeadline(context, sessionLifeMs)
    const session = { operatorId, verifiedHash: known.passwordHash, sessionId, lifeMs }
    const request = { owner: 'operator', id: ids.next('req'), input: session }
    const answer = await submit(context, open, request)
    if (!answer.ok) return answer
    if ('code' in answer.value) return fail({ code: answer.value.code })
    const { expiresAt } = answer.value
    return ok({ operatorId, expiresAt, token, csrfToken: csrfTokenOf(token) })
  }
}
