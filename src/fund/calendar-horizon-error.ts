import type { LocalDate } from '#kernel'

/**
 * A date was asked for that the calendar has no holidays for. It is thrown and never answered with
 * a guess: a wrong dealing day would put money and income on the wrong day.
 */
export class CalendarHorizonError extends Error {
  override name = 'CalendarHorizonError'
  readonly code = 'calendar_horizon'
  readonly date: LocalDate

  constructor(date: LocalDate, known: { first: LocalDate; last: LocalDate }) {
    super(
      `calendar_horizon: the dealing calendar knows ${known.first} to ${known.last}; ` +
        `asked for ${date}. Update the holiday data, then add the year to the calendar.`,
    )
    this.date = date
  }
}
