import { required, type Instant, type LocalDate } from '#kernel'
import { formatAmount } from '#money'
import { chart, type Book, type Side } from './chart.ts'

/** An entry's first line; `number` is null for what the file says by itself. */
export interface JournalEntry {
  readonly number: bigint | null
  readonly date: LocalDate
  readonly kind: string
  readonly ref: string
}

/** Debits are positive. `balance` is what it leaves behind; null where the file does not say. */
export interface JournalPosting {
  readonly account: string
  readonly amount: bigint
  readonly balance: bigint | null
}

export interface JournalBalance {
  readonly account: string
  readonly balance: bigint
}

/** How one kind of journal file is written. Every text it answers ends with a newline. */
export interface JournalFormat {
  /** The first lines; `about` says which balances the file states. */
  header(about: string): string
  account(opened: { id: string; openedAt: Instant }): string
  entry(entry: JournalEntry): string
  posting(posting: JournalPosting): string
  /** What accounts must come to at the end of a day. */
  balances(date: LocalDate, rows: readonly JournalBalance[]): string
  /** False: its postings cannot state a balance, so that it is stated after each day. */
  readonly postingsAssert: boolean
}

/** What a journal's account is called after and counted in. */
export interface JournalAccount {
  readonly book: Book
  readonly code: string
  readonly owner: string | null
  readonly name: string
  readonly side: Side
  readonly commodity: 'CNY' | 'UNIT'
}

/** The other side of one account's opening balance; only in a file, never in the ledger. */
const openingCode = 'opening'

export function openingIn(book: Book): string {
  return `${openingCode}:${book}`
}

/** From an account's id: `2010:cus_x`, `1010`, or one that `openingIn` made. */
export function journalAccount(id: string): JournalAccount {
  const [code = '', owner = null] = id.split(':')
  if (code === openingCode) {
    const book = owner as Book
    const commodity = commodityOf(book)
    return { book, code, owner: null, name: 'Before this file', side: 'credit', commodity }
  }
  const { book, name, side } = required(chart.get(code), `account code ${code}`)
  return { book, code, owner, name, side, commodity: commodityOf(book) }
}

/** No prices: a unit is a thing of its own, not one yuan. */
function commodityOf(book: Book): 'CNY' | 'UNIT' {
  return book === 'REG' ? 'UNIT' : 'CNY'
}

/** `12.34 CNY`. */
export function journalAmount(account: JournalAccount, amount: bigint): string {
  return `${formatAmount(amount)} ${account.commodity}`
}
