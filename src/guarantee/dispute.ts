import { defineRecord, keyOf, type Key } from '#commit'
import type { Instant } from '#kernel'

/** One payment can be disputed once: this record's presence is what says so. */
export interface Dispute {
  /** The payment's id. */
  id: string
  reportId: string
  customerId: string
  /** Fen. */
  amount: bigint
  /** What it was when reported: its money had left, was still held, or never moved. */
  found: 'left' | 'on_hold' | 'not_moved'
  at: Instant
}

export const dispute = defineRecord<Dispute>({
  name: 'guarantee.dispute',
  key: 'id',
  fields: {
    id: 'text',
    reportId: 'text',
    customerId: 'text',
    amount: 'bigint',
    found: 'text',
    at: 'instant',
  },
})

export function disputeKey(paymentId: string): Key {
  return keyOf(dispute, paymentId)
}
