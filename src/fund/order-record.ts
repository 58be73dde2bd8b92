import { defineRecord, keyOf, type Key } from '#commit'
import type { Instant, LocalDate } from '#kernel'

export type FundOrderKind = 'subscription' | 'fast_redemption' | 'normal_redemption'

/**
 * An order is always in one of these states:
 * `accepted` money (or units) set aside, waits for the fund · `confirmed` units issued (or taken
 * back) · `paid` money of a normal redemption is in the wallet · `advanced` a fast redemption,
 * paid by the bank's advance, waits for the fund · `settled` the fund has repaid the bank ·
 * `rejected` by the fund, everything as before · `challenged` nothing has moved, the customer must
 * approve it from a trusted device until `expiresAt` · `denied`, `lapsed` nothing ever moved.
 */
export type FundOrderState =
  | 'accepted'
  | 'advanced'
  | 'confirmed'
  | 'paid'
  | 'settled'
  | 'rejected'
  | 'challenged'
  | 'denied'
  | 'lapsed'

const nextStates = {
  challenged: ['accepted', 'advanced', 'lapsed'],
  accepted: ['confirmed', 'rejected'],
  confirmed: ['paid'],
  // Again after a rejected dealing day: the fund is asked anew.
  advanced: ['settled', 'advanced'],
  paid: [],
  settled: [],
  rejected: [],
  denied: [],
  lapsed: [],
} as const satisfies Record<FundOrderState, readonly FundOrderState[]>

/** A customer's wish to move money into or out of the fund. */
export interface FundOrder {
  readonly id: string
  readonly customerId: string
  readonly kind: FundOrderKind
  /** Fen, and hundredths of a unit: a unit is always one yuan. */
  readonly amount: bigint
  readonly state: FundOrderState
  readonly placedAt: Instant
  /** The dealing day it counts for, and the one on which the fund confirms that day's orders. */
  readonly dealingDay: LocalDate
  readonly confirmationDay: LocalDate
  /** The payment it was made for (paying from the fund). */
  readonly paymentId: string | null
  /** The guard's decision; subscriptions have none, a payment's order has the payment's. */
  readonly decisionId: string | null
  /** Deadline of a challenge. */
  readonly expiresAt: Instant | null
  readonly confirmedAt: Instant | null
  readonly endedAt: Instant | null
}

export const fundOrder = defineRecord<FundOrder>({
  name: 'fund.order',
  key: 'id',
  fields: {
    id: 'text',
    customerId: 'text',
    kind: 'text',
    amount: 'bigint',
    state: 'text',
    placedAt: 'instant',
    dealingDay: 'text',
    confirmationDay: 'text',
    paymentId: 'text',
    decisionId: 'text',
    expiresAt: 'instant',
    confirmedAt: 'instant',
    endedAt: 'instant',
  },
  constant: ['customerId', 'kind', 'amount', 'paymentId', 'decisionId'],
})

/** Whether an order may go from one state to another. */
export function mayBecome(from: FundOrderState, to: FundOrderState): boolean {
  const allowed: readonly FundOrderState[] = nextStates[from]
  return allowed.includes(to)
}

export function orderKey(id: string): Key {
  return keyOf(fundOrder, id)
}
