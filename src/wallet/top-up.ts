import { defineRecord, freshKeyOf, keyOf, type Key, type View } from '#commit'
import { fail, type Instant, ok, type Result } from '#kernel'
import { accountId, accountKeys, post, type Leg, type PostError } from '#ledger'

/** pending (the bank is asked) -> settled (money in the wallet) | failed (the bank refused). */
export interface TopUp {
  readonly id: string
  readonly customerId: string
  readonly bankAccountId: string
  readonly accountNumber: string
  readonly amount: bigint
  readonly state: 'pending' | 'settled' | 'failed'
  readonly refusal: string | null
  readonly createdAt: Instant
  readonly endedAt: Instant | null
}

export const topUp = defineRecord<TopUp>({
  name: 'wallet.top_up',
  key: 'id',
  fields: {
    id: 'text',
    customerId: 'text',
    bankAccountId: 'text',
    accountNumber: 'text',
    amount: 'bigint',
    state: 'text',
    refusal: 'text',
    createdAt: 'instant',
    endedAt: 'instant',
  },
  constant: ['customerId', 'bankAccountId', 'accountNumber', 'amount', 'createdAt'],
})

export function topUpKey(id: string): Key {
  return keyOf(topUp, id)
}

export function freshTopUpKey(id: string): Key {
  return freshKeyOf(topUp, id)
}

export function topUpLegs(subject: Pick<TopUp, 'customerId' | 'amount'>): Leg[] {
  const { customerId, amount } = subject
  return [{ debit: accountId('1010'), credit: accountId('2010', customerId), amount }]
}

export function topUpAccountKeys(customerId: string): Key[] {
  return accountKeys(topUpLegs({ customerId, amount: 1n }))
}

export type EndTopUpError = 'top_up_not_found' | PostError

/**
 * Ends a top-up by the bank's answer, once; asked again it answers what it came to.
 * Errors: top_up_not_found and those of `post`.
 */
export function endTopUp(
  state: View,
  answer: { id: string; refusal: string | null },
  now: Instant,
): Result<TopUp, EndTopUpError> {
  const present = state.get(topUp, answer.id)
  if (present === undefined) return fail('top_up_not_found')
  if (present.state !== 'pending') return ok(present)
  const { refusal } = answer
  if (refusal === null) {
    const legs = topUpLegs(present)
    const posted = post(state, { kind: 'top_up', ref: present.id, legs }, now)
    if (!posted.ok) return posted
  }
  const ended: TopUp = {
    ...present,
    state: refusal === null ? 'settled' : 'failed',
    refusal,
    endedAt: now,
  }
  state.put(topUp, ended)
  return ok(ended)
}
