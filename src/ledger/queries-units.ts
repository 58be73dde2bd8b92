import type { Sql } from '#database'

/** What entries of one kind moved on some accounts of one side, by the day in their reference. */
export interface MovedOnDay {
  readonly date: string
  /** Credited less debited. */
  readonly amount: bigint
}

/**
 * Credits less debits of entries of one kind (references `date/…`) on a few accounts, newest day
 * first. One range scan per account.
 */
export async function movedByDay(
  sql: Sql,
  of: { accounts: readonly string[]; kind: string; limit: number },
): Promise<MovedOnDay[]> {
  return sql<MovedOnDay[]>`
    select split_part(e.ref, '/', 1) as date, sum(-p.amount)::int8 as amount
    from ledger.posting p join ledger.entry e on e.number = p.entry
    where p.account = any(${[...of.accounts]}::text[]) and e.kind = ${of.kind}
    group by 1 order by 1 desc limit ${of.limit}`
}
