import type { LocalDate } from '#kernel'

/** A day on which the exchange differs from the public holidays, by its own announcement. */
export interface ExchangeOverride {
  readonly date: LocalDate
  readonly dealing: boolean
  readonly reason: string
}

/**
 * Working days on which the Shanghai exchange was closed. Before 2007 it also closed for the days
 * before the Spring Festival that had been moved from weekends; in 2024 New Year's Eve was a
 * working day by law and closed by the exchange.
 */
export const exchangeOverrides: readonly ExchangeOverride[] = [
  ...closed('before the Spring Festival of 2004', ['2004-01-19', '2004-01-20', '2004-01-21']),
  ...closed('before the Spring Festival of 2005', ['2005-02-07', '2005-02-08']),
  ...closed('before the Spring Festival of 2006', ['2006-01-26', '2006-01-27']),
  ...closed("Lunar New Year's Eve of 2024", ['2024-02-09']),
]

function closed(reason: string, dates: readonly LocalDate[]): ExchangeOverride[] {
  return dates.map((date) => ({ date, dealing: false, reason }))
}
