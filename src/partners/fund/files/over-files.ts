import type { LocalDate } from '#kernel'
import { fail, ok } from '#kernel'
import type { Confirmation, DayIncome, FundManager } from '../port.ts'

/** What has come (and gone) by file; null: not yet, or not good enough to be taken. */
export interface AnswersByFile {
  /** Writes the orders file of a dealing day, once. */
  writeOrders(dealingDay: LocalDate): Promise<boolean>
  confirmation(query: {
    dealingDay: LocalDate
    confirmationDay: LocalDate
  }): Promise<Confirmation | null>
  income(date: LocalDate): Promise<DayIncome | null>
}

/**
 * The fund manager reached by files instead of calls, behind the same port: what has not come yet
 * is `unavailable` or `not_declared_yet`, so the fund's day waits there and goes on with the next
 * files. The register comes as file 05 and is reconciled by holder: here it is `unavailable`.
 */
export function createFundManagerOverFiles(answers: AnswersByFile): FundManager {
  return {
    async submitOrders({ dealingDay, subscriptions, redemptions }) {
      const written = await answers.writeOrders(dealingDay)
      return written ? ok({ dealingDay, subscriptions, redemptions }) : fail('unavailable')
    },
    async confirm(query) {
      const answer = await answers.confirmation(query)
      return answer === null ? fail('unavailable') : ok(answer)
    },
    async dayIncome(date) {
      const answer = await answers.income(date)
      return answer === null ? fail('not_declared_yet') : ok(answer)
    },
    register: async () => fail('unavailable'),
  }
}
