import type { Command } from '#commit'
import { invariant, required, sha256Hex, type LocalDate } from '#kernel'
import { account, accountKey, balanceOf } from '#ledger'
import { larger, smaller } from '#money'
import { postedOn } from './accounts.ts'
import { dealingCalendar } from './calendar.ts'
import { dealingDayIn, type OrderSums } from './close-dealing-day.ts'
import { dealingDayKey, dealingDayRecord, type DealingDay } from './dealing-day-record.ts'
import { distributeIncome } from './distribution.ts'
import { fundOrder, orderKey, wholeOrder, type FundOrder } from './order-record.ts'
import { parametersOn } from './parameters.ts'
import { gateOf, statusIn, statusKey } from './status-record.ts'

/**
 * Decides, once for a closed dealing day, how much of its normal redemptions the gate moves to the
 * next one: what the day's net redemptions exceed the gate's part of all units by. Fast redemptions
 * are paid already and are never deferred.
 */
export const applyGate: Command<{ date: LocalDate; sums: OrderSums }, DealingDay> = {
  name: 'fund.apply_gate',
  reads: ({ date }) => [dealingDayKey(date), statusKey(), accountKey('R100'), accountKey('R205')],
  apply(state, { date, sums }) {
    const present = dealingDayIn(state, date)
    const gate = gateOf(statusIn(state), parametersOn(date))
    if (present.state !== 'closed' || gate === null) return present
    const bank = state.get(account, 'R205')
    const bankIncome = bank === undefined ? 0n : balanceOf(bank).available
    const net = sums.redemptions + sums.fast + bankIncome - sums.subscriptions
    const above = net - (postedOn(state, 'R100') * BigInt(gate)) / 1_000n
    const deferred = larger(smaller(above, sums.redemptions), 0n)
    const gated: DealingDay = { ...present, deferred }
    state.put(dealingDayRecord, gated)
    return gated
  },
}

/** Of an order, what the gate moves on; hundredths of a unit. */
export interface DeferredPart {
  readonly orderId: string
  readonly deferred: bigint
}

/**
 * Shares what is deferred among a day's normal redemptions in proportion, to the hundredth of a
 * unit, the same on every repeat. Orders that nothing is moved of are left out.
 */
export function deferredParts(
  deferred: bigint,
  orders: readonly Pick<FundOrder, 'id' | 'amount'>[],
): DeferredPart[] {
  const holders = orders.map(({ id, amount }) => ({ id, units: amount }))
  const shares = distributeIncome(deferred, holders)
  invariant(shares.ok, 'something is redeemed on a day that is gated')
  return shares.value
    .filter(({ income }) => income > 0n)
    .map(({ id, income }) => ({ orderId: id, deferred: income }))
}

/**
 * Moves parts of redemptions to the next dealing day, each as an order of its own: the units stay
 * set aside and earn until that one is confirmed. What is moved already is left alone.
 */
export const deferRedemptions: Command<
  { date: LocalDate; parts: readonly DeferredPart[] },
  { moved: number }
> = {
  name: 'fund.defer_redemptions',
  reads: ({ date, parts }) => [
    dealingDayKey(date),
    ...parts.flatMap(({ orderId }) => [orderKey(orderId), orderKey(restId(orderId))]),
  ],
  apply(state, { date, parts }, now) {
    const day = dealingDayIn(state, date)
    let moved = 0
    if (day.state !== 'closed') return { moved }
    const dealingDay = day.confirmationDay
    const confirmationDay = dealingCalendar.confirmationDay(dealingDay)
    for (const { orderId, deferred } of parts) {
      const order = required(state.get(fundOrder, orderId), `order ${orderId}`)
      if (order.state !== 'accepted' || order.deferredAmount !== 0n) continue
      invariant(order.kind === 'normal_redemption', `${orderId} may be deferred`)
      invariant(deferred > 0n && deferred <= order.amount, `part of ${orderId}: ${deferred}`)
      const whole = deferred === order.amount
      const over = whole ? ({ state: 'deferred', endedAt: now } as const) : {}
      state.put(fundOrder, { ...order, deferredAmount: deferred, ...over })
      state.put(fundOrder, {
        ...order,
        ...wholeOrder,
        id: restId(orderId),
        amount: deferred,
        deferredFrom: orderId,
        dealingDay,
        confirmationDay,
      })
      moved += 1
    }
    return { moved }
  },
}

/** The same for every repeat, and no customer can have chosen it. */
function restId(orderId: string): string {
  return `ord_${sha256Hex(`deferred ${orderId}`).slice(0, 24)}`
}
