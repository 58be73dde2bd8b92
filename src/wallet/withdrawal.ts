import { defineRecord, freshKeyOf, keyOf, type Key, type View } from '#commit'
import { fail, type Instant, ok, type Result } from '#kernel'
import { accountId, accountKeys, post, type Leg, type PostError } from '#ledger'

/**
 * denied (nothing moved) or pending (money left the wallet, the bank is asked) -> settled (paid
 * out) | returned (the bank refused or sent it back: the money is in the wallet again).
 */
export interface Withdrawal {
  readonly id: string
  readonly customerId: string
  readonly bankAccountId: string
  readonly accountNumber: string
  readonly amount: bigint
  readonly state: 'pending' | 'settled' | 'returned' | 'denied'
  readonly decisionId: string
  readonly reasons: readonly { code: string; sentence: string }[] | null
  readonly createdAt: Instant
  readonly endedAt: Instant | null
}

export const withdrawal = defineRecord<Withdrawal>({
  name: 'wallet.withdrawal',
  key: 'id',
  fields: {
    id: 'text',
    customerId: 'text',
    bankAccountId: 'text',
    accountNumber: 'text',
    amount: 'bigint',
    state: 'text',
    decisionId: 'text',
    reasons: 'json',
    createdAt: 'instant',
    endedAt: 'instant',
  },
  constant: [
    'customerId',
    'bankAccountId',
    'accountNumber',
    'amount',
    'decisionId',
    'reasons',
    'createdAt',
  ],
})

export function withdrawalKey(id: string): Key {
  return keyOf(withdrawal, id)
}

export function freshWithdrawalKey(id: string): Key {
  return freshKeyOf(withdrawal, id)
}

type Subject = Pick<Withdrawal, 'customerId' | 'amount'>

export function withdrawalLegs({ customerId, amount }: Subject): Leg[] {
  return [{ debit: accountId('2010', customerId), credit: accountId('2060'), amount }]
}

function settledLegs({ amount }: Subject): Leg[] {
  return [{ debit: accountId('2060'), credit: accountId('1010'), amount }]
}

function returnedLegs({ customerId, amount }: Subject): Leg[] {
  return [{ debit: accountId('2060'), credit: accountId('2010', customerId), amount }]
}

export function withdrawalAccountKeys(customerId: string): Key[] {
  const subject = { customerId, amount: 1n }
  return accountKeys([...withdrawalLegs(subject), ...settledLegs(subject)])
}

export type EndWithdrawalError = 'withdrawal_not_found' | PostError

/**
 * Ends a withdrawal by the bank's answer, once; asked again it answers what it came to.
 * Errors: withdrawal_not_found and those of `post`.
 */
export function endWithdrawal(
  state: View,
  answer: { id: string; paid: boolean },
  now: Instant,
): Result<Withdrawal, EndWithdrawalError> {
  const present = state.get(withdrawal, answer.id)
  if (present === undefined) return fail('withdrawal_not_found')
  if (present.state !== 'pending') return ok(present)
  const legs = answer.paid ? settledLegs(present) : returnedLegs(present)
  const kind = answer.paid ? 'withdrawal_settled' : 'withdrawal_returned'
  const posted = post(state, { kind, ref: present.id, legs }, now)
  if (!posted.ok) return posted
  const ended: Withdrawal = {
    ...present,
    state: answer.paid ? 'settled' : 'returned',
    endedAt: now,
  }
  state.put(withdrawal, ended)
  return ok(ended)
}
