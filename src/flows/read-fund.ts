import {
  dealingCalendar,
  ordersOf,
  parametersOn,
  publishedDays,
  type FundParameters,
  type OrderView,
  type PublishedDay,
} from '#fund'
import { localDateOf, type Instant, type LocalDate } from '#kernel'
import type { Actor, FlowContext } from './context.ts'
import { nextCutOff } from './next-cut-off.ts'

export interface FundView {
  readonly yields: readonly PublishedDay[]
  readonly parameters: FundParameters
  readonly nextCutOffAt: Instant
  readonly nextDealingDay: LocalDate
  readonly isDealingDay: boolean
}

const yieldDays = 90

/** The fund and its rules today. Throws CalendarHorizonError. */
export function createReadFund(context: Pick<FlowContext, 'sql' | 'now'>) {
  return async (): Promise<FundView> => {
    const now = context.now()
    const today = localDateOf(now)
    return {
      yields: await publishedDays(context.sql, { days: yieldDays }),
      parameters: parametersOn(today),
      nextCutOffAt: nextCutOff(now, dealingCalendar),
      nextDealingDay: dealingCalendar.dealingDayOf(now),
      isDealingDay: dealingCalendar.isDealingDay(today),
    }
  }
}

/** A customer's orders, newest first. */
export function createReadOrders(context: Pick<FlowContext, 'sql'>) {
  return (
    { customerId }: Pick<Actor, 'customerId'>,
    page: { limit: number; after?: string },
  ): Promise<OrderView[]> => ordersOf(context.sql, { customerId, ...page })
}
