import type { Sql, Tx } from '#database'
import { type Clock, fail, type LocalDate, ok, required, type Result } from '#kernel'
import type {
  Confirmation,
  DealingDayOrders,
  FundError,
  FundManager,
  UnitRegister,
} from './port.ts'
import { fundSentinelOf } from './sentinels.ts'

type Submission = Parameters<FundManager['submitOrders']>[0]
type ConfirmationQuery = Parameters<FundManager['confirm']>[0]

/** The manager's register of one distributor's units: never a balance, always the sum of rows. */
export interface SimulatedRegister {
  submit(orders: Submission): Promise<Result<DealingDayOrders, FundError>>
  confirm(query: ConfirmationQuery): Promise<Result<Confirmation, FundError>>
  /** Units confirmed by that day, and income of the days before it. */
  unitsEarningOn(date: LocalDate): Promise<bigint>
  present(): Promise<UnitRegister>
}

interface Totals {
  readonly subscriptions: bigint
  readonly redemptions: bigint
}

export function createSimulatedRegister({
  sql,
  clock,
}: {
  readonly sql: Sql
  readonly clock: Clock
}): SimulatedRegister {
  async function submit(orders: Submission) {
    const { reference, dealingDay, subscriptions, redemptions } = orders
    if (subscriptions < 0n || redemptions < 0n) return fail<FundError>('amount_invalid')
    return sql.begin(async (tx): Promise<Result<DealingDayOrders, FundError>> => {
      await lockRegister(tx)
      const [before] = await tx<(Totals & { dealing_day: LocalDate })[]>`
        select dealing_day, subscriptions, redemptions from partners.fund_submission
        where reference = ${reference}`
      if (before !== undefined) {
        const isSame =
          before.dealing_day === dealingDay &&
          before.subscriptions === subscriptions &&
          before.redemptions === redemptions
        return isSame ? ok(await dayOf(tx, dealingDay)) : fail('reference_reused')
      }
      const refusal = await refusalOf(tx, orders)
      if (refusal !== undefined) return fail(refusal)
      await tx`
        insert into partners.fund_submission
          (reference, dealing_day, subscriptions, redemptions, submitted_at)
        values (${reference}, ${dealingDay}, ${subscriptions}, ${redemptions},
          ${sql.typed.instant(clock.now())})`
      return ok(await dayOf(tx, dealingDay))
    })
  }

  async function refusalOf(tx: Tx, orders: Submission): Promise<FundError | undefined> {
    const closed = await tx`
      select from partners.fund_dealing_day where dealing_day = ${orders.dealingDay}`
    if (closed.length > 0) return 'dealing_day_closed'
    if (orders.redemptions === 0n) return undefined
    const { units, pendingRedemptions } = await present(tx)
    return units - pendingRedemptions < orders.redemptions ? 'insufficient_units' : undefined
  }

  async function dayOf(tx: Tx, dealingDay: LocalDate): Promise<DealingDayOrders> {
    const [sums] = await tx<[Totals]>`
      select coalesce(sum(subscriptions), 0)::int8 as subscriptions,
        coalesce(sum(redemptions), 0)::int8 as redemptions
      from partners.fund_submission where dealing_day = ${dealingDay}`
    return { dealingDay, ...sums }
  }

  async function confirm({ dealingDay, confirmationDay }: ConfirmationQuery) {
    return sql.begin(async (tx): Promise<Result<Confirmation, FundError>> => {
      await lockRegister(tx)
      const { subscriptions, redemptions } = await dayOf(tx, dealingDay)
      const status = fundSentinelOf(dealingDay) === 'rejected' ? 'rejected' : 'confirmed'
      await tx`
        insert into partners.fund_dealing_day
          (dealing_day, confirmation_day, status, subscriptions, redemptions, confirmed_at)
        values (${dealingDay}, ${confirmationDay}, ${status}, ${subscriptions}, ${redemptions},
          ${sql.typed.instant(clock.now())})
        on conflict (dealing_day) do nothing`
      const [row] = await tx<ConfirmedRow[]>`
        select confirmation_day, status, subscriptions, redemptions
        from partners.fund_dealing_day where dealing_day = ${dealingDay}`
      const answer = confirmationOf(dealingDay, required(row, 'dealing day'))
      return answer.confirmationDay === confirmationDay ? ok(answer) : fail('dealing_day_closed')
    })
  }

  async function present(tx: Sql | Tx = sql): Promise<UnitRegister> {
    const [row] = await tx<[UnitRegister]>`
      select
        ((select coalesce(sum(subscriptions - redemptions), 0) from partners.fund_dealing_day
          where status = 'confirmed')
        + (select coalesce(sum(income), 0) from partners.fund_day))::int8 as units,
        (select max(day) from partners.fund_day) as "incomeThrough",
        coalesce(sum(subscriptions), 0)::int8 as "pendingSubscriptions",
        coalesce(sum(redemptions), 0)::int8 as "pendingRedemptions"
      from partners.fund_submission as submission
      where not exists (select from partners.fund_dealing_day as dealt
        where dealt.dealing_day = submission.dealing_day)`
    return row
  }

  return {
    submit,
    confirm,
    async unitsEarningOn(date) {
      const [row] = await sql<[{ units: bigint }]>`
        select ((select coalesce(sum(subscriptions - redemptions), 0)
            from partners.fund_dealing_day
            where status = 'confirmed' and confirmation_day <= ${date})
          + (select coalesce(sum(income), 0) from partners.fund_day
            where day < ${date}))::int8 as units`
      return row.units
    },
    present: () => present(),
  }
}

interface ConfirmedRow extends Totals {
  readonly confirmation_day: LocalDate
  readonly status: Confirmation['status']
}

/** At a net asset value of 1.00 a fen buys one hundredth of a unit. */
function confirmationOf(dealingDay: LocalDate, row: ConfirmedRow): Confirmation {
  const { status, subscriptions, redemptions } = row
  const done = status === 'confirmed'
  return {
    dealingDay,
    confirmationDay: row.confirmation_day,
    status,
    subscriptions,
    redemptions,
    unitsIssued: done ? subscriptions : 0n,
    proceeds: done ? redemptions : 0n,
  }
}

/** A few submissions a day: one at a time, so that sums cannot be overtaken. */
async function lockRegister(tx: Tx): Promise<void> {
  await tx`lock table partners.fund_submission in exclusive mode`
}
