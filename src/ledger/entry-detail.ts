import { defineLog } from '#commit'
import { day, type Instant } from '#kernel'

/** What only some entries have. Immutable, and absent for all others. */
export interface EntryDetailRow {
  entry: bigint
  /** When it counts from; null: from when it was written. */
  effectiveAt: Instant | null
  metadata: Readonly<Record<string, string>> | null
  /** Number of the entry whose mirror image it is. */
  reverses: bigint | null
}

export const entryDetailLog = defineLog<EntryDetailRow>({
  name: 'ledger.entry_detail',
  fields: { entry: 'bigint', effectiveAt: 'instant', metadata: 'json', reverses: 'bigint' },
})

/** What an entry that counts from an earlier moment came to on one account. Immutable. */
export interface BackdatedPostingRow {
  account: string
  effectiveAt: Instant
  entry: bigint
  /** Positive: debit. Negative: credit. */
  amount: bigint
  at: Instant
}

export const backdatedPostingLog = defineLog<BackdatedPostingRow>({
  name: 'ledger.backdated_posting',
  fields: {
    account: 'text',
    effectiveAt: 'instant',
    entry: 'bigint',
    amount: 'bigint',
    at: 'instant',
  },
})

/**
 * How far back an entry may count from. It bounds what a balance by effective time has to look at:
 * only entries written in this long after the moment asked for.
 */
export const longestBackdating = 400 * day

const mostPairs = 16
const wellFormedKey = /^[a-z][a-z0-9_]{0,39}$/
/** 1 to 256 characters that JSON and PostgreSQL can hold and a line can show. */
const wellFormedValue = /^[^\p{Cc}\p{Cs}]{1,256}$/u

export function metadataFault(metadata: Readonly<Record<string, string>>) {
  const pairs = Object.entries(metadata)
  if (pairs.length > mostPairs) return 'metadata_too_many'
  if (!pairs.every(([key]) => wellFormedKey.test(key))) return 'metadata_key_malformed'
  if (!pairs.every(([, value]) => wellFormedValue.test(value))) return 'metadata_value_malformed'
  return null
}

/** An entry says what has happened: what is still to come is a hold. */
export function effectiveFault(effectiveAt: Instant, now: Instant) {
  if (effectiveAt > now) return 'effective_in_future'
  return effectiveAt < now - longestBackdating ? 'effective_too_early' : null
}
