import type { Command } from '#commit'
import {
  attemptsKey,
  countFailure,
  customer,
  customerKey,
  session,
  sessionKey,
  tooManyGuesses,
  withFailedSignIn,
} from '#identity'
import type { FlowContext } from './context.ts'
import { submit } from './submit.ts'

interface Failed {
  readonly phone: string
  /** null: nobody has this number; it is counted all the same. */
  readonly customerId: string | null
  /** The session in which the password was asked for again. */
  readonly sessionId?: string
}

const count: Command<Failed, null> = {
  name: 'identity.count-failed-sign-in',
  reads({ phone, customerId, sessionId: own }) {
    return [
      attemptsKey(phone),
      ...(customerId === null ? [] : [customerKey(customerId)]),
      ...(own === undefined ? [] : [attemptsKey(own), sessionKey(own)]),
    ]
  },
  apply(state, { phone, customerId, sessionId }, now) {
    countFailure(state, phone, now)
    const who = customerId === null ? undefined : state.get(customer, customerId)
    if (who !== undefined) state.put(customer, withFailedSignIn(who, now))
    const own = sessionId === undefined ? undefined : state.get(session, sessionId)
    if (own !== undefined && own.endedAt === null) {
      countFailure(state, own.id, now)
      // Whoever stole a session shall not guess in it; its owner signs in again.
      if (tooManyGuesses(state, own.id, now)) state.put(session, { ...own, endedAt: now })
    }
    return null
  },
}

/** Counts a wrong password against the number, and for the guard. */
export async function countFailedSignIn(context: FlowContext, failed: Failed): Promise<void> {
  const id = context.ids.next('req')
  await submit(context, count, { owner: 'sign-in', id, input: failed })
}
