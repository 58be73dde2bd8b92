import type { Command } from '#commit'
import { formatAmount } from '#money'
import { cleanChannels, notify } from '#notifications'
import { duePayments, payment, paymentById, type Payment } from '#wallet'
import type { FlowContext } from './context.ts'
import { endPaymentKeys, voidPayment } from './end-payment.ts'
import { submit } from './submit.ts'

/** A hold nobody decided and a challenge nobody answered: the money goes back to the payer. */
const expireCommand: Command<{ present: Payment }, 'expired' | 'ended_before'> = {
  name: 'flows.expire-payment',
  reads: ({ present }) => endPaymentKeys(present),
  apply(state, { present }, now) {
    const current = state.get(payment, present.id)
    if (current?.state !== 'challenged' && current?.state !== 'held') return 'ended_before'
    const ended = voidPayment(
      state,
      { present: current, as: 'expired', reason: 'nobody decided by the deadline' },
      now,
    )
    if (!ended.ok) return 'ended_before'
    const params = { amount: formatAmount(current.amount), payee: 'the payee' }
    const told = { customerId: current.payer, channels: cleanChannels, params }
    notify(state, { ...told, template: 'payment_voided' }, now)
    return 'expired'
  },
}

/** Ends every payment whose deadline is over; answers how many ended now. */
export function createExpirePayments(context: FlowContext) {
  return async (): Promise<number> => {
    const due = await duePayments(context.sql, context.now())
    const ended = await Promise.all(
      due.map(async (id) => {
        const present = await paymentById(context.sql, id)
        if (present === null) return false
        const request = { owner: 'jobs', id: `expire:${id}`, content: { id }, input: { present } }
        const answer = await submit(context, expireCommand, request)
        return answer.ok && answer.value === 'expired'
      }),
    )
    return ended.filter(Boolean).length
  }
}
