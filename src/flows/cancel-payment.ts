import type { Command } from '#commit'
import { actorKeys, standingOf } from '#identity'
import { fail, ok, type Result } from '#kernel'
import { payment, paymentById, type Payment } from '#wallet'
import type { Actor, FlowContext, Problem } from './context.ts'
import { endPaymentKeys, voidPayment } from './end-payment.ts'
import { submit } from './submit.ts'

type CancelAnswer = { payment: Payment } | { refused: Problem; undecided?: true }

/** Cancelling only brings money back, so a frozen customer may do it, too. */
const cancelCommand: Command<{ present: Payment; actor: Actor }, CancelAnswer> = {
  name: 'flows.cancel-payment',
  reads: ({ present, actor }) => [...actorKeys(actor), ...endPaymentKeys(present)],
  apply(state, { present, actor }, now) {
    if (standingOf(state, actor, now) === 'session_expired') {
      return { refused: { code: 'session_expired' }, undecided: true }
    }
    const current = state.get(payment, present.id)
    if (current?.state !== 'challenged' && current?.state !== 'held') {
      return { refused: { code: 'payment_not_open' } }
    }
    const ended = voidPayment(
      state,
      { present: current, as: 'voided', reason: 'cancelled by the payer' },
      now,
    )
    if (ended.ok) return { payment: ended.value }
    return { refused: { code: 'payment_not_open', detail: ended.error } }
  },
}

/**
 * Takes back a payment that is challenged or held. Errors: payment_not_found, payment_not_open,
 * session_expired, unavailable.
 */
export function createCancelPayment(context: FlowContext) {
  return async (
    actor: Actor,
    input: { requestId: string; paymentId: string },
  ): Promise<Result<Payment, Problem>> => {
    const present = await paymentById(context.sql, input.paymentId)
    if (present?.payer !== actor.customerId) return fail({ code: 'payment_not_found' })
    if (present.holdId === null) return fail({ code: 'payment_not_open' })
    const answer = await submit(context, cancelCommand, {
      owner: actor.customerId,
      id: `cancel:${input.requestId}`,
      content: { paymentId: input.paymentId },
      input: { present, actor },
    })
    if (!answer.ok) return answer
    return 'refused' in answer.value ? fail(answer.value.refused) : ok(answer.value.payment)
  }
}
