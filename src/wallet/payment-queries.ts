import type { Sql } from '#database'
import type { Instant } from '#kernel'
import type { Payment } from './payment.ts'

const columns = `id, payer, payee, payee_kind as "payeeKind", amount, source, state, memo,
  decision_id as "decisionId", outcome, reasons, hold_id as "holdId", entry,
  device_id as "deviceId", network, created_at as "createdAt", deadline, ended_at as "endedAt",
  recalled_amount as "recalledAmount"`

export async function paymentById(sql: Sql, id: string): Promise<Payment | null> {
  const [row] = await sql<Payment[]>`
    select ${sql.unsafe(columns)} from wallet.payment where id = ${id}`
  return row ?? null
}

/** Payments made or received by a customer, newest first, older than `before` (a payment's id). */
export async function paymentsOf(
  sql: Sql,
  customerId: string,
  page: { limit: number; before?: string },
): Promise<Payment[]> {
  const { limit, before = null } = page
  return sql<Payment[]>`
    with cursor as (select created_at, id from wallet.payment where id = ${before}),
    found as (
      select * from wallet.payment where payer = ${customerId}
      union all
      select * from wallet.payment where payee = ${customerId} and state in ('posted', 'recalled')
    )
    select ${sql.unsafe(columns)} from found
    where ${before}::text is null
      or (created_at, id) < (select created_at, id from cursor)
    order by created_at desc, id desc limit ${limit}`
}

/** Open challenges and holds whose deadline is over, oldest first. */
export async function duePayments(sql: Sql, now: Instant): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from wallet.payment
    where state in ('challenged', 'held') and deadline <= ${now}::timestamptz
    order by deadline limit 500`
  return rows.map((row) => row.id)
}

/** The next deadline of an open challenge or hold; null when none waits. */
export async function nextPaymentDeadline(sql: Sql): Promise<Instant | null> {
  const [row] = await sql<{ at: Instant | null }[]>`
    select min(deadline) as at from wallet.payment where state in ('challenged', 'held')`
  return row?.at ?? null
}

/** Did this customer's money ever reach that payee? */
export async function hasPaid(sql: Sql, payer: string, payee: string): Promise<boolean> {
  const [row] = await sql<{ found: boolean }[]>`
    select exists (select 1 from wallet.payment
      where payer = ${payer} and payee = ${payee} and state = 'posted') as found`
  return row?.found ?? false
}

/** Those of the ids that are payments, in no particular order. */
export async function paymentsByIds(sql: Sql, ids: readonly string[]): Promise<Payment[]> {
  if (ids.length === 0) return []
  return sql<Payment[]>`
    select ${sql.unsafe(columns)} from wallet.payment where id = any(${[...ids]})`
}

/** What the board counts: payments that ended with the payee, and their fen; and all of them. */
export interface PaymentFigures {
  readonly asked: number
  readonly posted: number
  readonly moved: bigint
}

export async function paymentFigures(sql: Sql): Promise<PaymentFigures> {
  const [row] = await sql<PaymentFigures[]>`
    select count(*)::int4 as asked,
      count(*) filter (where state in ('posted', 'recalled'))::int4 as posted,
      coalesce(sum(amount) filter (where state in ('posted', 'recalled')), 0)::int8 as moved
    from wallet.payment`
  return row ?? { asked: 0, posted: 0, moved: 0n }
}
