import {
  addDays,
  localDateOf,
  minute,
  startOfLocalDay,
  hour,
  type Instant,
  type LocalDate,
} from '#kernel'
import { dealingCalendar, type DealingCalendar } from './calendar.ts'
import { cutOffOf } from './close-dealing-day.ts'

/**
 * `income` of calendar day `date`, the morning after · `confirm` and `pay`: the orders of the
 * dealing day `date`, on its confirmation day · `cut_off` of dealing day `date`.
 */
export interface FundEvent {
  readonly kind: 'income' | 'confirm' | 'pay' | 'cut_off'
  readonly date: LocalDate
  readonly dueAt: Instant
}

/** Local times of day in ms; the cut-off's is a dated product parameter. */
export const fundTimes = {
  income: 5 * minute,
  confirm: 9 * hour + 30 * minute,
  pay: 10 * hour,
} as const

/** The first event after an instant. Throws CalendarHorizonError. */
export function nextFundEvent(after: Instant, calendar = dealingCalendar): FundEvent {
  for (let date = localDateOf(after); ; date = addDays(date, 1)) {
    const found = eventsOn(date, calendar).find(({ dueAt }) => dueAt > after)
    if (found !== undefined) return found
  }
}

/** How far the fund's books have come. */
export interface FundProgress {
  /** Local day of the first order ever; null: there is nothing to do yet. */
  readonly firstOrderOn: LocalDate | null
  /** Latest date of each kind that is over. */
  readonly credited: LocalDate | null
  readonly cutOff: LocalDate | null
  readonly confirmed: LocalDate | null
  readonly paid: LocalDate | null
}

/** Every event that should have happened by now and has not, in its order. */
export function dueFundEvents(
  progress: FundProgress,
  now: Instant,
  calendar = dealingCalendar,
): FundEvent[] {
  const { firstOrderOn, credited, cutOff, confirmed, paid } = progress
  if (firstOrderOn === null) return []
  const done: Record<FundEvent['kind'], LocalDate> = {
    // Nothing before the day of the first order has ever to be done.
    income: credited ?? addDays(firstOrderOn, -1),
    cut_off: cutOff ?? addDays(firstOrderOn, -1),
    confirm: confirmed ?? addDays(firstOrderOn, -1),
    pay: paid ?? addDays(firstOrderOn, -1),
  }
  const start = Object.values(done).reduce((least, date) => (date < least ? date : least))
  const due: FundEvent[] = []
  const last = localDateOf(now)
  for (let date = start; date <= last; date = addDays(date, 1)) {
    due.push(
      ...eventsOn(date, calendar).filter((event) => {
        return event.dueAt <= now && event.date > done[event.kind]
      }),
    )
  }
  return due
}

/** What happens on a local day, in its order. */
function eventsOn(date: LocalDate, calendar: DealingCalendar): FundEvent[] {
  const midnight = startOfLocalDay(date)
  const income: FundEvent = {
    kind: 'income',
    date: addDays(date, -1),
    dueAt: midnight + fundTimes.income,
  }
  if (!calendar.isDealingDay(date)) return [income]
  const before = dealingDayBefore(date, calendar)
  const cutOff: FundEvent = { kind: 'cut_off', date, dueAt: cutOffOf(date) }
  if (before === null) return [income, cutOff]
  return [
    income,
    { kind: 'confirm', date: before, dueAt: midnight + fundTimes.confirm },
    { kind: 'pay', date: before, dueAt: midnight + fundTimes.pay },
    cutOff,
  ]
}

/** The last dealing day before a date: its orders are confirmed on the next one. */
function dealingDayBefore(date: LocalDate, calendar: DealingCalendar): LocalDate | null {
  const earliest = addDays(date, -longestClosureDays)
  for (let day = addDays(date, -1); day >= earliest; day = addDays(day, -1)) {
    if (calendar.isDealingDay(day)) return day
  }
  return null
}

/** The exchange has never been closed for longer than this (Spring Festivals: 11 days). */
const longestClosureDays = 20
