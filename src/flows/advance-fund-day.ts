import { dueFundEvents, fundProgress, type FundEvent } from '#fund'
import type { Instant, Result } from '#kernel'
import { createCloseDealingDay } from './close-dealing-day.ts'
import { createConfirmFundOrders } from './confirm-fund-orders.ts'
import type { Problem } from './context.ts'
import { createCreditIncome } from './credit-income.ts'
import type { FundStepContext } from './fund-step.ts'
import { createPayRedemptions } from './pay-redemptions.ts'

export interface AdvancedFund {
  readonly done: readonly FundEvent[]
  /** The first event that could not be done; it and those after it wait for the next call. */
  readonly waiting: { readonly event: FundEvent; readonly problem: Problem } | null
}

/**
 * Does everything the fund's calendar has due by now (or by an earlier instant) and has not been
 * done, in its order: income, confirmations, payments, cut-offs. After an outage of days it catches
 * up. Never skips: what waits is in the answer. Safe to repeat. Throws CalendarHorizonError.
 */
export function createAdvanceFundDay(
  context: FundStepContext,
): (by?: Instant) => Promise<AdvancedFund> {
  const closeDealingDay = createCloseDealingDay(context)
  const confirmFundOrders = createConfirmFundOrders(context)
  const payRedemptions = createPayRedemptions(context)
  const creditIncome = createCreditIncome(context)

  function run({ kind, date }: FundEvent): Promise<Result<unknown, Problem>> {
    switch (kind) {
      case 'income':
        return creditIncome(date)
      case 'cut_off':
        return closeDealingDay(date)
      case 'confirm':
        return confirmFundOrders(date)
      case 'pay':
        return payRedemptions(date)
    }
  }

  return async (by = context.now()) => {
    const done: FundEvent[] = []
    for (const event of dueFundEvents(await fundProgress(context.sql), by)) {
      const result = await run(event)
      if (!result.ok) {
        context.log.warn({ event, problem: result.error }, 'a fund event waits')
        return { done, waiting: { event, problem: result.error } }
      }
      done.push(event)
    }
    return { done, waiting: null }
  }
}
