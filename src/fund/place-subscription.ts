import { freshKeyOf, type Key, type View } from '#commit'
import {
  fail,
  invariant,
  localDateOf,
  ok,
  type Instant,
  type LocalDate,
  type Result,
} from '#kernel'
import { accountId, accountKey, post, type PostError } from '#ledger'
import { holderAccountKeys, holdingWithTransit, openHolderAccounts } from './accounts.ts'
import { fundHolder, fundHolderKey, subscribedOn } from './holder-record.ts'
import { subscriptionLegs } from './legs.ts'
import { orderDates } from './order-dates.ts'
import { fundOrder, type FundOrder } from './order-record.ts'
import { parametersOn, type FundParameters } from './parameters.ts'

export interface SubscriptionWish {
  readonly orderId: string
  readonly customerId: string
  /** Fen. */
  readonly amount: bigint
}

export type SubscriptionError =
  | 'order_too_small'
  | 'daily_subscription_exceeded'
  | 'holding_cap_exceeded'
  | 'calendar_horizon'
  | Exclude<PostError, 'books_differ'>

export function subscriptionKeys({ orderId, customerId }: SubscriptionWish): Key[] {
  return [
    freshKeyOf(fundOrder, orderId),
    fundHolderKey(customerId),
    accountKey(accountId('2010', customerId)),
    ...holderAccountKeys(customerId),
  ]
}

/**
 * Sets money of the wallet aside for the fund and notes the order with its dealing day.
 * Errors: order_too_small, daily_subscription_exceeded, holding_cap_exceeded, calendar_horizon,
 * and those of `post` (insufficient_funds …).
 */
export function placeSubscription(
  state: View,
  wish: SubscriptionWish,
  now: Instant,
): Result<FundOrder, SubscriptionError> {
  const { orderId, customerId, amount } = wish
  const today = localDateOf(now)
  const refused = capBroken(state, wish, { today, rules: parametersOn(today) })
  if (refused !== null) return fail(refused)
  const dates = orderDates(now)
  if (!dates.ok) return dates
  openHolderAccounts(state, customerId, now)
  const posted = post(state, { kind: 'subscribe', ref: orderId, legs: subscriptionLegs(wish) }, now)
  if (!posted.ok) {
    invariant(posted.error !== 'books_differ', 'subscription legs cross books')
    return fail(posted.error)
  }
  const subscribedOnDate = subscribedOn(state, customerId, today) + amount
  state.put(fundHolder, { id: customerId, subscriptionDate: today, subscribedOnDate })
  const order: FundOrder = {
    id: orderId,
    customerId,
    kind: 'subscription',
    amount,
    state: 'accepted',
    placedAt: now,
    ...dates.value,
    paymentId: null,
    decisionId: null,
    expiresAt: null,
    confirmedAt: null,
    endedAt: null,
  }
  state.put(fundOrder, order)
  return ok(order)
}

function capBroken(
  state: View,
  { customerId, amount }: SubscriptionWish,
  { today, rules }: { today: LocalDate; rules: FundParameters },
): SubscriptionError | null {
  if (amount < rules.smallestOrderFen) return 'order_too_small'
  const daily = rules.dailySubscriptionCapFen
  if (daily !== null && subscribedOn(state, customerId, today) + amount > daily) {
    return 'daily_subscription_exceeded'
  }
  // Money in transit counts: two orders placed before either is confirmed cannot pass the cap.
  const after = holdingWithTransit(state, customerId) + amount
  return after > rules.holdingCapFen ? 'holding_cap_exceeded' : null
}
