import type { Command, View } from '#commit'
import { invariant, startOfLocalDay, type Instant, type LocalDate } from '#kernel'
import { account, accountKeys, accountKey, balanceOf, post, type Leg } from '#ledger'
import { dealingCalendar } from './calendar.ts'
import { dealingDayKey, dealingDayRecord, isEmpty, type DealingDay } from './dealing-day-record.ts'
import { cutOffLegs, deliveryLegs } from './legs.ts'
import { parametersOn } from './parameters.ts'
import { dueTransfer, transferKey } from './transfer-record.ts'

/** The moment from which orders count for the next dealing day. */
export function cutOffOf(date: LocalDate): Instant {
  return startOfLocalDay(date) + parametersOn(date).cutOffMs
}

/**
 * Ends a dealing day's order taking. After this command the lane gives no order this dealing day
 * any more (its clock never goes back), so the day's orders can be summed by a query.
 */
export const closeDealingDay: Command<{ date: LocalDate }, DealingDay> = {
  name: 'fund.close_dealing_day',
  reads: ({ date }) => [dealingDayKey(date)],
  apply(state, { date }, now) {
    const present = state.get(dealingDayRecord, date)
    if (present !== undefined) return present
    invariant(now >= cutOffOf(date), `dealing day ${date} is over`)
    return put(state, {
      id: date,
      state: 'closed',
      confirmationDay: dealingCalendar.confirmationDay(date),
      subscriptions: 0n,
      redemptions: 0n,
      fast: 0n,
      bankIncome: 0n,
      returned: 0n,
      refused: 0n,
      deferred: 0n,
      closedAt: now,
      submittedAt: null,
      confirmedAt: null,
      fastSettledAt: null,
      paidAt: null,
    })
  },
}

/** Sums of a closed dealing day's orders, in fen. */
export interface OrderSums {
  readonly subscriptions: bigint
  readonly redemptions: bigint
  readonly fast: bigint
}

/** The subscriptions' money leaves the reserve for settlement. A day without orders is sent. */
export const collectOrders: Command<{ date: LocalDate; sums: OrderSums }, DealingDay> = {
  name: 'fund.collect_orders',
  reads: ({ date }) => [
    dealingDayKey(date),
    transferKey(collectionId(date)),
    accountKey('R205'),
    ...accountKeys(cutOffLegs(1n)),
  ],
  apply(state, { date, sums }, now) {
    const present = dealingDayIn(state, date)
    if (present.state !== 'closed') return present
    const amount = sums.subscriptions
    postAll(state, { kind: 'fund_cut_off', ref: date, legs: cutOffLegs(amount) }, now)
    const id = collectionId(date)
    dueTransfer(state, { id, fromAccount: 'reserve', toAccount: 'settlement', amount }, now)
    const bank = state.get(account, 'R205')
    // The bank's units are redeemed with the income they have earned so far.
    const bankIncome = bank === undefined ? 0n : balanceOf(bank).available
    const collected: DealingDay = { ...present, ...sums, bankIncome, state: 'collected' }
    if (!isEmpty(collected)) return put(state, collected)
    // Nothing to send: the fund will be asked to close its day and that is all.
    return put(state, { ...collected, state: 'submitted', submittedAt: now })
  },
}

/** The fund has the orders; their money goes to its custodian. */
export const deliverOrders: Command<{ date: LocalDate }, DealingDay> = {
  name: 'fund.deliver_orders',
  reads: ({ date }) => [
    dealingDayKey(date),
    transferKey(deliveryId(date)),
    ...accountKeys(deliveryLegs(1n)),
  ],
  apply(state, { date }, now) {
    const present = dealingDayIn(state, date)
    if (present.state !== 'collected') return present
    const amount = present.subscriptions
    postAll(state, { kind: 'fund_deliver', ref: date, legs: deliveryLegs(amount) }, now)
    const id = deliveryId(date)
    dueTransfer(state, { id, fromAccount: 'settlement', toAccount: 'custodian', amount }, now)
    return put(state, { ...present, state: 'submitted', submittedAt: now })
  },
}

export function dealingDayIn(state: View, date: LocalDate): DealingDay {
  const present = state.get(dealingDayRecord, date)
  invariant(present !== undefined, `dealing day ${date} is closed`)
  return present
}

function put(state: View, day: DealingDay): DealingDay {
  state.put(dealingDayRecord, day)
  return day
}

/** Posts what must be possible: a refusal is a defect here. Legs of zero are left out. */
export function postAll(
  state: View,
  entry: { kind: string; ref: string; legs: readonly Leg[] },
  now: Instant,
): void {
  const legs = entry.legs.filter(({ amount }) => amount > 0n)
  if (legs.length === 0) return
  const posted = post(state, { ...entry, legs }, now)
  invariant(posted.ok, `${entry.kind} ${entry.ref}: ${posted.ok ? '' : posted.error}`)
}

function collectionId(date: LocalDate): string {
  return `fund/${date}/collect`
}

function deliveryId(date: LocalDate): string {
  return `fund/${date}/deliver`
}
