import type { Sql, Tx } from '#database'
import type { Instant } from '#kernel'

/** What a partner's own books say. `fund:units` in hundredths, everything else in fen. */
export interface OutsideBalance {
  /** `bank:reserve` …, `fund:units`, `insurer:notified|approved|paid|premium`. */
  readonly partner: string
  readonly amount: bigint
}

/** One line of those books: `amount` is its effect on the balance. */
export interface OutsideMovement {
  readonly reference: string
  readonly kind: string
  readonly amount: bigint
  readonly at: Instant
}

/**
 * The partners' balances in one statement on the snapshot of the caller's transaction (role reader
 * or simulator). Empty when no simulator has ever run on this database.
 */
export async function readOutsideBalances(sql: Sql | Tx): Promise<readonly OutsideBalance[]> {
  const rows = await sql<OutsideBalance[]>`
    with bank as (
      select 'bank:' || number as partner, balance as amount
      from partners.bank_account where is_own
    ), others as (
      select 'fund:units' as partner,
        (select coalesce(sum(subscriptions - redemptions), 0) from partners.fund_dealing_day
          where status = 'confirmed')
        + (select coalesce(sum(income), 0) from partners.fund_day) as amount
      union all
      select 'insurer:' || total.name, total.amount
      from (
        select sum(amount) as notified, sum(approved) as approved,
          sum(approved) filter (where paid_at is not null) as paid,
          (select sum(amount) from partners.insurer_premium) as premium
        from partners.insurer_claim
      ) as sums
      cross join lateral (values ('notified', notified), ('approved', approved),
        ('paid', paid), ('premium', premium)) as total (name, amount)
    )
    select partner, amount from bank
    union all
    select partner, coalesce(amount, 0)::int8 from others where exists (select from bank)
    order by partner`
  return [...rows]
}

/**
 * The movements behind such a balance, oldest first, so that what is in transit can be told by its
 * reference. For `bank:<own account>` and `fund:units`; others have none. Returned payments show
 * twice: out, and back as `<reference>/return`.
 */
export async function readOutsideMovements(
  sql: Sql | Tx,
  partner: string,
): Promise<readonly OutsideMovement[]> {
  const [book, account = ''] = partner.split(':')
  if (book === 'bank') {
    return sql<OutsideMovement[]>`
      select reference, kind, at,
        case when to_account = ${account} then amount else -amount end as amount
      from partners.bank_movement
      where status <> 'refused' and (from_account = ${account} or to_account = ${account})
      order by sequence`
  }
  if (partner !== 'fund:units') return []
  return sql<OutsideMovement[]>`
    select 'dealing-day:' || dealing_day as reference, 'confirmation' as kind,
      confirmed_at as at, subscriptions - redemptions as amount
    from partners.fund_dealing_day where status = 'confirmed'
    union all
    select 'income:' || day, 'income', declared_at, income from partners.fund_day
    order by at, reference`
}
