import type { Sql } from '#database'
import type { Instant } from '#kernel'

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
