import { defineRecord, keyOf, type Key, type View } from '#commit'
import { type Instant, invariant, required } from '#kernel'
import { type AccountCode, accountId, type Book, chart, type Side } from './chart.ts'
import type { LedgerError } from './error-codes.ts'

/**
 * A ledger account: four counters that only grow (posted) or return to zero (pending), and limits.
 * All amounts are integers: fen in OP, FUND and MEMO; hundredths of a unit in REG.
 */
export interface Account {
  id: string
  code: string
  owner: string | null
  book: Book
  side: Side
  notNegative: boolean
  ceiling: bigint | null
  debitsPosted: bigint
  creditsPosted: bigint
  debitsPending: bigint
  creditsPending: bigint
  /** Number of postings so far: the next posting gets this plus one, without gaps. */
  postingSeq: bigint
  openedAt: Instant
  closedAt: Instant | null
}

export const account = defineRecord<Account>({
  name: 'ledger.account',
  key: 'id',
  fields: {
    id: 'text',
    code: 'text',
    owner: 'text',
    book: 'text',
    side: 'text',
    notNegative: 'boolean',
    ceiling: 'bigint',
    debitsPosted: 'bigint',
    creditsPosted: 'bigint',
    debitsPending: 'bigint',
    creditsPending: 'bigint',
    postingSeq: 'bigint',
    openedAt: 'instant',
    closedAt: 'instant',
  },
  constant: ['code', 'owner', 'book', 'side', 'notNegative', 'ceiling', 'openedAt'],
})

export function accountKey(id: string): Key {
  return keyOf(account, id)
}

/** What may be said of an account's money, on the account's own side. */
export interface Balance {
  /** Entries posted. */
  posted: bigint
  /** Incoming minus outgoing holds. */
  pending: bigint
  /** What may leave now: posted minus every outgoing hold (incoming ones do not count). */
  available: bigint
}

export function balanceOf(subject: Account): Balance {
  const debit = subject.side === 'debit'
  const incoming = debit ? subject.debitsPosted : subject.creditsPosted
  const outgoing = debit ? subject.creditsPosted : subject.debitsPosted
  const pendingIn = debit ? subject.debitsPending : subject.creditsPending
  const pendingOut = debit ? subject.creditsPending : subject.debitsPending
  const posted = incoming - outgoing
  return { posted, pending: pendingIn - pendingOut, available: posted - pendingOut }
}

export interface Opening {
  readonly code: AccountCode
  readonly owner?: string
  /** A highest balance of its own, at most the chart's. */
  readonly ceiling?: bigint
}

/**
 * Opens an account as the chart describes its code. When it is there already nothing is done:
 * `exists` if it is as asked for, else `exists_with_different_ceiling`.
 */
export function openAccount(
  state: View,
  opening: Opening,
  now: Instant,
): 'opened' | LedgerError<'open'> {
  const id = accountId(opening.code, opening.owner)
  const line = required(chart.get(opening.code), `account code ${opening.code}`)
  const ceiling = opening.ceiling ?? line.ceiling ?? null
  const present = state.get(account, id)
  if (present !== undefined) {
    return present.ceiling === ceiling ? 'exists' : 'exists_with_different_ceiling'
  }
  invariant(ceiling === null || ceiling >= 0n, `ceiling of ${id}: ${ceiling}`)
  invariant(
    line.ceiling === undefined || (ceiling ?? line.ceiling) <= line.ceiling,
    `ceiling of ${id} above the chart's`,
  )
  state.put(account, {
    id,
    code: opening.code,
    owner: opening.owner ?? null,
    book: line.book,
    side: line.side,
    notNegative: line.notNegative,
    ceiling,
    debitsPosted: 0n,
    creditsPosted: 0n,
    debitsPending: 0n,
    creditsPending: 0n,
    postingSeq: 0n,
    openedAt: now,
    closedAt: null,
  })
  return 'opened'
}
