import type { Sql } from '#database'
import type { Instant } from '#kernel'

/** What entries of one kind moved on some accounts of one side, by the day in their reference. */
export interface MovedOnDay {
  readonly date: string
  /** Credited less debited. */
  readonly amount: bigint
  /** What was on the first of the accounts after it; null when it was not moved. */
  readonly balance: bigint | null
}

interface MovedQuestion {
  readonly accounts: readonly string[]
  readonly kind: string
}

/**
 * Credits less debits of entries of one kind (references `date/…`) on a few accounts, newest day
 * first; `from` and `to` included. One range scan per account.
 */
export async function movedByDay(
  sql: Sql,
  of: MovedQuestion & { from?: string; to?: string; limit?: number },
): Promise<MovedOnDay[]> {
  return sql<MovedOnDay[]>`
    select split_part(e.ref, '/', 1) as date, sum(-p.amount)::int8 as amount,
      max(-p.balance) filter (where p.account = ${of.accounts[0] ?? ''}) as balance
    from ledger.posting p join ledger.entry e on e.number = p.entry
    where p.account = any(${[...of.accounts]}::text[]) and e.kind = ${of.kind}
      and split_part(e.ref, '/', 1) collate "C" between ${of.from ?? ''} and ${of.to ?? '~'}
    group by 1 order by 1 desc limit ${of.limit ?? null}`
}

/** The sum of all that entries of one kind moved on a few accounts: credits less debits. */
export async function movedInAll(sql: Sql, of: MovedQuestion): Promise<bigint> {
  const [row] = await sql<[{ amount: bigint }]>`
    select coalesce(-sum(p.amount), 0)::int8 as amount
    from ledger.posting p join ledger.entry e on e.number = p.entry
    where p.account = any(${[...of.accounts]}::text[]) and e.kind = ${of.kind}`
  return row.amount
}

/** The same of one day for everybody: by owner, accounts of some codes. */
export async function postedOn(
  sql: Sql,
  of: { codes: readonly string[]; kind: string; date: string },
): Promise<{ owner: string | null; amount: bigint }[]> {
  return sql<{ owner: string | null; amount: bigint }[]>`
    select a.owner, sum(-p.amount)::int8 as amount
    from ledger.entry e join ledger.posting p on p.entry = e.number
    join ledger.account a on a.id = p.account
    where e.kind = ${of.kind} and split_part(e.ref, '/', 1) = ${of.date}
      and a.code = any(${[...of.codes]}::text[])
    group by a.owner`
}

/** Units (hundredths) of one account of the unit register. */
export interface AccountUnits {
  readonly code: string
  /** The customer; null for R204 and R205. */
  readonly owner: string | null
  readonly units: bigint
}

/**
 * Units in every register account (R201 to R205) counting only postings before an instant; empty
 * accounts are left out. One backward step in the postings' key per account, whatever its history.
 */
export async function earningUnitsAt(sql: Sql, before: Instant): Promise<AccountUnits[]> {
  return sql<AccountUnits[]>`
    select a.code, a.owner, -last.balance as units
    from ledger.account a
    cross join lateral (
      select p.balance from ledger.posting p
      where p.account = a.id and p.at < ${sql.typed.instant(before)}
      order by p.seq desc limit 1
    ) last
    where a.code in ('R201', 'R202', 'R203', 'R204', 'R205') and last.balance <> 0
    order by a.id`
}

/** Units that entries of one kind and an earlier reference gave each owner at or after `from`. */
export async function postedLate(
  sql: Sql,
  of: { kind: string; refBefore: string; from: Instant },
): Promise<{ owner: string | null; units: bigint }[]> {
  return sql<{ owner: string | null; units: bigint }[]>`
    select a.owner, sum(-p.amount)::int8 as units
    from ledger.entry e join ledger.posting p on p.entry = e.number
    join ledger.account a on a.id = p.account
    where e.kind = ${of.kind} and e.ref collate "C" < ${of.refBefore}
      and e.at >= ${sql.typed.instant(of.from)}
      and a.code in ('R201', 'R202', 'R203', 'R204', 'R205')
    group by a.owner`
}
