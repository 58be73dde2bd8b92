import type { Key } from '#commit'
import { fastRedemptionLegs, redemptionKeys } from '#fund'
import { accountId, accountKeys, type Leg } from '#ledger'
import type { GuardParties } from '#risk'
import { payeeAccountCode, type Payment } from '#wallet'

type Moved = Pick<Payment, 'id' | 'payer' | 'payee' | 'payeeKind' | 'amount' | 'source'>

/** The fund order behind a payment from the fund. */
export function orderIdOf(paymentId: string): string {
  return paymentId.replace(/^pay_/, 'ord_')
}

/**
 * What a payment moves: from the wallet one leg; from the fund the redemption first, linked, so
 * that units never pay directly and both parts post together or not at all.
 */
export function paymentLegs({ payer, payee, payeeKind, amount, source }: Moved): Leg[] {
  const transfer: Leg = {
    debit: accountId('2010', payer),
    credit: accountId(payeeAccountCode(payeeKind), payee),
    amount,
  }
  if (source === 'wallet') return [transfer]
  return [...fastRedemptionLegs({ customerId: payer, amount }), transfer]
}

/** Accounts (and the fund order) that posting, holding or ending a payment touches. */
export function paymentMoneyKeys(moved: Moved): Key[] {
  const keys = accountKeys(paymentLegs(moved))
  if (moved.source === 'wallet') return keys
  return [...redemptionKeys({ orderId: orderIdOf(moved.id), customerId: moved.payer }), ...keys]
}

/** Whose profiles a payment reads and changes. */
export function paymentParties(
  moved: Moved,
  seen: { deviceId: string; network: string },
): GuardParties & { payeeHolder: string } {
  return {
    holder: accountId('2010', moved.payer),
    payeeHolder: accountId(payeeAccountCode(moved.payeeKind), moved.payee),
    deviceId: seen.deviceId,
    network: seen.network,
  }
}
