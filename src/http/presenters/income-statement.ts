import type { IncomeStatement } from '#flows'
import { formatAmount } from '#money'

/**
 * A month as CSV (RFC 4180, lines end in CRLF): a line for each day with income, then the month's
 * total and the year's up to the month's end. No cell needs quotes.
 */
export function incomeStatementCsv(statement: IncomeStatement): string {
  const { month, days, monthTotal, yearToDate } = statement
  const lines = [
    ['kind', 'date', 'income', 'units_after'],
    ...days.map(({ date, amount, balance }) => {
      return ['day', date, formatAmount(amount), balance === null ? '' : formatAmount(balance)]
    }),
    ['month', month, formatAmount(monthTotal), ''],
    ['year_to_date', month.slice(0, 4), formatAmount(yearToDate), ''],
  ]
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('')
}
