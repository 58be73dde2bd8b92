import { defineRecord, keyOf, type Key } from '#commit'
import type { Instant } from '#kernel'

/** "I was robbed": the payments that a customer says were not his. Never changed afterwards. */
export interface TheftReport {
  id: string
  customerId: string
  reportedAt: Instant
  paymentIds: readonly string[]
  note: string | null
  /** Fen, all ticked payments. */
  disputed: bigint
  /** Of it: never left (held, challenged, denied or voided when reported). */
  stopped: bigint
  /** Of it: had left. */
  lost: bigint
  /** Null when nothing was lost and nothing had left the fund: there is nothing to claim. */
  claimId: string | null
}

export const theftReport = defineRecord<TheftReport>({
  name: 'guarantee.report',
  key: 'id',
  fields: {
    id: 'text',
    customerId: 'text',
    reportedAt: 'instant',
    paymentIds: 'json',
    note: 'text',
    disputed: 'bigint',
    stopped: 'bigint',
    lost: 'bigint',
    claimId: 'text',
  },
})

export function reportKey(id: string): Key {
  return keyOf(theftReport, id)
}
