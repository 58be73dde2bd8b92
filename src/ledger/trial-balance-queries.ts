import type { Sql } from '#database'
import { chart, type Book, type Side } from './chart.ts'

/** All accounts of one code together. Fen; hundredths of a unit in the unit register. */
export interface TrialBalanceLine {
  readonly book: Book
  readonly code: string
  readonly name: string
  readonly side: Side
  readonly accounts: number
  readonly debits: bigint
  readonly credits: bigint
  /** Posted, on the code's own side. */
  readonly balance: bigint
  /** Incoming minus outgoing holds. */
  readonly pending: bigint
  /** Posted minus outgoing holds. */
  readonly available: bigint
}

export interface TrialBalance {
  readonly lines: readonly TrialBalanceLine[]
  /** Debits minus credits of each book: always 0. */
  readonly books: readonly { readonly book: Book; readonly difference: bigint }[]
  /** The differences added up without their signs: 0 when every book balances. */
  readonly difference: bigint
}

interface Outgoing {
  /** Outgoing holds. */
  readonly outgoing: bigint
}

/** Every account code that is in use, by book and code, with what each book comes to. */
export async function trialBalance(sql: Sql): Promise<TrialBalance> {
  const rows = await sql<(Omit<TrialBalanceLine, 'name' | 'balance' | 'available'> & Outgoing)[]>`
    select book, code, side, count(*)::int4 as accounts,
      sum(debits_posted)::int8 as debits, sum(credits_posted)::int8 as credits,
      sum(case side when 'debit' then debits_pending - credits_pending
        else credits_pending - debits_pending end)::int8 as pending,
      sum(case side when 'debit' then credits_pending else debits_pending end)::int8 as outgoing
    from ledger.account group by book, code, side order by book, code`
  const totals = new Map<Book, bigint>()
  const lines = rows.map(({ outgoing, ...row }) => {
    const net = row.debits - row.credits
    totals.set(row.book, (totals.get(row.book) ?? 0n) + net)
    const name = chart.get(row.code)?.name ?? row.code
    const balance = row.side === 'debit' ? net : -net
    return { ...row, name, balance, available: balance - outgoing }
  })
  const books = [...totals].map(([book, difference]) => ({ book, difference }))
  const difference = books.reduce((sum, each) => sum + abs(each.difference), 0n)
  return { lines, books, difference }
}

function abs(amount: bigint): bigint {
  return amount < 0n ? -amount : amount
}
