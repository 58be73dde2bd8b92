import { defineRecord, keyOf, type Key, type View } from '#commit'
import { localDateOf, localTimeOf, startOfLocalDay, type Instant, type LocalDate } from '#kernel'
import { account, accountId, balanceOf } from '#ledger'
import { smaller } from '#money'
import type { FundOrder } from './order-record.ts'
import { parametersOn } from './parameters.ts'
import { placeSubscription, subscriptionKeys, subscriptionRoom } from './place-subscription.ts'

/** A customer's word that whatever the wallet holds above a sum goes into the fund, every day. */
export interface StandingOrder {
  /** The customer's id. */
  readonly id: string
  /** Fen that stay in the wallet. */
  readonly keepFen: bigint
  readonly active: boolean
  readonly setAt: Instant
  /** The last local day on which it was looked at, whether or not anything was moved. */
  readonly doneOn: LocalDate
}

export const standingOrder = defineRecord<StandingOrder>({
  name: 'fund.standing_order',
  key: 'id',
  fields: { id: 'text', keepFen: 'bigint', active: 'boolean', setAt: 'instant', doneOn: 'text' },
})

export function standingOrderKey(customerId: string): Key {
  return keyOf(standingOrder, customerId)
}

/** When standing orders are carried out on a local day. */
export function standingOrdersAt(date: LocalDate): Instant {
  return startOfLocalDay(date) + parametersOn(date).standingOrdersMs
}

/** Sets (or changes) a standing order. Set after the hour of a day it begins on the next one. */
export function setStandingOrder(
  state: View,
  { customerId, keepFen }: { customerId: string; keepFen: bigint },
  now: Instant,
): StandingOrder {
  const today = localDateOf(now)
  const past = localTimeOf(now) >= parametersOn(today).standingOrdersMs
  const doneOn = past ? today : (state.get(standingOrder, customerId)?.doneOn ?? '')
  const order: StandingOrder = { id: customerId, keepFen, active: true, setAt: now, doneOn }
  state.put(standingOrder, order)
  return order
}

/** Ends a standing order; null when there is none. */
export function clearStandingOrder(
  state: View,
  customerId: string,
  now: Instant,
): StandingOrder | null {
  const present = state.get(standingOrder, customerId)
  if (present?.active !== true) return null
  const order: StandingOrder = { ...present, active: false, setAt: now }
  state.put(standingOrder, order)
  return order
}

/** One customer's turn; `orderId` names the order, should there be one. */
export interface StandingTurn {
  readonly customerId: string
  readonly orderId: string
}

export function standingKeys(turn: StandingTurn): Key[] {
  return [standingOrderKey(turn.customerId), ...subscriptionKeys({ ...turn, amount: 1n })]
}

/**
 * A customer's turn on a day: subscribes what the wallet has free above the sum to keep, or as much
 * of it as the caps leave room for. Once a day, also when nothing fits. `blocked`: this customer's
 * money stays where it is (a freeze). Answers the order, or null.
 */
export function carryOutStandingOrder(
  state: View,
  { turn, date, blocked }: { turn: StandingTurn; date: LocalDate; blocked: boolean },
  now: Instant,
): FundOrder | null {
  const { customerId, orderId } = turn
  const present = state.get(standingOrder, customerId)
  if (present?.active !== true || present.doneOn >= date) return null
  state.put(standingOrder, { ...present, doneOn: date })
  if (blocked) return null
  const wallet = state.get(account, accountId('2010', customerId))
  const free = wallet === undefined ? 0n : balanceOf(wallet).available
  const amount = smaller(free - present.keepFen, subscriptionRoom(state, customerId, now))
  if (amount <= 0n) return null
  const placed = placeSubscription(state, { orderId, customerId, amount }, now)
  // Suspended, the quota used, the calendar at its end: the money stays, tomorrow is another day.
  return placed.ok ? placed.value : null
}

/** So many customers share a command: about 11 records each, so that others hardly wait. */
export const standingChunk = 50
