import { addDays, fail, invariant, ok, type LocalDate, type Result } from '#kernel'
import { divideUp, larger } from '#money'

/** What the fund earned on one day, on how many earning units (hundredths). */
export interface FundDay {
  readonly incomeFen: bigint
  readonly unitsTotal: bigint
}

export interface MissedIncomeQuestion {
  /** Units (hundredths) that the victim no longer had. */
  readonly units: bigint
  /** First and last day without them, both included; `to` before `from` is no day at all. */
  readonly from: LocalDate
  readonly to: LocalDate
  readonly days: ReadonlyMap<LocalDate, FundDay>
}

/** `date` has no figure yet (or no units earned on it): the answer would be a guess. */
export interface DayMissing {
  readonly code: 'day_missing'
  readonly date: LocalDate
}

/**
 * Income in fen that stolen units would have earned: the exact sum of units x income / all units,
 * rounded up once at the end, so that a victim never gets less than was missed. Days with a loss
 * count against the others, but the answer is never below zero. Errors: day_missing.
 */
export function missedIncome(question: MissedIncomeQuestion): Result<bigint, DayMissing> {
  const { units, from, to, days } = question
  invariant(units >= 0n, 'missed units are negative')
  let numerator = 0n
  let denominator = 1n
  for (let date = from; date <= to; date = addDays(date, 1)) {
    const day = days.get(date)
    if (day === undefined || day.unitsTotal <= 0n) return fail({ code: 'day_missing', date })
    numerator = numerator * day.unitsTotal + units * day.incomeFen * denominator
    denominator *= day.unitsTotal
  }
  return ok(larger(divideUp(numerator, denominator), 0n))
}
