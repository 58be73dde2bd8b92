import type { PendingQuery } from 'postgres'
import type { Sql } from '#database'
import { addDays, startOfLocalDay, type Instant, type LocalDate } from '#kernel'
import type { JournalBalance } from './journal-format.ts'

/** Which part of the journal: local days, both included; entries that touch one account. */
export interface JournalRange {
  readonly from?: LocalDate
  readonly to?: LocalDate
  readonly account?: string
}

/** The entries of a range by their numbers: `first` is in it, `end` is not. */
export interface EntryBounds {
  readonly first: bigint
  readonly end: bigint
  readonly account: string | null
}

export interface OpenedAccount {
  readonly id: string
  readonly openedAt: Instant
}

export interface EntryHead {
  readonly number: bigint
  readonly kind: string
  readonly ref: string
  readonly at: Instant
}

export interface JournalRow {
  readonly entry: bigint
  readonly account: string
  readonly amount: bigint
  readonly balance: bigint
}

const pageSize = 1_000
/** The highest number there can be. */
const endless = 9_223_372_036_854_775_807n

/** Numbers grow with time, so days are a range of numbers. */
export async function entryBounds(sql: Sql, range: JournalRange): Promise<EntryBounds> {
  const { from, to, account = null } = range
  const since = async (date: LocalDate) => {
    const at = sql.typed.instant(startOfLocalDay(date))
    const [row] = await sql<{ number: bigint }[]>`
      select number from ledger.entry where at >= ${at} order by number limit 1`
    return row?.number ?? endless
  }
  const first = from === undefined ? 0n : await since(from)
  const end = to === undefined ? endless : await since(addDays(to, 1))
  return { first, end, account }
}

export async function isAccount(sql: Sql, id: string): Promise<boolean> {
  const rows = await sql`select 1 from ledger.account where id = ${id}`
  return rows.length > 0
}

/** Takes a query's rows page by page from a cursor in the server; needs a transaction. */
async function eachPage<T extends object>(
  sql: Sql,
  { name, query }: { name: string; query: PendingQuery<T[]> },
  take: (rows: readonly T[]) => Promise<void>,
): Promise<void> {
  await sql`declare ${sql(name)} no scroll cursor for ${query}`
  for (;;) {
    const rows = await sql.unsafe<T[]>(`fetch ${pageSize} from ${name}`)
    if (rows.length === 0) break
    await take(rows)
  }
  await sql`close ${sql(name)}`
}

/** Every account; with one chosen, those that its entries touch, and itself. By id. */
export function eachAccount(
  sql: Sql,
  { first, end, account }: EntryBounds,
  take: (rows: readonly OpenedAccount[]) => Promise<void>,
): Promise<void> {
  const touched = sql`
    id = ${account} or id in (
      select account from ledger.posting where entry >= ${first} and entry < ${end} and entry in (
        select entry from ledger.posting
        where account = ${account} and entry >= ${first} and entry < ${end}))`
  const query = sql<OpenedAccount[]>`
    select id, opened_at as "openedAt" from ledger.account
    where ${account === null ? sql`true` : touched} order by id`
  return eachPage(sql, { name: 'journal_accounts', query }, take)
}

/** Entries in the order of their numbers, each page with its postings by account and sequence. */
export function eachEntry(
  sql: Sql,
  { first, end, account }: EntryBounds,
  take: (entries: readonly EntryHead[], postings: readonly JournalRow[]) => Promise<void>,
): Promise<void> {
  const touching = sql`
    number in (select entry from ledger.posting
      where account = ${account} and entry >= ${first} and entry < ${end})`
  const query = sql<EntryHead[]>`
    select number, kind, ref, at from ledger.entry
    where number >= ${first} and number < ${end}
      and ${account === null ? sql`true` : touching}
    order by number`
  return eachPage(sql, { name: 'journal_entries', query }, async (entries) => {
    const numbers = entries.map(({ number }) => number)
    const chosen = sql`and entry in (select unnest(${numbers.map(String)}::int8[]))`
    const postings = await sql<JournalRow[]>`
      select entry, account, amount, balance from ledger.posting
      where entry >= ${numbers[0] ?? 0n} and entry <= ${numbers.at(-1) ?? 0n}
        ${account === null ? sql`` : chosen}
      order by entry, account, seq`
    await take(entries, postings)
  })
}

/** What the accounts touched by some entries came to after the last of these. */
export function eachBalanceAfter(
  sql: Sql,
  { first, end, account }: EntryBounds,
  take: (rows: readonly JournalBalance[]) => Promise<void>,
): Promise<void> {
  const query = sql<JournalBalance[]>`
    select distinct on (account) account, balance from ledger.posting
    where entry >= ${first} and entry < ${end}
      and ${account === null ? sql`true` : sql`account = ${account}`}
    order by account, seq desc`
  return eachPage(sql, { name: 'journal_day', query }, take)
}

/** Balances before an entry's number, out of the postings of each account that has some by then. */
export function eachBalanceBefore(
  sql: Sql,
  { end, account, empty }: Pick<EntryBounds, 'end' | 'account'> & { empty: boolean },
  take: (rows: readonly JournalBalance[]) => Promise<void>,
): Promise<void> {
  const query = sql<JournalBalance[]>`
    select a.id as account, last.balance from ledger.account a
    cross join lateral (
      select balance from ledger.posting p
      where p.account = a.id and p.entry < ${end} order by p.seq desc limit 1
    ) last
    where ${empty ? sql`true` : sql`last.balance <> 0`}
      and ${account === null ? sql`true` : sql`a.id = ${account}`}
    order by a.id`
  return eachPage(sql, { name: 'journal_before', query }, take)
}

/** What the counters of used accounts say at the end: they are kept apart from the postings. */
export function eachCounter(
  sql: Sql,
  { account }: Pick<EntryBounds, 'account'>,
  take: (rows: readonly JournalBalance[]) => Promise<void>,
): Promise<void> {
  const query = sql<JournalBalance[]>`
    select id as account, debits_posted - credits_posted as balance from ledger.account
    where (posting_seq > 0 or debits_posted <> credits_posted)
      and ${account === null ? sql`true` : sql`id = ${account}`} order by id`
  return eachPage(sql, { name: 'journal_counters', query }, take)
}

/** True when no entry follows the range: then the counters are the balances at its end. */
export async function isToTheEnd(sql: Sql, { end }: EntryBounds): Promise<boolean> {
  const rows = await sql`select 1 from ledger.entry where number >= ${end} limit 1`
  return rows.length === 0
}
