import type { Sql } from '#database'
import type { Instant } from '#kernel'

/** A posting of one account with what it is about. Fen, or hundredths of a unit. */
export interface AccountPosting {
  /** 1, 2, 3 … within the account. */
  readonly seq: bigint
  readonly entry: bigint
  readonly kind: string
  readonly ref: string
  /** Positive: debit. */
  readonly amount: bigint
  readonly at: Instant
}

/** One account's postings in their order, from an instant (included) to another (not included). */
export async function postingsBetween(
  sql: Sql,
  { account, from, before }: { account: string; from: Instant; before: Instant },
): Promise<AccountPosting[]> {
  // Backwards from the newest: costs what has been posted since, not the account's history.
  return sql<AccountPosting[]>`
    select p.seq, p.entry, e.kind, e.ref, p.amount, p.at
    from ledger.posting p join ledger.entry e on e.number = p.entry
    where p.account = ${account} and p.at < ${sql.typed.instant(before)} and p.seq > coalesce((
      select seq from ledger.posting
      where account = ${account} and at < ${sql.typed.instant(from)}
      order by seq desc limit 1), 0)
    order by p.seq`
}
