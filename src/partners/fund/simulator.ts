import type { Sql } from '#database'
import { type Clock, fail, invariant, localDateOf, type LocalDate, ok, type Result } from '#kernel'
import type { SimulatedLedger } from '../bank/simulated-ledger.ts'
import type { Faults } from '../faults.ts'
import type { PassingFailure } from '../passing-failure.ts'
import type { DayIncome, FundError, FundManager } from './port.ts'
import { incomeAt, rateOn, type RatePath } from './rate-path.ts'
import { type FundSentinel, fundSentinelOf, sentinelLoss } from './sentinels.ts'
import { createSimulatedRegister } from './simulated-register.ts'

export interface FundSimulatorOptions {
  readonly sql: Sql
  readonly clock: Clock
  readonly faults: Faults
  readonly path: RatePath
  /** Where a day's income becomes cash: `market` to `custodian`. */
  readonly bank: Pick<SimulatedLedger, 'post'>
}

/** A working fund manager, and what a scenario may decide about its days. */
export interface FundSimulator extends FundManager {
  /** A day not yet declared will earn this: fen in all, or a rate (ten-thousandths of a yuan). */
  planDay(date: LocalDate, plan: { income: bigint } | { rate: bigint }): Promise<void>
}

const failures: Partial<Record<FundSentinel, PassingFailure>> = {
  timeout: 'timeout',
  rateLimited: 'rate_limited',
  unavailable: 'unavailable',
  malformedAnswer: 'malformed_answer',
}

export function createFundSimulator(options: FundSimulatorOptions): FundSimulator {
  const { sql, clock, faults, path, bank } = options
  const register = createSimulatedRegister(options)

  /** Unless the manager is out of order, or this day is a sentinel. */
  async function ask<T>(
    work: () => Promise<Result<T, FundError>>,
    date?: LocalDate,
  ): Promise<Result<T, FundError>> {
    const sentinel = date === undefined ? undefined : fundSentinelOf(date)
    const failure = faults.of('fund') ?? (sentinel && failures[sentinel])
    return failure === undefined ? work() : fail(failure)
  }

  async function incomeOf(date: LocalDate, units: bigint): Promise<bigint> {
    if (fundSentinelOf(date) === 'lossDay') return sentinelLoss
    const [plan] = await sql<{ income: bigint | null; rate: bigint | null }[]>`
      select income, rate from partners.fund_planned_day where day = ${date}`
    if (plan !== undefined && plan.income !== null) return plan.income
    // Nobody is paid for units that do not exist, whatever the rate.
    return units <= 0n ? 0n : incomeAt(units, plan?.rate ?? rateOn(date, path))
  }

  async function declare(date: LocalDate): Promise<DayIncome> {
    const units = await register.unitsEarningOn(date)
    const income = await incomeOf(date, units)
    const [first] = await sql<DayIncome[]>`
      insert into partners.fund_day (day, units, income, declared_at)
      values (${date}, ${units}, ${income}, ${sql.typed.instant(clock.now())})
      on conflict (day) do nothing returning day as date, units, income`
    const declared = first ?? (await declaredOn(date))
    invariant(declared !== undefined, `day ${date} is declared`)
    return declared
  }

  async function declaredOn(date: LocalDate): Promise<DayIncome | undefined> {
    const [row] = await sql<DayIncome[]>`
      select day as date, units, income from partners.fund_day where day = ${date}`
    return row
  }

  /** Once per day, whichever call comes first after a crash between the two. */
  async function receive({ date, income }: DayIncome): Promise<void> {
    if (income === 0n) return
    const [from, to] = income > 0n ? ['market', 'custodian'] : ['custodian', 'market']
    const amount = income > 0n ? income : -income
    await bank.post({ reference: `income:${date}`, kind: 'income', from, to, amount })
  }

  return {
    submitOrders: (orders) => ask(() => register.submit(orders), orders.dealingDay),
    confirm: (query) => ask(() => register.confirm(query), query.dealingDay),
    dayIncome: (date) =>
      ask<DayIncome>(async () => {
        if (localDateOf(clock.now()) <= date) return fail('not_declared_yet')
        const income = (await declaredOn(date)) ?? (await declare(date))
        await receive(income)
        return ok(income)
      }, date),
    register: () => ask(async () => ok(await register.present())),
    async planDay(date, plan) {
      const income = 'income' in plan ? plan.income : null
      const rate = 'rate' in plan ? plan.rate : null
      await sql`
        insert into partners.fund_planned_day (day, rate, income)
        values (${date}, ${rate}, ${income})
        on conflict (day) do update set rate = excluded.rate, income = excluded.income`
    },
  }
}
