import { fail, ok, type Instant, type LocalDate, type Result } from '#kernel'
import { dealingCalendar } from './calendar.ts'
import { CalendarHorizonError } from './calendar-horizon-error.ts'

/** The dealing day an order counts for, and its confirmation day. Errors: calendar_horizon. */
export function orderDates(
  at: Instant,
): Result<{ dealingDay: LocalDate; confirmationDay: LocalDate }, 'calendar_horizon'> {
  try {
    const dealingDay = dealingCalendar.dealingDayOf(at)
    return ok({ dealingDay, confirmationDay: dealingCalendar.confirmationDay(dealingDay) })
  } catch (error) {
    // In a command an expected refusal is an answer, not a throw.
    if (error instanceof CalendarHorizonError) return fail('calendar_horizon')
    throw error
  }
}
