import { defineRecord, keyOf, type Key, type View } from '#commit'
import { type Instant, invariant } from '#kernel'
import { type AccountCode, accountId, type Book, chart, type Side } from './chart.ts'

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

/** Opens an account as the chart describes its code; `exists` when it is there already. */
export function openAccount(
  state: View,
  opening: { code: AccountCode; owner?: string },
  now: Instant,
): 'opened' | 'exists' {
  const id = accountId(opening.code, opening.owner)
  if (state.get(account, id) !== undefined) return 'exists'
  const line = chart.get(opening.code)
  invariant(line !== undefined, `no account code ${opening.code}`)
  state.put(account, {
    id,
    code: opening.code,
    owner: opening.owner ?? null,
    book: line.book,
    side: line.side,
    notNegative: line.notNegative,
    ceiling: line.ceiling ?? null,
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
