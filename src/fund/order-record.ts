import { defineRecord, keyOf, type Key } from '#commit'
import type { Instant, LocalDate } from '#kernel'

export type FundOrderKind = 'subscription' | 'fast_redemption' | 'normal_redemption'

/**
 * An order is always in one of these states:
 * `accepted` money (or units) set aside, waits for the fund · `confirmed` units issued (or taken
 * back) · `paid` money of a normal redemption is in the wallet · `advanced` a fast redemption,
 * paid by the bank's advance, waits for the fund · `settled` the fund has repaid the bank ·
 * `rejected` by the fund, everything as before · `cancelled` taken back by the customer before the
 * cut-off, everything as before · `deferred` all of it went on into an order of the next
 * dealing day · `challenged` nothing has moved, the customer must
 * approve it from a trusted device until `expiresAt` · `denied`, `lapsed` nothing ever moved.
 */
export type FundOrderState =
  | 'accepted'
  | 'advanced'
  | 'confirmed'
  | 'paid'
  | 'settled'
  | 'rejected'
  | 'cancelled'
  | 'deferred'
  | 'challenged'
  | 'denied'
  | 'lapsed'

const nextStates = {
  challenged: ['accepted', 'advanced', 'lapsed'],
  accepted: ['confirmed', 'rejected', 'cancelled', 'deferred'],
  confirmed: ['paid'],
  // Again after a rejected dealing day: the fund is asked anew.
  advanced: ['settled', 'advanced'],
  paid: [],
  settled: [],
  rejected: [],
  cancelled: [],
  deferred: [],
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
  /** Where the fund confirmed less than was sent: how much. The rest went back; null: all of it. */
  readonly confirmedAmount: bigint | null
  /** What the redemption gate moved on into an order of the next dealing day. */
  readonly deferredAmount: bigint
  /** Of a redemption, what a loss took before the fund was asked. */
  readonly lossAmount: bigint
  /** The order whose deferred part this one is. */
  readonly deferredFrom: string | null
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
    confirmedAmount: 'bigint',
    deferredAmount: 'bigint',
    lossAmount: 'bigint',
    deferredFrom: 'text',
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
  constant: ['customerId', 'kind', 'amount', 'paymentId', 'decisionId', 'deferredFrom'],
})

/** No part deferred, confirmed in part or left over by another order: most orders. */
export const wholeOrder = {
  confirmedAmount: null,
  deferredAmount: 0n,
  lossAmount: 0n,
  deferredFrom: null,
} as const

/** Fen the fund is asked for: what the gate did not move on and no loss took. */
export function sentAmount(
  order: Pick<FundOrder, 'amount' | 'deferredAmount' | 'lossAmount'>,
): bigint {
  return order.amount - order.deferredAmount - order.lossAmount
}

/** Fen the fund has confirmed, or will when it confirms in full. */
export function confirmedAmount(
  order: Pick<FundOrder, 'amount' | 'deferredAmount' | 'lossAmount' | 'confirmedAmount'>,
): bigint {
  return order.confirmedAmount ?? sentAmount(order)
}

/** Whether an order may go from one state to another. */
export function mayBecome(from: FundOrderState, to: FundOrderState): boolean {
  const allowed: readonly FundOrderState[] = nextStates[from]
  return allowed.includes(to)
}

export function orderKey(id: string): Key {
  return keyOf(fundOrder, id)
}
