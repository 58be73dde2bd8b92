import type { Key, View } from '#commit'
import { fail, localDateOf, ok, type Instant, type Result } from '#kernel'
import { accountKeys, type Leg } from '#ledger'
import { larger } from '#money'
import { cutOffOf, postAll } from './close-dealing-day.ts'
import { dealingDayKey, dealingDayRecord } from './dealing-day-record.ts'
import { fundHolder, fundHolderKey } from './holder-record.ts'
import { redemptionRejectedLegs, subscriptionRejectedLegs } from './legs.ts'
import { fundOrder, orderKey, sentAmount, type FundOrder } from './order-record.ts'

/** `order_not_open`: it has ended, or moved at once. `order_past_cut_off`: the fund has it. */
export type CancelOrderError = 'order_not_open' | 'order_past_cut_off'

type Cancelled = Pick<FundOrder, 'id' | 'customerId' | 'kind' | 'dealingDay'>

/** Keys of `cancelOrder` for an order as it was last seen. */
export function cancelKeys(order: Cancelled): Key[] {
  const { id, customerId, dealingDay } = order
  return [
    orderKey(id),
    dealingDayKey(dealingDay),
    fundHolderKey(customerId),
    ...accountKeys(legsOf({ ...order, amount: 1n })),
  ]
}

/**
 * Takes an order back before the cut-off of its dealing day: a subscription's money returns to the
 * wallet, a normal redemption's units to the holding, each by an entry of its own. It no longer
 * counts against the caps of the day. A fast redemption is over when placed.
 */
export function cancelOrder(
  state: View,
  seen: Cancelled,
  now: Instant,
): Result<FundOrder, CancelOrderError> {
  const order = state.get(fundOrder, seen.id)
  if (order?.state !== 'accepted') return fail('order_not_open')
  const { dealingDay } = order
  // An order changes its dealing day only at a cut-off that has therefore come.
  if (dealingDay !== seen.dealingDay || now >= cutOffOf(dealingDay)) {
    return fail('order_past_cut_off')
  }
  if (state.get(dealingDayRecord, dealingDay) !== undefined) return fail('order_past_cut_off')
  const amount = sentAmount(order)
  const legs = legsOf({ ...order, amount })
  postAll(state, { kind: 'fund_cancel', ref: order.id, legs }, now)
  giveRoomBack(state, order)
  const cancelled: FundOrder = { ...order, state: 'cancelled', endedAt: now }
  state.put(fundOrder, cancelled)
  return ok(cancelled)
}

function legsOf(order: Pick<FundOrder, 'kind' | 'customerId' | 'amount'>): Leg[] {
  return order.kind === 'subscription'
    ? subscriptionRejectedLegs(order)
    : redemptionRejectedLegs(order)
}

function giveRoomBack(state: View, { kind, customerId, placedAt, amount }: FundOrder): void {
  const holder = state.get(fundHolder, customerId)
  const placedOn = localDateOf(placedAt)
  if (kind === 'subscription' && holder?.subscriptionDate === placedOn) {
    state.put(fundHolder, { ...holder, subscribedOnDate: holder.subscribedOnDate - amount })
  }
  if (kind === 'normal_redemption' && holder?.redeemDate === placedOn) {
    // An order placed before these were counted may be more than was counted.
    const redeemedOnDate = larger(holder.redeemedOnDate - amount, 0n)
    state.put(fundHolder, { ...holder, redeemedOnDate })
  }
}
