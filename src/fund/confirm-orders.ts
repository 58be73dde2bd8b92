import type { Command, View } from '#commit'
import { invariant, required, type Instant, type LocalDate } from '#kernel'
import { accountKeys, type Leg } from '#ledger'
import { dealingCalendar } from './calendar.ts'
import { dealingDayIn, postAll } from './close-dealing-day.ts'
import {
  dealingDayKey,
  dealingDayRecord,
  isEmpty,
  unitsRedeemed,
  type DealingDay,
} from './dealing-day-record.ts'
import {
  redemptionConfirmedLegs,
  redemptionPaidLegs,
  redemptionRejectedLegs,
  subscriptionConfirmedLegs,
  subscriptionRejectedLegs,
  subscriptionsReturnedLegs,
} from './legs.ts'
import { fundOrder, mayBecome, orderKey, type FundOrder } from './order-record.ts'
import { dueTransfer, transferKey } from './transfer-record.ts'

/** What the fund manager answered for a whole dealing day. */
export interface FundAnswer {
  readonly status: 'confirmed' | 'rejected'
  readonly unitsIssued: bigint
  readonly proceeds: bigint
}

/** At most this many orders (or holders) per command: no other command waits longer than 20 ms. */
export const chunkSize = 100

/** Takes the fund's answer. A rejected day's money comes back. An answer in part is a defect. */
export const takeFundAnswer: Command<{ date: LocalDate; answer: FundAnswer }, DealingDay> = {
  name: 'fund.take_answer',
  reads: ({ date }) => [
    dealingDayKey(date),
    ...['1', '2'].map((step) => transferKey(returnId(date, step))),
    ...accountKeys(subscriptionsReturnedLegs(1n)),
  ],
  apply(state, { date, answer }, now) {
    const present = dealingDayIn(state, date)
    if (present.state !== 'submitted') return present
    if (answer.status === 'rejected') return returnSubscriptions(state, present, now)
    const { subscriptions } = present
    invariant(answer.unitsIssued === subscriptions, `units issued for ${date}`)
    invariant(answer.proceeds === unitsRedeemed(present), `proceeds for ${date}`)
    const confirming: DealingDay = { ...present, state: 'confirming' }
    const over: DealingDay = { ...present, state: 'paid', confirmedAt: now, paidAt: now }
    const after = isEmpty(present) ? over : confirming
    state.put(dealingDayRecord, after)
    return after
  },
}

function returnSubscriptions(state: View, present: DealingDay, now: Instant): DealingDay {
  const { id: date, subscriptions: amount } = present
  postAll(state, { kind: 'fund_return', ref: date, legs: subscriptionsReturnedLegs(amount) }, now)
  const back = { fromAccount: 'custodian', toAccount: 'settlement', amount } as const
  dueTransfer(state, { id: returnId(date, '1'), ...back }, now)
  const home = { fromAccount: 'settlement', toAccount: 'reserve', amount } as const
  dueTransfer(state, { id: returnId(date, '2'), ...home }, now)
  const rejecting: DealingDay = { ...present, state: 'rejecting' }
  state.put(dealingDayRecord, rejecting)
  return rejecting
}

function returnId(date: LocalDate, step: string): string {
  return `fund/${date}/return/${step}`
}

/** What a chunk of orders goes through together. */
export type OrderStep = 'confirm' | 'reject' | 'settle' | 'pay'

/** Orders of one dealing day; `customerIds` names whose accounts they touch. */
export interface OrderChunk {
  readonly date: LocalDate
  readonly step: OrderStep
  readonly orders: readonly Pick<FundOrder, 'id' | 'customerId' | 'kind'>[]
}

/**
 * Books the fund's answer order by order, an entry each. Orders that are past this step already
 * are left alone. Answers how many were booked.
 */
export const bookOrders: Command<OrderChunk, { booked: number }> = {
  name: 'fund.book_orders',
  reads: ({ date, step, orders }) => [
    dealingDayKey(date),
    ...orders.map(({ id }) => orderKey(id)),
    ...accountKeys(
      orders.flatMap((order) => movementOf({ ...order, amount: 1n }, step)?.legs ?? []),
    ),
  ],
  apply(state, { date, step, orders }, now) {
    const day = dealingDayIn(state, date)
    invariant(statesFor[step].includes(day.state), `${step} orders of ${date} while ${day.state}`)
    let booked = 0
    for (const { id } of orders) {
      const order = required(state.get(fundOrder, id), `order ${id}`)
      const movement = movementOf(order, step)
      const done = order.dealingDay !== date || order.state !== movement?.from
      if (movement === null || done) continue
      const { kind, legs } = movement
      postAll(state, { kind, ref: id, legs }, now)
      state.put(fundOrder, after(order, movement.to, { now, day }))
      booked += 1
    }
    return { booked }
  },
}

const statesFor: Record<OrderStep, readonly DealingDay['state'][]> = {
  confirm: ['confirming'],
  reject: ['rejecting'],
  settle: ['confirming'],
  pay: ['paying'],
}

interface Movement {
  readonly kind: string
  readonly legs: readonly Leg[]
  readonly from: FundOrder['state']
  readonly to: FundOrder['state']
}

type Subject = Pick<FundOrder, 'kind' | 'customerId' | 'amount'>

/** How an order goes through a step; null when the step is not for its kind. */
function movementOf(order: Subject, step: OrderStep): Movement | null {
  const subscription = order.kind === 'subscription'
  if (order.kind === 'fast_redemption') {
    // Its money is settled for all at once (`settleFastRedemptions`); here only the order moves on.
    const kept = { legs: [], from: 'advanced' } as const
    if (step === 'settle') return { ...kept, kind: 'fund_settle', to: 'settled' }
    return step === 'reject' ? { ...kept, kind: 'fund_reject', to: 'advanced' } : null
  }
  switch (step) {
    case 'confirm': {
      const legs = subscription ? subscriptionConfirmedLegs(order) : redemptionConfirmedLegs(order)
      return { kind: 'fund_confirm', legs, from: 'accepted', to: 'confirmed' }
    }
    case 'reject': {
      const legs = subscription ? subscriptionRejectedLegs(order) : redemptionRejectedLegs(order)
      return { kind: 'fund_reject', legs, from: 'accepted', to: 'rejected' }
    }
    case 'pay':
      if (subscription) return null
      return {
        kind: 'redemption_paid',
        legs: redemptionPaidLegs(order),
        from: 'confirmed',
        to: 'paid',
      }
    case 'settle':
      return null
  }
}

function after(
  order: FundOrder,
  to: FundOrder['state'],
  { now, day }: { now: Instant; day: DealingDay },
): FundOrder {
  invariant(mayBecome(order.state, to), `order ${order.id}: ${order.state} to ${to}`)
  if (to === 'advanced') {
    // The bank still waits for its money: the fund is asked again on its next dealing day.
    const dealingDay = day.confirmationDay
    const confirmationDay = dealingCalendar.confirmationDay(dealingDay)
    return { ...order, dealingDay, confirmationDay }
  }
  const open = to === 'confirmed' && order.kind === 'normal_redemption'
  return {
    ...order,
    state: to,
    confirmedAt: order.confirmedAt ?? (to === 'rejected' ? null : now),
    endedAt: open ? null : now,
  }
}
