import holidayData from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import {
  addDays,
  invariant,
  localDateOf,
  localTimeOf,
  required,
  weekdayOf,
  type Instant,
  type LocalDate,
} from '#kernel'
import { CalendarHorizonError } from './calendar-horizon-error.ts'
import { exchangeOverrides, type ExchangeOverride } from './exchange-overrides.ts'
import { parametersOn } from './parameters.ts'

/**
 * Which days the fund deals on. Every function throws CalendarHorizonError (`calendar_horizon`)
 * when it would need a day outside 2004-2026.
 */
export interface DealingCalendar {
  isDealingDay(date: LocalDate): boolean
  /** The first dealing day after `date`. */
  nextDealingDay(date: LocalDate): LocalDate
  /** The dealing day that an order placed at this instant counts for. */
  dealingDayOf(at: Instant): LocalDate
  /** The dealing day on which orders of `dealingDay` are confirmed (T+1). */
  confirmationDay(dealingDay: LocalDate): LocalDate
}

export const calendarHorizon = { first: '2004-01-01', last: '2026-12-31' } as const
const afterHorizon = addDays(calendarHorizon.last, 1)

/**
 * Only the library's data file is used: its functions read the machine's time zone, and west of
 * Greenwich they answer for the day before.
 */
const publicHolidays: ReadonlySet<string> = new Set(Object.keys(holidayData.holidays))

/** The exchange's calendar: Monday to Friday, no public holiday, then the exchange's own word. */
export const dealingCalendar: DealingCalendar = createDealingCalendar(exchangeOverrides)

/** A dealing calendar with the given exchange overrides; computed once, then only looked up. */
export function createDealingCalendar(overrides: readonly ExchangeOverride[]): DealingCalendar {
  const dealing = dealingDays(overrides)
  const next = nextDealingDays(dealing)

  function isDealingDay(date: LocalDate): boolean {
    return required(dealing.get(knownDay(date)), `a real calendar day (${date})`)
  }
  function nextDealingDay(date: LocalDate): LocalDate {
    isDealingDay(date)
    const found = next.get(date)
    if (found === undefined) throw new CalendarHorizonError(afterHorizon, calendarHorizon)
    return found
  }
  return {
    isDealingDay,
    nextDealingDay,
    dealingDayOf(at) {
      const date = localDateOf(at)
      const inTime = localTimeOf(at) < parametersOn(date).cutOffMs
      return isDealingDay(date) && inTime ? date : nextDealingDay(date)
    },
    confirmationDay(dealingDay) {
      invariant(isDealingDay(dealingDay), `not a dealing day: ${dealingDay}`)
      return nextDealingDay(dealingDay)
    },
  }
}

function knownDay(date: LocalDate): LocalDate {
  if (date < calendarHorizon.first || date > calendarHorizon.last) {
    throw new CalendarHorizonError(date, calendarHorizon)
  }
  return date
}

/** Every day within the horizon, in order, and whether it is a dealing day. */
function dealingDays(overrides: readonly ExchangeOverride[]): Map<LocalDate, boolean> {
  const days = new Map<LocalDate, boolean>()
  const { first } = calendarHorizon
  for (let date: LocalDate = first; date < afterHorizon; date = addDays(date, 1)) {
    const weekday = weekdayOf(date)
    // Make-up weekends are working days by law, but the exchange never opens on them.
    days.set(date, weekday >= 1 && weekday <= 5 && !publicHolidays.has(date))
  }
  for (const { date, dealing } of overrides) {
    invariant(days.has(knownDay(date)), `not a calendar day: ${date}`)
    days.set(date, dealing)
  }
  return days
}

function nextDealingDays(dealing: ReadonlyMap<LocalDate, boolean>): Map<LocalDate, LocalDate> {
  const next = new Map<LocalDate, LocalDate>()
  let following: LocalDate | undefined
  for (const [date, isDealing] of [...dealing].toReversed()) {
    if (following !== undefined) next.set(date, following)
    if (isDealing) following = date
  }
  return next
}
