import type { Sql } from '#database'
import type { LocalDate } from '#kernel'
import type { Book, ImportedStatement, LineRow } from './book-record.ts'
import type { Receipt } from './receipt.ts'

export async function bookOf(sql: Sql, account: string): Promise<Book | null> {
  const [row] = await sql<Book[]>`
    select account, version, covered_from as "coveredFrom", covered_to as "coveredTo",
      open_since as "openSince"
    from reconciliation.book where account = ${account}`
  return row ?? null
}

export async function statementNamed(sql: Sql, name: string): Promise<ImportedStatement | null> {
  const [row] = await sql<ImportedStatement[]>`
    select name, account, format, digest, from_date as "fromDate", to_date as "toDate", opening,
      closing, lines, imported_at as "importedAt"
    from reconciliation.statement where name = ${name}`
  return row ?? null
}

/** Lines of all statements of an account that nothing explains yet, from a day on. */
export async function openLines(
  sql: Sql,
  { account, since }: { account: string; since: LocalDate },
): Promise<LineRow[]> {
  return sql<LineRow[]>`
    select id, statement, number, account, date, amount, reference, counterparty, text
    from reconciliation.line l
    where account = ${account} and date >= ${since} and not exists (
      select from reconciliation.matched m where m.account = l.account and m.member = l.id)
    order by date, id`
}

/** Numbers of the account's postings in a range that are explained. */
export async function matchedPostings(
  sql: Sql,
  { account, first, last }: { account: string; first: bigint; last: bigint },
): Promise<ReadonlySet<bigint>> {
  const rows = await sql<{ seq: bigint }[]>`
    select seq from reconciliation.matched
    where account = ${account} and seq >= ${first} and seq <= ${last}`
  return new Set(rows.map(({ seq }) => seq))
}

/** Receipts whose owner is not known, oldest first. */
export async function openReceipts(sql: Sql): Promise<Receipt[]> {
  return sql<Receipt[]>`
    select line, account, amount, state, opened_at as "openedAt", cleared_at as "clearedAt",
      cleared_to as "clearedTo"
    from reconciliation.receipt where state = 'open' order by opened_at, line`
}
