import type { Command } from '#commit'
import type { LocalDate } from '#kernel'
import { accountKeys } from '#ledger'
import { dealingDayIn, postAll } from './close-dealing-day.ts'
import { dealingDayKey, dealingDayRecord, type DealingDay } from './dealing-day-record.ts'
import { fastSettledLegs } from './legs.ts'
import { dueTransfer, transferKey, type FundBankAccount } from './transfer-record.ts'

/** The way of the fund's money back to the bank that advanced it. */
const way: readonly (readonly [FundBankAccount, FundBankAccount])[] = [
  ['custodian', 'settlement'],
  ['settlement', 'reserve'],
  ['reserve', 'facility'],
]

/**
 * The fund pays for all advanced redemptions of a confirmed dealing day at once: units of the bank
 * end, its advance is repaid in the same entry, so R204 = 2110 at every moment. The bank's own
 * income goes straight from the custodian to the bank.
 */
export const settleFastRedemptions: Command<{ date: LocalDate }, DealingDay> = {
  name: 'fund.settle_fast_redemptions',
  reads: ({ date }) => [
    dealingDayKey(date),
    ...way.map((_, step) => transferKey(stepId(date, step + 1))),
    transferKey(incomeId(date)),
    ...accountKeys(fastSettledLegs(1n, 1n)),
  ],
  apply(state, { date }, now) {
    const present = dealingDayIn(state, date)
    if (present.state !== 'confirming' || present.fastSettledAt !== null) return present
    const { fast, bankIncome } = present
    postAll(state, { kind: 'fund_settle', ref: date, legs: fastSettledLegs(fast, bankIncome) }, now)
    for (const [step, [fromAccount, toAccount]] of way.entries()) {
      dueTransfer(state, { id: stepId(date, step + 1), fromAccount, toAccount, amount: fast }, now)
    }
    const income = { fromAccount: 'custodian', toAccount: 'facility', amount: bankIncome } as const
    dueTransfer(state, { id: incomeId(date), ...income }, now)
    const settled: DealingDay = { ...present, fastSettledAt: now }
    state.put(dealingDayRecord, settled)
    return settled
  },
}

function stepId(date: LocalDate, step: number): string {
  return `fund/${date}/settle/${step}`
}

function incomeId(date: LocalDate): string {
  return `fund/${date}/bank_income`
}
