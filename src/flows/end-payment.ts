import type { Key, View } from '#commit'
import { closeReview, reviewKey } from '#cases'
import { recordFastRedemption } from '#fund'
import { type Instant, invariant, ok, required, type Result } from '#kernel'
import { expireHold, holdKey, postHold, voidHold, type EndHoldError, type PostError } from '#ledger'
import { guardKeys, recordPayment } from '#risk'
import { movePayment, paymentKey, type Payment } from '#wallet'
import { orderIdOf, paymentMoneyKeys, paymentParties } from './payment-legs.ts'

/*
 * The two ways in which reserved money ends, shared by everything that ends it: the customer's
 * approval or cancelling, an analyst's word, a report, a deadline.
 */

/** What a command must read to release or void this payment. */
export function endPaymentKeys(present: Payment): Key[] {
  return [
    paymentKey(present.id),
    holdKey(required(present.holdId, `hold of ${present.id}`)),
    reviewKey(present.id),
    ...paymentMoneyKeys(present),
    ...guardKeys(paymentParties(present, present)),
  ]
}

/** Sends the reserved money to the payee. Errors: those of `postHold`. */
export function releasePayment(
  state: View,
  present: Payment,
  now: Instant,
): Result<Payment, EndHoldError | PostError> {
  const posted = postHold(state, { id: required(present.holdId, 'hold') }, now)
  if (!posted.ok) return posted
  if (present.source === 'fund') {
    const ordered = recordFastRedemption(
      state,
      {
        orderId: orderIdOf(present.id),
        customerId: present.payer,
        amount: present.amount,
        decisionId: present.decisionId,
        paymentId: present.id,
      },
      now,
    )
    // Money was moved already in this command: beyond the calendar all of it must be dropped.
    invariant(ordered.ok, 'the calendar ends before this redemption can be settled')
  }
  const { payer: payerId, payee: payeeId, amount, source } = present
  const parties = paymentParties(present, present)
  recordPayment(state, { payerId, payeeId, parties, amount, source, state: 'posted' }, now)
  return ok(movePayment(state, { id: present.id, to: 'posted', entry: posted.value.entry }, now))
}

/**
 * Gives the reserved money back to the payer. `expired` is for deadlines only.
 * Errors: those of `voidHold` and `expireHold`.
 */
export function voidPayment(
  state: View,
  ending: { present: Payment; as: 'voided' | 'expired'; reason: string },
  now: Instant,
): Result<Payment, EndHoldError | 'hold_not_due'> {
  const { present, as, reason } = ending
  const hold = { id: required(present.holdId, 'hold') }
  const ended = as === 'expired' ? expireHold(state, hold, now) : voidHold(state, hold, now)
  if (!ended.ok) return ended
  closeReview(state, { paymentId: present.id, as, reason }, now)
  return ok(movePayment(state, { id: present.id, to: 'voided' }, now))
}
