import type { Command } from '#commit'
import { invariant, type LocalDate } from '#kernel'
import { accountKeys } from '#ledger'
import { dealingDayIn, postAll } from './close-dealing-day.ts'
import { dealingDayKey, dealingDayRecord, type DealingDay } from './dealing-day-record.ts'
import { redemptionsArrivedLegs } from './legs.ts'
import { dueTransfer, transferKey } from './transfer-record.ts'

/**
 * All units of a dealing day are booked. Called when no order of it is `accepted` any more. A day
 * without normal redemptions is over with that: there is nothing left to pay.
 */
export const finishConfirmation: Command<{ date: LocalDate }, DealingDay> = {
  name: 'fund.finish_confirmation',
  reads: ({ date }) => [dealingDayKey(date)],
  apply(state, { date }, now) {
    const present = dealingDayIn(state, date)
    if (present.state === 'rejecting') return end(present, 'rejected')
    if (present.state !== 'confirming') return present
    invariant(present.fastSettledAt !== null, `advances of ${date} are repaid`)
    return end(present, present.redemptions === present.refused ? 'paid' : 'confirmed')

    function end(day: DealingDay, to: 'confirmed' | 'paid' | 'rejected'): DealingDay {
      const paidAt = to === 'paid' ? now : null
      const ended: DealingDay = { ...day, state: to, confirmedAt: now, paidAt }
      state.put(dealingDayRecord, ended)
      return ended
    }
  },
}

/** The fund sells and pays the normal redemptions; the money is in the reserve. */
export const receiveRedemptions: Command<{ date: LocalDate }, DealingDay> = {
  name: 'fund.receive_redemptions',
  reads: ({ date }) => [
    dealingDayKey(date),
    ...['1', '2'].map((step) => transferKey(arrivalId(date, step))),
    ...accountKeys(redemptionsArrivedLegs(1n)),
  ],
  apply(state, { date }, now) {
    const present = dealingDayIn(state, date)
    if (present.state !== 'confirmed') return present
    const amount = present.redemptions - present.refused
    const legs = redemptionsArrivedLegs(amount)
    postAll(state, { kind: 'redemptions_arrived', ref: date, legs }, now)
    const out = { fromAccount: 'custodian', toAccount: 'settlement', amount } as const
    dueTransfer(state, { id: arrivalId(date, '1'), ...out }, now)
    const home = { fromAccount: 'settlement', toAccount: 'reserve', amount } as const
    dueTransfer(state, { id: arrivalId(date, '2'), ...home }, now)
    const paying: DealingDay = { ...present, state: 'paying' }
    state.put(dealingDayRecord, paying)
    return paying
  },
}

/** Every normal redemption of the dealing day is in its wallet. */
export const finishPayment: Command<{ date: LocalDate }, DealingDay> = {
  name: 'fund.finish_payment',
  reads: ({ date }) => [dealingDayKey(date)],
  apply(state, { date }, now) {
    const present = dealingDayIn(state, date)
    if (present.state !== 'paying') return present
    const paid: DealingDay = { ...present, state: 'paid', paidAt: now }
    state.put(dealingDayRecord, paid)
    return paid
  },
}

function arrivalId(date: LocalDate, step: string): string {
  return `fund/${date}/arrive/${step}`
}
