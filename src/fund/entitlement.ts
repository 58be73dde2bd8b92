import { addDays, type Instant, type LocalDate } from '#kernel'
import { dealingCalendar, type DealingCalendar } from './calendar.ts'

/** When a subscription counts, is confirmed, earns, and shows its first income. */
export interface SubscriptionEntitlement {
  readonly dealingDay: LocalDate
  readonly confirmationDay: LocalDate
  /** The confirmation day itself earns. */
  readonly earnsFrom: LocalDate
  readonly incomeShownOn: LocalDate
}

/** When a normal redemption counts and is confirmed and paid, and the last day its units earn. */
export interface RedemptionEntitlement {
  readonly dealingDay: LocalDate
  readonly confirmationDay: LocalDate
  /** The eve of confirmation, dealing day or not: units earn through every closed day between. */
  readonly earnsThrough: LocalDate
}

/**
 * What a subscription placed at `at` is entitled to. Throws CalendarHorizonError.
 * Placed on a Friday before the cut-off it earns nothing until Monday.
 */
export function subscriptionEntitlement(
  at: Instant,
  calendar: DealingCalendar = dealingCalendar,
): SubscriptionEntitlement {
  const dealingDay = calendar.dealingDayOf(at)
  const confirmationDay = calendar.confirmationDay(dealingDay)
  return {
    dealingDay,
    confirmationDay,
    earnsFrom: confirmationDay,
    incomeShownOn: addDays(confirmationDay, 1),
  }
}

/**
 * What a normal redemption placed at `at` is still entitled to. Throws CalendarHorizonError.
 * Placed on a Friday before the cut-off it earns through Sunday.
 */
export function redemptionEntitlement(
  at: Instant,
  calendar: DealingCalendar = dealingCalendar,
): RedemptionEntitlement {
  const dealingDay = calendar.dealingDayOf(at)
  const confirmationDay = calendar.confirmationDay(dealingDay)
  return { dealingDay, confirmationDay, earnsThrough: addDays(confirmationDay, -1) }
}
