import { defineLog } from '#commit'
import type { Instant, LocalDate } from '#kernel'

/** Whose income R205 is: the bank that advances fast redemptions holds R204 and R205. */
export const advanceBank = 'advance_bank'

/** What one holder got for one calendar day. Days without a fen for a holder have no row. */
export interface FundIncome {
  readonly customerId: string
  readonly date: LocalDate
  /** Earning units at the end of that day, hundredths. */
  readonly units: bigint
  /** Fen; never zero. */
  readonly amount: bigint
  readonly at: Instant
}

export const incomeLog = defineLog<FundIncome>({
  name: 'fund.income',
  fields: { customerId: 'text', date: 'text', units: 'bigint', amount: 'bigint', at: 'instant' },
})
