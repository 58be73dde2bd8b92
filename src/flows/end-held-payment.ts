import type { Key, View } from '#commit'
import { closeReview, reviewKey } from '#cases'
import { recordFastRedemption, redemptionKeys } from '#fund'
import { customerKey } from '#identity'
import { fail, type Instant, invariant, ok, required, type Result } from '#kernel'
import { accountId, accountKey, expireHold, holdKey, postHold, voidHold } from '#ledger'
import { guardKeys, recordPayment } from '#risk'
import { movePayment, payeeAccountCode, payment, type Payment, paymentKey } from '#wallet'

type HeldPayment = Pick<
  Payment,
  'id' | 'payer' | 'payee' | 'payeeKind' | 'source' | 'holdId' | 'deviceId' | 'network'
>

/** The redemption that a payment from the fund carries with it. */
export function paymentOrderId(paymentId: string): string {
  return `ord_${paymentId.replace(/^pay_/, '')}`
}

function partiesOf(held: HeldPayment) {
  return {
    holder: accountId('2010', held.payer),
    payeeHolder: accountId(payeeAccountCode(held.payeeKind), held.payee),
    deviceId: held.deviceId,
    network: held.network,
  }
}

/** Every record that ending a held or challenged payment may read or change, either way. */
export function heldPaymentKeys(held: HeldPayment): Key[] {
  const { id, payer, source, holdId } = held
  const parties = partiesOf(held)
  const keys = [
    paymentKey(id),
    ...(holdId === null ? [] : [holdKey(holdId)]),
    reviewKey(id),
    customerKey(payer),
    accountKey(parties.holder),
    accountKey(parties.payeeHolder),
    ...guardKeys(parties),
  ]
  if (source === 'wallet') return keys
  return [...keys, ...redemptionKeys({ orderId: paymentOrderId(id), customerId: payer })]
}

export type PostHeldError = 'payment_not_open' | 'payment_expired' | 'payee_cannot_receive'

/**
 * Lets reserved money go to the payee, once. A payment from the fund redeems its units in the same
 * entry. Errors: payment_not_open (it has ended), payment_expired, payee_cannot_receive.
 */
export function postHeldPayment(
  state: View,
  id: string,
  now: Instant,
): Result<Payment, PostHeldError> {
  const held = required(state.get(payment, id), `payment ${id}`)
  if (!isReserved(held)) return fail('payment_not_open')
  const posted = postHold(state, { id: required(held.holdId, `hold of ${id}`) }, now)
  if (!posted.ok) {
    if (posted.error === 'hold_expired') return fail('payment_expired')
    if (posted.error === 'account_closed') return fail('payee_cannot_receive')
    invariant(false, `payment ${id}: ${posted.error}`)
  }
  const { payer: customerId, payee: payeeId, amount, source, decisionId } = held
  if (source === 'fund') {
    const wish = { orderId: paymentOrderId(id), customerId, amount, decisionId, paymentId: id }
    invariant(recordFastRedemption(state, wish, now).ok, `redemption of ${id}`)
  }
  const parties = partiesOf(held)
  recordPayment(
    state,
    { payerId: customerId, payeeId, parties, amount, source, state: 'posted' },
    now,
  )
  return ok(movePayment(state, { id, to: 'posted', entry: posted.value.entry }, now))
}

/** Gives reserved money back to the payer, once, also when its deadline has passed meanwhile. */
export function voidHeldPayment(
  state: View,
  ending: { id: string; reason: string },
  now: Instant,
): Result<Payment, 'payment_not_open'> {
  const { id, reason } = ending
  const held = required(state.get(payment, id), `payment ${id}`)
  if (!isReserved(held)) return fail('payment_not_open')
  const hold = { id: required(held.holdId, `hold of ${id}`) }
  const voided = voidHold(state, hold, now)
  const ended = voided.ok ? voided : expireHold(state, hold, now)
  invariant(ended.ok, `hold of ${id} can neither be voided nor expire`)
  closeReview(state, { paymentId: id, as: voided.ok ? 'voided' : 'expired', reason }, now)
  return ok(movePayment(state, { id, to: 'voided' }, now))
}

export function isReserved(held: Pick<Payment, 'state'>): boolean {
  return held.state === 'held' || held.state === 'challenged'
}
