import type { Sql } from '#database'
import type { Balance } from './account.ts'

/** Balances of accounts by id, each on its own side; ids without an account are left out. */
export async function balancesOf(
  sql: Sql,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Balance>> {
  const rows = await sql<(Balance & { id: string })[]>`
    select id,
      case side when 'debit' then debits_posted - credits_posted
        else credits_posted - debits_posted end as posted,
      case side when 'debit' then debits_pending - credits_pending
        else credits_pending - debits_pending end as pending,
      case side when 'debit' then debits_posted - credits_posted - credits_pending
        else credits_posted - debits_posted - debits_pending end as available
    from ledger.account where id in ${sql(ids)}`
  return new Map(rows.map(({ id, ...balance }) => [id, balance]))
}
