import { incomesBetween, unitsBefore } from '#fund'
import { findCustomer } from '#identity'
import { addDays, fail, ok, startOfLocalDay } from '#kernel'
import type { Instant, LocalDate, Result } from '#kernel'
import type { Actor, FlowContext, Problem } from './context.ts'

/** A customer's income of one month, and of its year up to the month's end. Fen. */
export interface IncomeStatement {
  /** '2014-07'. */
  readonly month: string
  readonly holder: { readonly customerId: string; readonly name: string }
  /** Units just before the month's first instant, and at `asOf`. */
  readonly opening: bigint
  readonly closing: bigint
  /** The month's end; now where the month is not over. */
  readonly asOf: Instant
  /** Days on which a fen or more was earned (or lost), with the units there were after it. */
  readonly days: readonly { date: LocalDate; amount: bigint; balance: bigint | null }[]
  readonly monthTotal: bigint
  readonly yearToDate: bigint
}

/**
 * Income as credited, straight from the postings; a day not yet credited is not in it.
 * Errors: session_expired (the customer is gone).
 */
export function createReadIncomeStatement(context: Pick<FlowContext, 'sql' | 'now'>) {
  return async (
    { customerId }: Pick<Actor, 'customerId'>,
    month: string,
  ): Promise<Result<IncomeStatement, Problem>> => {
    const { sql } = context
    const first = startOfLocalDay(`${month}-01`)
    // 31 days after the first of a month is in the next one, whose first day then ends this one.
    const end = startOfLocalDay(`${addDays(`${month}-01`, 31).slice(0, 7)}-01`)
    const asOf = Math.min(end, context.now())
    const range = { customerId, from: `${month.slice(0, 4)}-01-01`, to: `${month}-31` }
    const [customer, ofYear, opening, closing] = await Promise.all([
      findCustomer(sql, customerId),
      incomesBetween(sql, range),
      unitsBefore(sql, { customerId, before: Math.min(first, asOf) }),
      // What is posted in this very millisecond counts while the month runs.
      unitsBefore(sql, { customerId, before: Math.min(end, asOf + 1) }),
    ])
    if (customer === null) return fail({ code: 'session_expired' })
    const days = ofYear.filter(({ date }) => date.startsWith(month))
    const totals = { monthTotal: sumOf(days), yearToDate: sumOf(ofYear) }
    const holder = { customerId, name: customer.name }
    return ok({ month, holder, opening, closing, asOf, days, ...totals })
  }
}

function sumOf(days: readonly { amount: bigint }[]): bigint {
  return days.reduce((sum, { amount }) => sum + amount, 0n)
}
