import { defineRecord, keyOf, type Key, type View } from '#commit'
import { fail, type Instant, invariant, ok, type Result } from '#kernel'
import { accountId, accountKey, post } from '#ledger'
import { divideHalfUp } from '#money'

/** One month's premium: accrued once (5010/2140), then paid once (2140/1410). */
export interface Premium {
  /** `cover:month` */
  id: string
  coverId: string
  /** 'YYYY-MM'. */
  month: string
  /** Day-average count of active accounts, rounded half up. */
  accounts: bigint
  /** Fen. */
  amount: bigint
  state: 'accrued' | 'paid'
  accruedAt: Instant
  paidAt: Instant | null
}

export const premium = defineRecord<Premium>({
  name: 'guarantee.premium',
  key: 'id',
  fields: {
    id: 'text',
    coverId: 'text',
    month: 'text',
    accounts: 'bigint',
    amount: 'bigint',
    state: 'text',
    accruedAt: 'instant',
    paidAt: 'instant',
  },
  constant: ['coverId', 'month', 'accounts', 'amount', 'accruedAt'],
})

export function premiumIdOf(coverId: string, month: string): string {
  return `${coverId}:${month}`
}

export function premiumKeys(coverId: string, month: string): Key[] {
  const accounts = ['5010', '2140', '1410'] as const
  return [
    keyOf(premium, premiumIdOf(coverId, month)),
    ...accounts.map((code) => accountKey(accountId(code))),
  ]
}

/** Account-days / days of the month = average accounts; the premium is their share of the rate. */
export function premiumOf(exposure: {
  accountDays: bigint
  daysInMonth: bigint
  premiumPerMillion: bigint
}): { accounts: bigint; amount: bigint } {
  const { accountDays, daysInMonth, premiumPerMillion } = exposure
  return {
    accounts: divideHalfUp(accountDays, daysInMonth),
    amount: divideHalfUp(accountDays * premiumPerMillion, daysInMonth * 1_000_000n),
  }
}

/** Books a month's premium as a cost that is owed; a second time answers the first. */
export function accruePremium(
  state: View,
  due: { coverId: string; month: string; accounts: bigint; amount: bigint },
  now: Instant,
): Premium {
  const id = premiumIdOf(due.coverId, due.month)
  const present = state.get(premium, id)
  if (present !== undefined) return present
  if (due.amount > 0n) {
    const legs = [{ debit: accountId('5010'), credit: accountId('2140'), amount: due.amount }]
    const posted = post(state, { kind: 'premium', ref: id, legs }, now)
    invariant(posted.ok, `premium ${id} must post`)
  }
  const accrued: Premium = { id, ...due, state: 'accrued', accruedAt: now, paidAt: null }
  state.put(premium, accrued)
  return accrued
}

/**
 * The bank has moved it to the insurer. Errors: premium_not_found, insufficient_funds (our own
 * cash in the books is short of what the bank moved).
 */
export function payPremium(
  state: View,
  id: string,
  now: Instant,
): Result<Premium, 'premium_not_found' | 'insufficient_funds'> {
  const present = state.get(premium, id)
  if (present === undefined) return fail('premium_not_found')
  if (present.state === 'paid') return ok(present)
  if (present.amount > 0n) {
    const legs = [{ debit: accountId('2140'), credit: accountId('1410'), amount: present.amount }]
    const posted = post(state, { kind: 'premium_paid', ref: id, legs }, now)
    if (!posted.ok) return fail('insufficient_funds')
  }
  const paid: Premium = { ...present, state: 'paid', paidAt: now }
  state.put(premium, paid)
  return ok(paid)
}
