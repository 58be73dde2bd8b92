import type { Sql } from '#database'

/** Of an order `o`, what the fund has confirmed, or is asked for and will confirm in full. */
export function effectiveAmount(sql: Sql) {
  return sql`coalesce(o.confirmed_amount, o.amount - o.deferred_amount - o.loss_amount)`
}
