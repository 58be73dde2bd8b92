import type { Command } from '#commit'
import { attemptsKey, countFailure, customer, customerKey, withFailedSignIn } from '#identity'
import type { FlowContext } from './context.ts'
import { submit } from './submit.ts'

interface Failed {
  readonly phone: string
  /** null: nobody has this number; it is counted all the same. */
  readonly customerId: string | null
}

const count: Command<Failed, null> = {
  name: 'identity.count-failed-sign-in',
  reads({ phone, customerId }) {
    return [attemptsKey(phone), ...(customerId === null ? [] : [customerKey(customerId)])]
  },
  apply(state, { phone, customerId }, now) {
    countFailure(state, phone, now)
    const who = customerId === null ? undefined : state.get(customer, customerId)
    if (who !== undefined) state.put(customer, withFailedSignIn(who, now))
    return null
  },
}

/** Counts a wrong password against the number, and for the guard. */
export async function countFailedSignIn(context: FlowContext, failed: Failed): Promise<void> {
  const id = context.ids.next('req')
  await submit(context, count, { owner: 'sign-in', id, input: failed })
}
