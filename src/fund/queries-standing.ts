import type { Sql } from '#database'
import type { LocalDate } from '#kernel'
import type { StandingOrder } from './standing-order.ts'

/** A customer's standing order, ended or not; null: there never was one. */
export async function standingOrderOf(sql: Sql, customerId: string): Promise<StandingOrder | null> {
  const [row] = await sql<StandingOrder[]>`
    select id, keep_fen as "keepFen", active, set_at as "setAt", done_on as "doneOn"
    from fund.standing_order where id = ${customerId}`
  return row ?? null
}

/** Customers whose standing order has not been looked at on a day, by id, after a given one. */
export async function standingOrdersDue(
  sql: Sql,
  query: { date: LocalDate; after: string; limit: number },
): Promise<Pick<StandingOrder, 'id' | 'keepFen'>[]> {
  const { date, after, limit } = query
  return sql<Pick<StandingOrder, 'id' | 'keepFen'>[]>`
    select id, keep_fen as "keepFen" from fund.standing_order
    where active and done_on < ${date} and id > ${after} order by id limit ${limit}`
}

/** Whether there is any standing order: without one nobody has to wake for them. */
export async function anyStandingOrder(sql: Sql): Promise<boolean> {
  const rows = await sql`select 1 from fund.standing_order where active limit 1`
  return rows.length > 0
}
