import { freshKeyOf, type Key, type View } from '#commit'
import {
  fail,
  invariant,
  localDateOf,
  localTimeOf,
  ok,
  type Instant,
  type LocalDate,
  type Result,
} from '#kernel'
import { accountId, accountKey, post, type PostError } from '#ledger'
import { larger, smaller } from '#money'
import { holderAccountKeys, holdingWithTransit, openHolderAccounts } from './accounts.ts'
import { fundHolder, fundHolderKey, holderIn, subscribedOn } from './holder-record.ts'
import { subscriptionLegs } from './legs.ts'
import { orderDates } from './order-dates.ts'
import { fundOrder, wholeOrder, type FundOrder } from './order-record.ts'
import { parametersOn, type FundParameters } from './parameters.ts'
import { fundStatus, personBuyLimit, quotaOf, statusIn, statusKey } from './status-record.ts'

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
  | 'subscriptions_suspended'
  | 'fund_quota_not_open'
  | 'fund_quota_used'
  | 'calendar_horizon'
  | Exclude<PostError, 'books_differ'>

export function subscriptionKeys({ orderId, customerId }: SubscriptionWish): Key[] {
  return [
    freshKeyOf(fundOrder, orderId),
    fundHolderKey(customerId),
    statusKey(),
    accountKey(accountId('2010', customerId)),
    ...holderAccountKeys(customerId),
  ]
}

/**
 * Sets money of the wallet aside for the fund and notes the order with its dealing day.
 * Errors: subscriptions_suspended, order_too_small, fund_quota_not_open (before 09:00),
 * daily_subscription_exceeded, holding_cap_exceeded, fund_quota_used, calendar_horizon, and those
 * of `post` (insufficient_funds …).
 */
export function placeSubscription(
  state: View,
  wish: SubscriptionWish,
  now: Instant,
): Result<FundOrder, SubscriptionError> {
  const { orderId, customerId, amount } = wish
  const today = localDateOf(now)
  const refused = ruleBroken(state, wish, { now, today, rules: parametersOn(today) })
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
  state.put(fundHolder, {
    ...holderIn(state, customerId),
    subscriptionDate: today,
    subscribedOnDate,
  })
  countTowardsQuota(state, amount, { today, rules: parametersOn(today) })
  const order: FundOrder = {
    id: orderId,
    customerId,
    kind: 'subscription',
    amount,
    ...wholeOrder,
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

interface Asked {
  readonly now: Instant
  readonly today: LocalDate
  readonly rules: FundParameters
}

function ruleBroken(
  state: View,
  { customerId, amount }: SubscriptionWish,
  { now, today, rules }: Asked,
): SubscriptionError | null {
  const status = statusIn(state)
  if (status.suspended) return 'subscriptions_suspended'
  if (amount < rules.smallestOrderFen) return 'order_too_small'
  const quota = quotaOf(status, rules)
  if (quota !== null && localTimeOf(now) < rules.quotaOpensMs) return 'fund_quota_not_open'
  const daily = personBuyLimit(status, rules)
  if (daily !== null && subscribedOn(state, customerId, today) + amount > daily) {
    return 'daily_subscription_exceeded'
  }
  // Money in transit counts: two orders placed before either is confirmed cannot pass the cap.
  const after = holdingWithTransit(state, customerId) + amount
  if (after > rules.holdingCapFen) return 'holding_cap_exceeded'
  const used = status.quotaDate === today ? status.quotaUsedFen : 0n
  return quota !== null && used + amount > quota ? 'fund_quota_used' : null
}

/** Without a quota nothing is counted: one record that every subscription writes is a queue. */
function countTowardsQuota(
  state: View,
  amount: bigint,
  { today, rules }: Omit<Asked, 'now'>,
): void {
  const status = statusIn(state)
  if (quotaOf(status, rules) === null) return
  const used = status.quotaDate === today ? status.quotaUsedFen : 0n
  state.put(fundStatus, { ...status, quotaDate: today, quotaUsedFen: used + amount })
}

/** Fen that a customer may still subscribe at this moment under the rules, apart from the quota. */
export function subscriptionRoom(state: View, customerId: string, now: Instant): bigint {
  const today = localDateOf(now)
  const rules = parametersOn(today)
  const holding = rules.holdingCapFen - holdingWithTransit(state, customerId)
  const daily = personBuyLimit(statusIn(state), rules)
  const left = daily === null ? holding : daily - subscribedOn(state, customerId, today)
  return larger(smaller(holding, left), 0n)
}
