import type { Sql } from '#database'
import type { Instant, LocalDate } from '#kernel'
import type { OrderSums } from './close-dealing-day.ts'
import type { OrderStep } from './confirm-orders.ts'
import type { FundOrder } from './order-record.ts'

/** An order and how far its dealing day is: `sent` once the fund has it. */
export interface OrderView extends FundOrder {
  readonly sent: boolean
}

/** A customer's orders, newest first, after a given one. */
export async function ordersOf(
  sql: Sql,
  query: { customerId: string; limit: number; after?: string },
): Promise<OrderView[]> {
  const { customerId, limit, after } = query
  const older =
    after === undefined
      ? sql``
      : sql`and (o.placed_at, o.id) < (select placed_at, id from fund.order
          where id = ${after} and customer_id = ${customerId})`
  return sql<OrderView[]>`
    select ${orderColumns(sql)} from fund.order o
    left join fund.dealing_day d on d.id = o.dealing_day
    where o.customer_id = ${customerId} ${older}
    order by o.placed_at desc, o.id desc limit ${limit}`
}

export async function orderById(sql: Sql, id: string): Promise<OrderView | null> {
  const [row] = await sql<OrderView[]>`
    select ${orderColumns(sql)} from fund.order o
    left join fund.dealing_day d on d.id = o.dealing_day
    where o.id = ${id}`
  return row ?? null
}

function orderColumns(sql: Sql) {
  return sql`o.id, o.customer_id as "customerId", o.kind, o.amount,
    o.confirmed_amount as "confirmedAmount", o.deferred_amount as "deferredAmount",
    o.loss_amount as "lossAmount",
    o.deferred_from as "deferredFrom", o.state,
    o.placed_at as "placedAt", o.dealing_day as "dealingDay",
    o.confirmation_day as "confirmationDay", o.payment_id as "paymentId",
    o.decision_id as "decisionId", o.expires_at as "expiresAt",
    o.confirmed_at as "confirmedAt", o.ended_at as "endedAt",
    coalesce(d.state not in ('closed', 'collected'), false) as sent`
}

/** What a closed dealing day's orders add up to. */
export async function orderSums(sql: Sql, date: LocalDate): Promise<OrderSums> {
  const amount = sql`amount - deferred_amount - loss_amount`
  const [sums] = await sql<[OrderSums]>`
    select
      coalesce(sum(${amount}) filter (where kind = 'subscription'), 0)::int8 as subscriptions,
      coalesce(sum(${amount}) filter (where kind = 'normal_redemption'), 0)::int8 as redemptions,
      coalesce(sum(${amount}) filter (where kind = 'fast_redemption'), 0)::int8 as fast
    from fund.order where state in ('accepted', 'advanced') and dealing_day = ${date}`
  return sums
}

/** Every normal redemption of a closed dealing day, deferred in full or not, by id. */
export async function redemptionsOf(
  sql: Sql,
  date: LocalDate,
): Promise<Pick<FundOrder, 'id' | 'amount'>[]> {
  return sql<Pick<FundOrder, 'id' | 'amount'>[]>`
    select id, amount from fund.order
    where dealing_day = ${date} and kind = 'normal_redemption'
      and state in ('accepted', 'deferred')
    order by id`
}

/** Orders of a dealing day that still have to go through a step, by id, at most `limit`. */
export async function ordersBefore(
  sql: Sql,
  query: { date: LocalDate; step: OrderStep; limit: number },
): Promise<Pick<FundOrder, 'id' | 'customerId' | 'kind'>[]> {
  const { date, step, limit } = query
  const which = {
    confirm: sql`dealing_day = ${date} and state = 'accepted'`,
    reject: sql`dealing_day = ${date} and state in ('accepted', 'advanced')`,
    settle: sql`dealing_day = ${date} and state = 'advanced'`,
    pay: sql`dealing_day = ${date} and state = 'confirmed' and kind = 'normal_redemption'`,
  }[step]
  return sql<Pick<FundOrder, 'id' | 'customerId' | 'kind'>[]>`
    select id, customer_id as "customerId", kind from fund.order
    where ${which} order by id limit ${limit}`
}

/** Orders that should have been confirmed by a date and are not: I5 says there are none. */
export async function overdueOrders(sql: Sql, today: LocalDate): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from fund.order
    where state in ('accepted', 'advanced') and confirmation_day < ${today} order by id limit 100`
  return rows.map(({ id }) => id)
}

/** A customer's challenged redemptions that may still be approved, newest first. */
export async function challengedRedemptions(
  sql: Sql,
  { customerId, now }: { customerId: string; now: Instant },
): Promise<OrderView[]> {
  return sql<OrderView[]>`
    select ${orderColumns(sql)} from fund.order o
    left join fund.dealing_day d on d.id = o.dealing_day
    where o.customer_id = ${customerId} and o.state = 'challenged'
      and o.expires_at > ${sql.typed.instant(now)}
    order by o.placed_at desc limit 20`
}
