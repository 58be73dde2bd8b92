import { defineRecord, freshKeyOf, keyOf, type Key, type View } from '#commit'
import { type Instant, invariant, required } from '#kernel'

/**
 * A payment is always in one of these states. Money has moved only in `posted` and `recalled`; it
 * is reserved in `held` and `challenged`.
 */
export type PaymentState = 'challenged' | 'held' | 'posted' | 'denied' | 'voided' | 'recalled'

const next = {
  challenged: ['held', 'posted', 'voided', 'denied'],
  held: ['posted', 'denied', 'voided'],
  posted: ['recalled'],
  denied: [],
  voided: [],
  recalled: [],
} as const satisfies Record<PaymentState, readonly PaymentState[]>

/** A customer's intent to move money to a person or merchant, and what became of it. */
export interface Payment {
  readonly id: string
  readonly payer: string
  readonly payee: string
  readonly payeeKind: 'person' | 'merchant'
  /** Fen. */
  readonly amount: bigint
  readonly source: 'wallet' | 'fund'
  readonly state: PaymentState
  readonly memo: string | null
  readonly decisionId: string
  readonly outcome: 'allow' | 'challenge' | 'hold' | 'deny'
  /** Code and sentence for the customer; null when nothing needs saying. */
  readonly reasons: readonly { code: string; sentence: string }[] | null
  /** The ledger hold while money is reserved, and after it. */
  readonly holdId: string | null
  /** The entry that posted it. */
  readonly entry: bigint | null
  readonly deviceId: string
  readonly network: string
  readonly createdAt: Instant
  /** When the challenge or hold ends by itself. */
  readonly deadline: Instant | null
  readonly endedAt: Instant | null
  /** Fen taken back from the payee. */
  readonly recalledAmount: bigint
}

export const payment = defineRecord<Payment>({
  name: 'wallet.payment',
  key: 'id',
  fields: {
    id: 'text',
    payer: 'text',
    payee: 'text',
    payeeKind: 'text',
    amount: 'bigint',
    source: 'text',
    state: 'text',
    memo: 'text',
    decisionId: 'text',
    outcome: 'text',
    reasons: 'json',
    holdId: 'text',
    entry: 'bigint',
    deviceId: 'text',
    network: 'text',
    createdAt: 'instant',
    deadline: 'instant',
    endedAt: 'instant',
    recalledAmount: 'bigint',
  },
  constant: [
    'payer',
    'payee',
    'payeeKind',
    'amount',
    'source',
    'memo',
    'decisionId',
    'outcome',
    'reasons',
    'deviceId',
    'network',
    'createdAt',
  ],
  shortLived: true,
})

export function paymentKey(id: string): Key {
  return keyOf(payment, id)
}

export function freshPaymentKey(id: string): Key {
  return freshKeyOf(payment, id)
}

/** Puts a payment into its next state; a step the table does not allow is a defect. */
export function movePayment(
  state: View,
  move: { id: string; to: PaymentState; entry?: bigint; recalled?: bigint },
  now: Instant,
): Payment {
  const present = required(state.get(payment, move.id), `payment ${move.id}`)
  const allowed: readonly PaymentState[] = next[present.state]
  invariant(allowed.includes(move.to), `payment ${move.id}: ${present.state} -> ${move.to}`)
  const moved: Payment = {
    ...present,
    state: move.to,
    entry: move.entry ?? present.entry,
    recalledAmount: present.recalledAmount + (move.recalled ?? 0n),
    endedAt: move.to === 'held' ? null : now,
  }
  state.put(payment, moved)
  return moved
}

/** The account a payee receives on: a merchant's payable, a person's wallet. */
export function payeeAccountCode(kind: Payment['payeeKind']): '2010' | '2070' {
  return kind === 'merchant' ? '2070' : '2010'
}
