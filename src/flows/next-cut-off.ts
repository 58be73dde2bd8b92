import { parametersOn, type DealingCalendar } from '#fund'
import { startOfLocalDay, type Instant } from '#kernel'

/** Orders before this instant count for the next dealing day. Throws CalendarHorizonError. */
export function nextCutOff(now: Instant, calendar: DealingCalendar): Instant {
  const date = calendar.dealingDayOf(now)
  return startOfLocalDay(date) + parametersOn(date).cutOffMs
}
