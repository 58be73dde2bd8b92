import type { Sql } from '#database'
import { addDays, type Instant, type LocalDate } from '#kernel'
import type { FundDayRecord } from './day-record.ts'
import { effectiveAmount } from './effective-amount.ts'
import type { DealingDay } from './dealing-day-record.ts'
import type { LateUnits } from './holder-units.ts'
import { postedLate } from '#ledger'
import { advanceBank } from './advance-bank.ts'
import type { FundDay } from './missed-income.ts'
import type { FundProgress } from './schedule.ts'
import type { MilliPercent, Per10k } from './yield.ts'

/** A credited day as published. */
export interface PublishedDay {
  readonly date: LocalDate
  readonly incomeFen: bigint
  readonly units: bigint
  /** null while nobody held units. */
  readonly per10k: Per10k | null
  readonly yield7d: MilliPercent | null
  readonly creditedAt: Instant
}

/** The last published days up to and with a date, oldest first. */
export async function publishedDays(
  sql: Sql,
  { through, days }: { through?: LocalDate; days: number },
): Promise<PublishedDay[]> {
  const rows = await sql<PublishedDay[]>`
    select id as date, income_fen as "incomeFen", units, per_10k as "per10k", yield_7d as "yield7d",
      credited_at as "creditedAt"
    from fund.day where state = 'credited' and id <= ${through ?? '9999-12-31'}
    order by id desc limit ${days}`
  return rows.toReversed()
}

/** Figures of days for `missedIncome`, from the first to the last date, both included. */
export async function fundDaysBetween(
  sql: Sql,
  { from, to }: { from: LocalDate; to: LocalDate },
): Promise<ReadonlyMap<LocalDate, FundDay>> {
  const rows = await sql<(FundDay & { date: LocalDate })[]>`
    select id as date, income_fen as "incomeFen", units as "unitsTotal"
    from fund.day where state <> 'declared' and id between ${from} and ${to}`
  return new Map(rows.map(({ date, ...day }) => [date, day]))
}

/** Published income per 10,000 units of the six days before a date, for the 7-day yield. */
export async function per10kBefore(
  sql: Sql,
  date: LocalDate,
): Promise<ReadonlyMap<LocalDate, Per10k>> {
  const rows = await sql<{ date: LocalDate; per10k: Per10k }[]>`
    select id as date, per_10k as "per10k" from fund.day
    where id >= ${addDays(date, -6)} and id < ${date} and per_10k is not null`
  return new Map(rows.map(({ date: of, per10k }) => [of, per10k]))
}

/** How far the fund's books have come. */
export async function fundProgress(sql: Sql): Promise<FundProgress> {
  const [row] = await sql<[FundProgress]>`
    select
      (select to_char(min(placed_at) at time zone 'Asia/Shanghai', 'YYYY-MM-DD') from fund.order)
        as "firstOrderOn",
      (select max(id) from fund.day where state = 'credited') as credited,
      (select max(id) from fund.dealing_day where state not in ('closed', 'collected'))
        as "cutOff",
      (select max(id) from fund.dealing_day
        where state in ('confirmed', 'paying', 'paid', 'rejected')) as confirmed,
      (select max(id) from fund.dealing_day where state in ('paid', 'rejected')) as paid`
  return row
}

export async function dealingDay(sql: Sql, date: LocalDate): Promise<DealingDay | null> {
  const [row] = await sql<DealingDay[]>`
    select id, state, confirmation_day as "confirmationDay", subscriptions, redemptions, fast,
      bank_income as "bankIncome", returned, refused, deferred,
      closed_at as "closedAt", submitted_at as "submittedAt",
      confirmed_at as "confirmedAt", fast_settled_at as "fastSettledAt", paid_at as "paidAt"
    from fund.dealing_day where id = ${date}`
  return row ?? null
}

export type FundDayState = Pick<
  FundDayRecord,
  'state' | 'chunksDone' | 'incomeFen' | 'managerUnits'
>

export async function fundDayOn(sql: Sql, date: LocalDate): Promise<FundDayState | null> {
  const [row] = await sql<FundDayState[]>`
    select state, chunks_done as "chunksDone", income_fen as "incomeFen",
      manager_units as "managerUnits"
    from fund.day where id = ${date}`
  return row ?? null
}

/**
 * Units that count for a day though the books got them after its end: of orders whose confirmation
 * day had come. Empty unless something was booked late (an outage).
 */
export async function lateUnits(
  sql: Sql,
  { date, dayEnd }: { date: LocalDate; dayEnd: Instant },
): Promise<LateUnits[]> {
  const end = sql.typed.instant(dayEnd)
  return sql<LateUnits[]>`
    select "customerId", sum(units)::int8 as units from (
      select case kind when 'fast_redemption' then ${advanceBank} else customer_id end
          as "customerId",
        case kind when 'subscription' then 1 else -1 end * ${effectiveAmount(sql)} as units
      from fund.order o
      where confirmed_at >= ${end} and confirmation_day <= ${date}
      union all
      select ${advanceBank}, -bank_income from fund.dealing_day
      where fast_settled_at >= ${end} and confirmation_day <= ${date}
    ) as late group by "customerId" having sum(units) <> 0`
}

/** Units of normal redemptions that were with the fund at the end of a day, and not confirmed. */
export async function leavingUnits(sql: Sql, date: LocalDate): Promise<LateUnits[]> {
  return sql<LateUnits[]>`
    select customer_id as "customerId",
      sum(amount - deferred_amount - loss_amount)::int8 as units
    from fund.order
    where kind = 'normal_redemption' and dealing_day <= ${date} and confirmation_day > ${date}
      and state in ('accepted', 'confirmed', 'paid', 'rejected')
    group by customer_id`
}

/** Income of earlier days that was posted only after the day's end: it earned on the day, too. */
export async function lateIncome(
  sql: Sql,
  { date, dayEnd }: { date: LocalDate; dayEnd: Instant },
): Promise<LateUnits[]> {
  const rows = await postedLate(sql, { kind: 'fund_income', refBefore: date, from: dayEnd })
  return rows.map(({ owner, units }) => ({ customerId: owner ?? advanceBank, units }))
}
