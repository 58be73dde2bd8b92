import type { Sql } from '#database'
import type { Instant } from '#kernel'
import { longestBackdating } from './entry-detail.ts'

export interface PastQuestion {
  readonly accounts: readonly string[]
  readonly before: Instant
  /**
   * `inserted`: what the books said then (the default). `effective`: what they should have said,
   * with every entry counted from its effective time, also those written later.
   */
  readonly by?: 'inserted' | 'effective'
}

/**
 * Posted balances on each account's own side, counting only what lies before an instant; accounts
 * not opened are left out, those without postings by then are 0.
 *
 * An account's postings are numbered without gaps in the order of time, so its last one before the
 * instant is found by halving: 20 steps in the primary key for a million postings, whichever
 * moment is asked for, and no index on time that every payment would have to keep. By effective
 * time what straddles the instant is added: entries that count from before it and were written
 * later, a range of the account's backdated postings.
 */
export async function balanceAt(
  sql: Sql,
  { accounts, before, by = 'inserted' }: PastQuestion,
): Promise<ReadonlyMap<string, bigint>> {
  const rows = await sql<{ id: string; balance: bigint }[]>`
    with recursive asked as (
      select id, side, posting_seq from ledger.account
      where id in ${sql(accounts.length > 0 ? [...accounts] : [''])}
    ), halving (id, low, high) as (
      -- Posting low lies before the instant (0: none does), posting high does not.
      select id, 0::int8, posting_seq + 1 from asked
      union all
      select h.id, case when found.is_before then found.seq else h.low end,
        case when found.is_before then h.high else found.seq end
      from halving h cross join lateral (
        select p.seq, p.at < ${sql.typed.instant(before)} as is_before from ledger.posting p
        where p.account = h.id and p.seq = (h.low + h.high) / 2 limit 1
      ) found
      where h.high - h.low > 1
    ), last as (
      select id, max(low) as seq from halving group by id
    ), known as (
      select a.id, a.side, coalesce(p.balance, 0) as balance
      from asked a join last l on l.id = a.id
      left join ledger.posting p on p.account = l.id and p.seq = l.seq
    )
    select k.id, (case k.side when 'debit' then 1 else -1 end * (k.balance + coalesce((
        select sum(b.amount) from ledger.backdated_posting b
        where ${by === 'effective'} and b.account = k.id
          and b.effective_at >= ${sql.typed.instant(before - longestBackdating)}
          and b.effective_at < ${sql.typed.instant(before)}
          and b.at >= ${sql.typed.instant(before)}
      ), 0)))::int8 as balance
    from known k`
  return new Map(rows.map(({ id, balance }) => [id, balance]))
}
