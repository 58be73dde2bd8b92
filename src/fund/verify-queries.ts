import type { Sql } from '#database'
import type { LocalDate } from '#kernel'
import { effectiveAmount } from './effective-amount.ts'

/** How many orders ever moved anything, and the ids (at most 20) that wait past their day (I5). */
export async function verifyConfirmations(
  sql: Sql,
  today: LocalDate,
): Promise<{ checked: number; broken: string[] }> {
  const [row] = await sql<{ checked: number }[]>`
    select count(*)::int4 as checked from fund.order
    where state not in ('challenged', 'denied', 'lapsed')`
  const broken = await sql<{ id: string }[]>`
    select id from fund.order
    where (state in ('accepted', 'advanced') and confirmation_day < ${today})
      or (state = 'confirmed' and kind = 'normal_redemption' and confirmation_day < ${today})
    order by id limit 20`
  return { checked: row?.checked ?? 0, broken: broken.map(({ id }) => id) }
}

/** Sums over orders that wait, in fen: each is the balance of an account code in the ledger. */
export interface WaitingOrders {
  /** 2040. */
  readonly subscriptions: bigint
  /** R203. */
  readonly redemptions: bigint
  /** 2050. */
  readonly redemptionsToPay: bigint
  /** How many fast redemptions the bank's advance has not been repaid for (R204, 2110). */
  readonly fastUnfinished: number
}

export async function waitingOrders(sql: Sql): Promise<WaitingOrders> {
  const sent = sql`o.amount - o.deferred_amount - o.loss_amount`
  const [row] = await sql<[WaitingOrders]>`
    select
      coalesce(sum(${sent}) filter (where o.kind = 'subscription' and o.state = 'accepted'),
        0)::int8 as subscriptions,
      coalesce(sum(${sent}) filter (where o.kind = 'normal_redemption'
        and o.state = 'accepted'), 0)::int8 as redemptions,
      coalesce(sum(${effectiveAmount(sql)}) filter (where o.kind = 'normal_redemption'
        and o.state = 'confirmed'), 0)::int8 as "redemptionsToPay",
      (count(*) filter (where o.state = 'advanced' and d.fast_settled_at is null))::int4
        as "fastUnfinished"
    from fund.order o left join fund.dealing_day d on d.id = o.dealing_day
    where o.state in ('accepted', 'advanced', 'confirmed')`
  return row
}

/** What the fund manager may have confirmed of a dealing day and we have not booked yet: units. */
export interface UnbookedDay {
  readonly date: LocalDate
  readonly units: bigint
}

export async function unbookedDays(sql: Sql): Promise<UnbookedDay[]> {
  return sql<UnbookedDay[]>`
    select d.id as date, (
      coalesce((select sum(case o.kind when 'subscription' then 1 else -1 end
        * ${effectiveAmount(sql)})
        from fund.order o where o.dealing_day = d.id and o.state = 'accepted'), 0)
      - case when d.fast_settled_at is null then d.fast + d.bank_income else 0 end)::int8 as units
    from fund.dealing_day d where d.state in ('submitted', 'confirming') order by d.id`
}

/** A day's income as declared to us, and how much of it has been credited so far. */
export interface CreditedIncome {
  readonly date: LocalDate
  readonly state: 'declared' | 'crediting' | 'credited'
  readonly declared: bigint
  readonly credited: bigint
}

export async function creditedIncome(sql: Sql): Promise<CreditedIncome[]> {
  return sql<CreditedIncome[]>`
    select id as date, state, income_fen as declared, credited_fen as credited
    from fund.day order by id`
}
