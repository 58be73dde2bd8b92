import { incomesBetween } from '#fund'
import type { LocalDate } from '#kernel'
import type { Actor, FlowContext } from './context.ts'

/** A customer's income of one month, and of its year up to the month's end. Fen. */
export interface IncomeStatement {
  /** '2014-07'. */
  readonly month: string
  /** Days on which a fen or more was earned (or lost), with the units there were after it. */
  readonly days: readonly { date: LocalDate; amount: bigint; balance: bigint | null }[]
  readonly monthTotal: bigint
  readonly yearToDate: bigint
}

/** Income as credited, straight from the postings; a day not yet credited is not in it. */
export function createReadIncomeStatement(context: Pick<FlowContext, 'sql'>) {
  return async (
    { customerId }: Pick<Actor, 'customerId'>,
    month: string,
  ): Promise<IncomeStatement> => {
    const year = month.slice(0, 4)
    const range = { customerId, from: `${year}-01-01`, to: `${month}-31` }
    const ofYear = await incomesBetween(context.sql, range)
    const days = ofYear.filter(({ date }) => date.startsWith(month))
    return { month, days, monthTotal: sumOf(days), yearToDate: sumOf(ofYear) }
  }
}

function sumOf(days: readonly { amount: bigint }[]): bigint {
  return days.reduce((sum, { amount }) => sum + amount, 0n)
}
