import { defineRecord, keyOf, type Key } from '#commit'
import type { Instant, LocalDate } from '#kernel'

/**
 * A dealing day goes one way: `closed` no more orders · `collected` the subscriptions' money is on
 * its way to the fund · `submitted` the fund has the orders · `confirming` its answer is being
 * booked order by order · `confirmed` all units are booked, advances repaid · `paying` money of
 * normal redemptions is here and being handed out · `paid` over; a day without redemptions (or
 * without any order) gets there at once. Or `rejecting`, `rejected`: the fund did nothing of this
 * day and everything goes back; advances wait for the next dealing day.
 */
export type DealingDayState =
  | 'closed'
  | 'collected'
  | 'submitted'
  | 'confirming'
  | 'confirmed'
  | 'paying'
  | 'paid'
  | 'rejecting'
  | 'rejected'

/** All orders of one dealing day together. Amounts in fen = hundredths of a unit. */
export interface DealingDay {
  /** The date. */
  readonly id: LocalDate
  readonly state: DealingDayState
  readonly confirmationDay: LocalDate
  readonly subscriptions: bigint
  /** Normal redemptions. */
  readonly redemptions: bigint
  /** Redemptions the bank has advanced and the fund repays. */
  readonly fast: bigint
  /** Income of the bank's units, redeemed along with them. */
  readonly bankIncome: bigint
  /** Of the subscriptions, what the fund did not take; of the redemptions, did not confirm. */
  readonly returned: bigint
  readonly refused: bigint
  /** Of the normal redemptions ordered, what the gate moved on: not in `redemptions`. */
  readonly deferred: bigint
  readonly closedAt: Instant
  readonly submittedAt: Instant | null
  readonly confirmedAt: Instant | null
  readonly fastSettledAt: Instant | null
  readonly paidAt: Instant | null
}

export const dealingDayRecord = defineRecord<DealingDay>({
  name: 'fund.dealing_day',
  key: 'id',
  fields: {
    id: 'text',
    state: 'text',
    confirmationDay: 'text',
    subscriptions: 'bigint',
    redemptions: 'bigint',
    fast: 'bigint',
    bankIncome: 'bigint',
    returned: 'bigint',
    refused: 'bigint',
    deferred: 'bigint',
    closedAt: 'instant',
    submittedAt: 'instant',
    confirmedAt: 'instant',
    fastSettledAt: 'instant',
    paidAt: 'instant',
  },
  constant: ['confirmationDay', 'closedAt'],
})

export function dealingDayKey(date: LocalDate): Key {
  return keyOf(dealingDayRecord, date)
}

/** Units that the fund takes back for a dealing day: normal, advanced and the bank's income. */
export function unitsRedeemed(
  day: Pick<DealingDay, 'redemptions' | 'fast' | 'bankIncome'>,
): bigint {
  return day.redemptions + day.fast + day.bankIncome
}

/** True when nobody wanted anything of the fund on this day. */
export function isEmpty(day: DealingDay): boolean {
  return day.subscriptions === 0n && unitsRedeemed(day) === 0n
}
