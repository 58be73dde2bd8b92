import type { Sql } from '#database'
import type { Verified } from './verified.ts'

/**
 * I1: every entry has postings, all of known accounts, that sum to 0 in each book.
 *
 * Here and in the other checks `broken` is materialized so that the limit does not reach the plan:
 * PostgreSQL would look for 20 rows fast, by index and loop, where there are none to be found.
 */
export async function verifyEntries(sql: Sql): Promise<Verified> {
  const [row] = await sql<{ checked: number }[]>`
    select count(*)::int4 as checked from ledger.entry`
  const broken = await sql<{ what: string }[]>`
    with broken as materialized (
      select format('entry %s: %s off by %s', p.entry, coalesce(a.book, 'an unknown account'),
        sum(p.amount)) as what
      from ledger.posting p left join ledger.account a on a.id = p.account
      group by p.entry, a.book having sum(p.amount) <> 0 or a.book is null
      union all
      select format('entry %s has no postings', e.number) from ledger.entry e
      where not exists (select from ledger.posting p where p.entry = e.number)
      union all
      select format('postings of %s, which is no entry', p.entry) from ledger.posting p
      left join ledger.entry e on e.number = p.entry where e.number is null group by p.entry
    )
    select what from broken limit 20`
  return { checked: row?.checked ?? 0, broken: broken.map(({ what }) => what) }
}

/**
 * Entries whose number the lane has not given yet. Gaps below are no fault: messages and acts on
 * accounts draw from the same numbers, and a refused chain leaves unused what it drew.
 */
export async function entriesFrom(sql: Sql, number: bigint): Promise<bigint[]> {
  const rows = await sql<{ number: bigint }[]>`
    select number from ledger.entry where number >= ${number} order by number limit 20`
  return rows.map((row) => row.number)
}

/** How many entries of each kind there are. */
export async function entryKinds(sql: Sql): Promise<{ kind: string; count: number }[]> {
  return sql<{ kind: string; count: number }[]>`
    select kind, count(*)::int4 as count from ledger.entry group by kind order by kind`
}

/** Entries of some kinds in the order of their numbers, after one of them. */
export async function entriesOfKinds(
  sql: Sql,
  page: { kinds: readonly string[]; after: bigint; limit: number },
): Promise<{ number: bigint; kind: string; ref: string }[]> {
  const { kinds, after, limit } = page
  return sql<{ number: bigint; kind: string; ref: string }[]>`
    select number, kind, ref from ledger.entry
    where number > ${after} and kind in ${sql(kinds)} order by number limit ${limit}`
}

/** What was moved more than once under one reference, for kinds that move a thing once. */
export async function repeatedEntries(
  sql: Sql,
  kinds: readonly string[],
): Promise<{ kind: string; ref: string; count: number }[]> {
  return sql<{ kind: string; ref: string; count: number }[]>`
    select kind, ref, count(*)::int4 as count from ledger.entry where kind in ${sql(kinds)}
    group by kind, ref having count(*) > 1 order by ref limit 20`
}

/** A day's income as the books have it: units issued, and what its holders got. */
export interface IncomeIssued {
  readonly date: string
  readonly units: bigint
  readonly toHolders: bigint
}

/** Income of the fund's days: the entries' references are `date/chunk`. */
export async function incomeIssued(sql: Sql): Promise<IncomeIssued[]> {
  return sql<IncomeIssued[]>`
    select split_part(e.ref, '/', 1) as date,
      coalesce(sum(p.amount) filter (where p.account = 'R100'), 0)::int8 as units,
      coalesce(-sum(p.amount) filter (where p.account >= 'R201' and p.account < 'R206'), 0)::int8
        as "toHolders"
    from ledger.entry e join ledger.posting p on p.entry = e.number
    where e.kind = 'fund_income' group by 1 order by 1`
}

/** When the books were last written to; null while they are empty. */
export async function lastEntryAt(sql: Sql): Promise<number | null> {
  const [row] = await sql<{ at: number }[]>`
    select at from ledger.entry order by number desc limit 1`
  return row?.at ?? null
}
