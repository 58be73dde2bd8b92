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

/** A place in a statement: the row after which (backwards in time) the next page begins. */
export type StatementPlace = Pick<StatementRow, 'account' | 'seq' | 'entry'>

/**
 * Postings of some accounts together, newest first. A backward range scan per account: a page
 * costs what it shows, whatever the account's history.
 */
export async function statement(
  sql: Sql,
  page: { accounts: readonly string[]; limit: number; before?: StatementPlace },
): Promise<StatementRow[]> {
  const { accounts, limit, before } = page
  const entry = before?.entry ?? null
  return sql<StatementRow[]>`
    with page as materialized (
      select a.side, p.* from ledger.account a
      cross join lateral (
        select * from ledger.posting own
        where own.account = a.id and (${entry}::int8 is null
          or (own.entry, own.account, own.seq)
            < (${entry}::int8, ${before?.account ?? null}::text, ${before?.seq ?? null}::int8))
        order by own.seq desc limit ${limit}
      ) p
      where a.id in ${sql(accounts.length > 0 ? [...accounts] : [''])}
      order by p.entry desc, p.account desc, p.seq desc limit ${limit}
    ), counter as (
      select p.account, p.seq, min(other.account) as other
      from page p join ledger.posting other
        on other.entry = p.entry and other.amount = -p.amount and other.account <> p.account
      group by p.account, p.seq having count(*) = 1
    )
    select p.account, p.seq, p.entry, e.kind, e.ref, p.at,
      case p.side when 'debit' then p.amount else -p.amount end as amount,
      case p.side when 'debit' then p.balance else -p.balance end as balance,
      c.other as "counterAccount"
    from page p
    join ledger.entry e on e.number = p.entry
    left join counter c on c.account = p.account and c.seq = p.seq
    order by p.entry desc, p.account desc, p.seq desc`
}
