import type { Sql } from '#database'
import type { Instant } from '#kernel'

/** One posting as its account's owner sees it. Fen; hundredths of a unit in the unit register. */
export interface StatementRow {
  readonly account: string
  /** 1, 2, 3 … within the account. */
  readonly seq: bigint
  readonly entry: bigint
  readonly kind: string
  readonly ref: string
  /** Below zero where it lowered the balance on the account's own side. */
  readonly amount: bigint
  /** After this posting, on the account's own side. */
  readonly balance: bigint
  /** Where the money came from or went to, when the entry says so with one other account. */
  readonly counterAccount: string | null
  readonly at: Instant
}

/** So many entry numbers in a row are looked up together. */
const stretchLength = 2_000

/** A place in a statement: the row after which (backwards in time) the next page begins. */
export type StatementPlace = Pick<StatementRow, 'account' | 'seq' | 'entry'>

/**
 * Postings of some accounts together, newest first. A backward range scan per account, however
 * deep in its history the page begins: an account's entries grow with its gap-free numbers, so the
 * place to begin is found by halving. A page's entries and their other sides are looked up in
 * stretches of the journal that hold many of them: looking up one costs as much as many in a row.
 */
export async function statement(
  sql: Sql,
  page: { accounts: readonly string[]; limit: number; before?: StatementPlace },
): Promise<StatementRow[]> {
  const { accounts, limit, before } = page
  return sql<StatementRow[]>`
    with recursive asked as (
      select id, side, posting_seq from ledger.account
      where id in ${sql(accounts.length > 0 ? [...accounts] : [''])}
    ), halving (id, low, high) as (
      -- Posting low is older than the place (0: none is), posting high is not.
      select id, case when ${before === undefined} then posting_seq else 0 end, posting_seq + 1
      from asked
      union all
      select h.id, case when found.is_older then found.seq else h.low end,
        case when found.is_older then h.high else found.seq end
      from halving h cross join lateral (
        select p.seq, (p.entry, p.account, p.seq) < (${before?.entry ?? null}::int8,
          ${before?.account ?? null}::text, ${before?.seq ?? null}::int8) as is_older
        from ledger.posting p
        where p.account = h.id and p.seq = (h.low + h.high) / 2 limit 1
      ) found
      where h.high - h.low > 1
    ), newest as (
      select id, max(low) as seq from halving group by id
    ), page as materialized (
      select a.side, p.* from asked a join newest n on n.id = a.id
      cross join lateral (
        select * from ledger.posting own
        where own.account = a.id and own.seq <= n.seq order by own.seq desc limit ${limit}
      ) p
      order by p.entry desc, p.account desc, p.seq desc limit ${limit}
    ), stretch as materialized (
      select min(entry) as low, max(entry) as high from page group by entry / ${stretchLength}
    ), line as materialized (
      select p.*, named.kind, named.ref from stretch s cross join lateral (
        select e.number, e.kind, e.ref from ledger.entry e
        where e.number between s.low and s.high offset 0
      ) named
      join page p on p.entry = named.number
    ), candidate as (
      select line.*, null as other from line
      union all
      select l.*, other.account
      from stretch s cross join lateral (
        select o.account, o.entry, o.amount from ledger.posting o
        where o.entry between s.low and s.high offset 0
      ) other
      join line l on l.entry = other.entry and l.amount = -other.amount
        and l.account <> other.account
    )
    -- Grouped with the line itself: joined to it afterwards, each row would be compared with all.
    select account, seq, entry, kind, ref, at,
      case side when 'debit' then amount else -amount end as amount,
      case side when 'debit' then balance else -balance end as balance,
      case count(other) when 1 then min(other) end as "counterAccount"
    from candidate group by seq, entry, account, side, amount, balance, at, kind, ref
    order by entry desc, account desc, seq desc`
}
