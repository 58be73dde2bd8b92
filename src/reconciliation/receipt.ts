import { defineRecord, keyOf, type Key, type View } from '#commit'
import { fail, invariant, ok, type Instant, type Result } from '#kernel'
import { book, matchedLog, postingId } from './book-record.ts'

/**
 * Money that the bank has for us and whose owner nobody knows yet. open (it lies in the ledger's
 * 2130) -> cleared (an entry has taken it from there), once.
 */
export interface Receipt {
  /** Id of the statement's line. */
  readonly line: string
  /** The ledger account that received it. */
  readonly account: string
  /** Fen. */
  readonly amount: bigint
  readonly state: 'open' | 'cleared'
  readonly openedAt: Instant
  readonly clearedAt: Instant | null
  /** The ledger account that it went to. */
  readonly clearedTo: string | null
}

export const receipt = defineRecord<Receipt>({
  name: 'reconciliation.receipt',
  key: 'line',
  fields: {
    line: 'text',
    account: 'text',
    amount: 'bigint',
    state: 'text',
    openedAt: 'instant',
    clearedAt: 'instant',
    clearedTo: 'text',
  },
  constant: ['account', 'amount', 'openedAt'],
})

export function receiptKey(line: string): Key {
  return keyOf(receipt, line)
}

export interface ParkedLine {
  readonly line: string
  readonly account: string
  readonly amount: bigint
  /** Number of the posting on the account that the receipt was booked with. */
  readonly seq: bigint
  /** Of the book that showed the line as unmatched. */
  readonly version: bigint
}

export type ParkError = 'receipt_exists' | 'reconciliation_changed'

/** May the line be parked? Asked before its entry is posted. Errors: as ParkError. */
export function mayPark(
  state: View,
  { line, account, version }: Pick<ParkedLine, 'line' | 'account' | 'version'>,
): Result<null, ParkError> {
  if (state.get(receipt, line) !== undefined) return fail('receipt_exists')
  const present = state.get(book, account)
  return present?.version === version ? ok(null) : fail('reconciliation_changed')
}

/**
 * Notes a receipt whose entry was posted in the same command: line and posting explain each other.
 * `reads` needs `receiptKey` and `bookKey`; `mayPark` must have agreed.
 */
export function parkReceipt(state: View, parked: ParkedLine, now: Instant): Receipt {
  const { line, account, amount, seq, version } = parked
  const present = state.get(book, account)
  invariant(present?.version === version, `${line} was looked up in this book`)
  state.put(book, { ...present, version: version + 1n })
  const shared = { account, match: line, way: 'suspense', difference: 0n, at: now } as const
  state.append(matchedLog, { ...shared, member: line, seq: null })
  state.append(matchedLog, { ...shared, member: postingId(seq), seq })
  const opened = { line, account, amount, openedAt: now, clearedAt: null, clearedTo: null }
  const kept: Receipt = { ...opened, state: 'open' }
  state.put(receipt, kept)
  return kept
}

export type ClearError = 'receipt_not_found' | 'receipt_cleared'

/** The receipt that waits under this line. Errors: receipt_not_found, receipt_cleared. */
export function openReceipt(state: View, line: string): Result<Receipt, ClearError> {
  const present = state.get(receipt, line)
  if (present === undefined) return fail('receipt_not_found')
  return present.state === 'open' ? ok(present) : fail('receipt_cleared')
}

/** Ends a receipt whose money was moved on in the same command; once. Errors: as ClearError. */
export function clearReceipt(
  state: View,
  { line, to }: { line: string; to: string },
  now: Instant,
): Result<Receipt, ClearError> {
  const open = openReceipt(state, line)
  if (!open.ok) return open
  const cleared: Receipt = { ...open.value, state: 'cleared', clearedAt: now, clearedTo: to }
  state.put(receipt, cleared)
  return ok(cleared)
}
