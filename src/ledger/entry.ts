import { defineLog } from '#commit'
import type { Instant } from '#kernel'

/** A balanced set of postings. Immutable: corrected only by another entry. */
export interface EntryRow {
  number: bigint
  /** What it is about: 'transfer', 'top_up', 'subscribe' … */
  kind: string
  /** Id of what caused it: a payment, an order, a claim. */
  ref: string
  /** The hold whose posting it is. */
  holdId: string | null
  at: Instant
}

/** One account and one amount of an entry, with the account's balance after it. Immutable. */
export interface PostingRow {
  account: string
  /** 1, 2, 3 … within the account, without gaps. */
  seq: bigint
  entry: bigint
  /** Positive: debit. Negative: credit. */
  amount: bigint
  /** Debits minus credits of the account after this posting. */
  balance: bigint
  at: Instant
}

export const entryLog = defineLog<EntryRow>({
  name: 'ledger.entry',
  fields: { number: 'bigint', kind: 'text', ref: 'text', holdId: 'text', at: 'instant' },
})

export const postingLog = defineLog<PostingRow>({
  name: 'ledger.posting',
  fields: {
    account: 'text',
    seq: 'bigint',
    entry: 'bigint',
    amount: 'bigint',
    balance: 'bigint',
    at: 'instant',
  },
})
