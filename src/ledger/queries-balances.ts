import type { Sql } from '#database'
import type { Balance } from './account.ts'

/** The three balances on the account's own side, and its version: the number of its postings. */
export interface VersionedBalance extends Balance {
  readonly version: bigint
}

/** Balances of accounts by id; ids without an account are left out. */
export async function balancesOf(
  sql: Sql,
  ids: readonly string[],
): Promise<ReadonlyMap<string, VersionedBalance>> {
  const rows = await sql<(VersionedBalance & { id: string })[]>`
    select id, posting_seq as version,
      case side when 'debit' then debits_posted - credits_posted
        else credits_posted - debits_posted end as posted,
      case side when 'debit' then debits_pending - credits_pending
        else credits_pending - debits_pending end as pending,
      case side when 'debit' then debits_posted - credits_posted - credits_pending
        else credits_posted - debits_posted - debits_pending end as available
    from ledger.account where id in ${sql(ids)}`
  return new Map(rows.map(({ id, ...balance }) => [id, balance]))
}
