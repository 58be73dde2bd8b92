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
import {
  confirmedAmount,
  fundOrder,
  mayBecome,
  orderKey,
  sentAmount,
  wholeOrder,
  type FundOrder,
} from './order-record.ts'
import { dueTransfer, transferKey } from './transfer-record.ts'

/** What the fund manager answered for a whole dealing day. */
export interface FundAnswer {
  readonly status: 'confirmed' | 'rejected'
  readonly unitsIssued: bigint
  readonly proceeds: bigint
}

/** At most this many orders (or holders) per command: no other command waits longer than 20 ms. */
export const chunkSize = 100

/** Of an order, what the fund confirmed where that was less than it was asked for; 0 is none. */
export interface ConfirmedPart {
  readonly orderId: string
  readonly confirmed: bigint
}

/**
 * Notes what the fund confirmed in part or not at all, before its answer as a whole is taken. An
 * order that is noted already is left alone. Answers how many were noted.
 */
export const noteConfirmedParts: Command<
  { date: LocalDate; parts: readonly ConfirmedPart[] },
  { noted: number }
> = {
  name: 'fund.note_confirmed_parts',
  reads: ({ date, parts }) => [
    dealingDayKey(date),
    ...parts.map(({ orderId }) => orderKey(orderId)),
  ],
  apply(state, { date, parts }) {
    const day = dealingDayIn(state, date)
    let { returned, refused } = day
    let noted = 0
    if (day.state !== 'submitted') return { noted }
    for (const { orderId, confirmed } of parts) {
      const order = state.get(fundOrder, orderId)
      invariant(order?.dealingDay === date, `${orderId} is an order of ${date}`)
      if (order.state !== 'accepted' || order.confirmedAmount !== null) continue
      const rest = sentAmount(order) - confirmed
      invariant(confirmed >= 0n && rest > 0n, `part of ${orderId}: ${confirmed}`)
      if (order.kind === 'subscription') returned += rest
      else refused += rest
      state.put(fundOrder, { ...order, confirmedAmount: confirmed })
      noted += 1
    }
    state.put(dealingDayRecord, { ...day, returned, refused })
    return { noted }
  },
}

/**
 * Takes the fund's answer. A rejected day's money comes back, and so does what was not confirmed of
 * its subscriptions. An answer that differs from the parts noted before is a defect.
 */
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
    if (answer.status === 'rejected') {
      returnSubscriptions(state, { date, amount: present.subscriptions }, now)
      return put(state, { ...present, state: 'rejecting' })
    }
    const { subscriptions, returned, refused } = present
    invariant(answer.unitsIssued === subscriptions - returned, `units issued for ${date}`)
    invariant(answer.proceeds === unitsRedeemed(present) - refused, `proceeds for ${date}`)
    returnSubscriptions(state, { date, amount: returned }, now)
    const confirming: DealingDay = { ...present, state: 'confirming' }
    const over: DealingDay = { ...present, state: 'paid', confirmedAt: now, paidAt: now }
    return put(state, isEmpty(present) ? over : confirming)
  },
}

/** The fund sends money back; nothing when there is none. */
function returnSubscriptions(
  state: View,
  { date, amount }: { date: LocalDate; amount: bigint },
  now: Instant,
): void {
  postAll(state, { kind: 'fund_return', ref: date, legs: subscriptionsReturnedLegs(amount) }, now)
  const back = { fromAccount: 'custodian', toAccount: 'settlement', amount } as const
  dueTransfer(state, { id: returnId(date, '1'), ...back }, now)
  const home = { fromAccount: 'settlement', toAccount: 'reserve', amount } as const
  dueTransfer(state, { id: returnId(date, '2'), ...home }, now)
}

function put(state: View, day: DealingDay): DealingDay {
  state.put(dealingDayRecord, day)
  return day
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
    ...accountKeys(orders.flatMap((order) => mayTouch(order, step))),
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

type Subject = Pick<
  FundOrder,
  'kind' | 'customerId' | 'amount' | 'deferredAmount' | 'lossAmount' | 'confirmedAmount'
>

/** Legs on every account a step may touch, whatever part of an order was confirmed. */
function mayTouch(order: Pick<FundOrder, 'kind' | 'customerId'>, step: OrderStep): readonly Leg[] {
  const whole = { ...order, ...wholeOrder, amount: 2n }
  const inPart = step === 'confirm' ? { ...whole, confirmedAmount: 1n } : whole
  return movementOf(inPart, step)?.legs ?? []
}

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
      const amount = confirmedAmount(order)
      const rest = { ...order, amount: sentAmount(order) - amount }
      const taken = { ...order, amount }
      const legs = subscription
        ? [...subscriptionConfirmedLegs(taken), ...subscriptionRejectedLegs(rest)]
        : [...redemptionConfirmedLegs(taken), ...redemptionRejectedLegs(rest)]
      if (amount === 0n) return { kind: 'fund_reject', legs, from: 'accepted', to: 'rejected' }
      return { kind: 'fund_confirm', legs, from: 'accepted', to: 'confirmed' }
    }
    case 'reject': {
      const sent = { ...order, amount: sentAmount(order) }
      const legs = subscription ? subscriptionRejectedLegs(sent) : redemptionRejectedLegs(sent)
      return { kind: 'fund_reject', legs, from: 'accepted', to: 'rejected' }
    }
    case 'pay':
      if (subscription) return null
      return {
        kind: 'redemption_paid',
        legs: redemptionPaidLegs({ ...order, amount: confirmedAmount(order) }),
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
