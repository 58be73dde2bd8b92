import type { Key, View } from '#commit'
import {
  fail,
  hour,
  InvariantError,
  localDateOf,
  ok,
  type Instant,
  type LocalDate,
  type Result,
} from '#kernel'
import { accountId, accountKey, accountKeys, post, type PostError } from '#ledger'
import { larger } from '#money'
import { holderAccountKeys } from './accounts.ts'
import { fastRedeemedOn, fundHolder, fundHolderKey, holderIn, redeemedOn } from './holder-record.ts'
import { fastRedemptionLegs, redemptionLegs } from './legs.ts'
import { orderDates } from './order-dates.ts'
import { fundOrder, orderKey, wholeOrder, type FundOrder } from './order-record.ts'
import { parametersOn } from './parameters.ts'
import { statusIn, statusKey } from './status-record.ts'
import { dueTransfer, transferKey } from './transfer-record.ts'

export type RedemptionSpeed = 'fast' | 'normal'

export interface RedemptionWish {
  readonly orderId: string
  readonly customerId: string
  /** Hundredths of a unit = fen. */
  readonly amount: bigint
  readonly speed: RedemptionSpeed
  readonly decisionId: string | null
  /** On to a bank card in the same command: under the cap per person and day. */
  readonly toCard?: boolean
}

/** `facility_exhausted`: the bank advances no more; normal redemption is offered instead. */
export type RedemptionError =
  | 'order_too_small'
  | 'facility_exhausted'
  | 'fast_redemption_exceeded'
  | 'daily_redemption_exceeded'
  | 'calendar_horizon'
  | 'insufficient_funds'
  | 'account_closed'

/** A challenge nobody answers lapses after a day. */
export const redemptionChallengeMs = 24 * hour

/** Keys of `placeRedemption`, `noteRedemption` and `recordFastRedemption`. */
export function redemptionKeys({
  orderId,
  customerId,
  toCard = false,
  speed = 'fast',
}: Pick<RedemptionWish, 'orderId' | 'customerId' | 'toCard'> & {
  readonly speed?: RedemptionSpeed
}): Key[] {
  const legs = fastRedemptionLegs({ customerId, amount: 1n })
  const wallet = accountKey(accountId('2010', customerId))
  const keys = [orderKey(orderId), transferKey(orderId), wallet, ...accountKeys(legs)]
  return [
    ...keys,
    ...holderAccountKeys(customerId),
    // Only caps ask for them: payments from the fund are spared the records.
    ...(toCard || speed === 'normal' ? [fundHolderKey(customerId)] : []),
    ...(speed === 'normal' ? [statusKey()] : []),
  ]
}

/**
 * Moves units out of a holding: `fast` into the wallet at once, advanced by the bank; `normal`
 * set aside until the fund confirms and pays. An order that was challenged is taken up again.
 * Errors: order_too_small, fast_redemption_exceeded, daily_redemption_exceeded, insufficient_funds,
 * facility_exhausted, calendar_horizon, account_closed.
 */
export function placeRedemption(
  state: View,
  wish: RedemptionWish,
  now: Instant,
): Result<FundOrder, RedemptionError> {
  const { orderId, amount, speed } = wish
  const today = localDateOf(now)
  if (amount < parametersOn(today).smallestOrderFen) return fail('order_too_small')
  const toCard = speed === 'fast' && wish.toCard === true
  if (toCard && cardRoom(state, wish.customerId, today) < amount) {
    return fail('fast_redemption_exceeded')
  }
  const fast = speed === 'fast'
  if (!fast && passesAnnouncedLimit(state, wish, today)) return fail('daily_redemption_exceeded')
  const dates = orderDates(now)
  if (!dates.ok) return dates
  const legs = fast ? fastRedemptionLegs(wish) : redemptionLegs(wish)
  const kind = fast ? 'fast_redemption' : 'redemption'
  const posted = post(state, { kind, ref: orderId, legs }, now)
  if (!posted.ok) return fail(redemptionErrorOf(posted.error))
  if (fast) return recordFastRedemption(state, { ...wish, paymentId: null }, now)
  countTowardsLimit(state, wish, today)
  const order = orderOf(wish, { ...dates.value, now, state: 'accepted', paymentId: null })
  state.put(fundOrder, order)
  return ok(order)
}

/**
 * What the fund manager lets a person redeem on a day. Units handed to the bank that advances the
 * money are not redeemed by the person, so fast redemptions are under no such limit.
 */
function passesAnnouncedLimit(
  state: View,
  { customerId, amount }: Pick<RedemptionWish, 'customerId' | 'amount'>,
  today: LocalDate,
): boolean {
  const { announcedPersonRedeemFen: most } = statusIn(state)
  return most !== null && redeemedOn(state, customerId, today) + amount > most
}

/** Always counted: a limit announced in the course of a day counts what went before. */
function countTowardsLimit(
  state: View,
  { customerId, amount }: Pick<RedemptionWish, 'customerId' | 'amount'>,
  today: LocalDate,
): void {
  const redeemedOnDate = redeemedOn(state, customerId, today) + amount
  state.put(fundHolder, { ...holderIn(state, customerId), redeemDate: today, redeemedOnDate })
}

/** Fen a person may still redeem fast to a card on a local day. */
export function cardRoom(state: View, customerId: string, today: LocalDate): bigint {
  const room =
    parametersOn(today).fastRedemptionToCardCapFen - fastRedeemedOn(state, customerId, today)
  return larger(room, 0n)
}

function countTowardsCap(
  state: View,
  { customerId, amount }: Pick<RedemptionWish, 'customerId' | 'amount'>,
  today: LocalDate,
): void {
  const fastOnDate = fastRedeemedOn(state, customerId, today) + amount
  state.put(fundHolder, { ...holderIn(state, customerId), fastDate: today, fastOnDate })
}

/**
 * Notes a fast redemption whose legs (`fastRedemptionLegs`) were posted in the same command, so
 * that the fund is asked for the money at the next cut-off. Errors: calendar_horizon.
 */
export function recordFastRedemption(
  state: View,
  wish: Omit<RedemptionWish, 'speed'> & { readonly paymentId: string | null },
  now: Instant,
): Result<FundOrder, 'calendar_horizon'> {
  const dates = orderDates(now)
  if (!dates.ok) return dates
  const { paymentId } = wish
  if (wish.toCard === true) countTowardsCap(state, wish, localDateOf(now))
  const order = orderOf(
    { ...wish, speed: 'fast' },
    { ...dates.value, now, state: 'advanced', paymentId },
  )
  state.put(fundOrder, order)
  const { id, amount } = order
  dueTransfer(state, { id, fromAccount: 'facility', toAccount: 'reserve', amount }, now)
  return ok(order)
}

/** Notes an order by which nothing moved: the guard challenged or denied it. */
export function noteRedemption(
  state: View,
  wish: RedemptionWish & { readonly outcome: 'challenged' | 'denied' },
  now: Instant,
): Result<FundOrder, 'calendar_horizon'> {
  const dates = orderDates(now)
  if (!dates.ok) return dates
  const { outcome } = wish
  const order = orderOf(wish, { ...dates.value, now, state: outcome, paymentId: null })
  state.put(fundOrder, order)
  return ok(order)
}

/** Ends a challenged order whose time to answer is over; answers whether it was. */
export function lapseRedemption(state: View, order: FundOrder, now: Instant): boolean {
  if (order.state !== 'challenged' || order.expiresAt === null) return false
  if (now < order.expiresAt) return false
  state.put(fundOrder, { ...order, state: 'lapsed', endedAt: now })
  return true
}

/** What a customer is told when the books refuse a fast or normal redemption. */
export function redemptionErrorOf(error: PostError): RedemptionError {
  switch (error) {
    case 'limit_exceeded':
      // Of all accounts touched only the advance facility has a ceiling.
      return 'facility_exhausted'
    case 'account_not_found':
      // Never subscribed: there is no holding to take from.
      return 'insufficient_funds'
    case 'books_differ':
      throw new InvariantError('redemption legs cross books')
    default:
      return error
  }
}

type Placed = Pick<FundOrder, 'dealingDay' | 'confirmationDay' | 'state' | 'paymentId'> & {
  readonly now: Instant
}

function orderOf(wish: RedemptionWish, placed: Placed): FundOrder {
  const { now, state, ...rest } = placed
  const challenged = state === 'challenged'
  const over = state === 'denied'
  return {
    id: wish.orderId,
    customerId: wish.customerId,
    kind: wish.speed === 'fast' ? 'fast_redemption' : 'normal_redemption',
    amount: wish.amount,
    ...wholeOrder,
    state,
    placedAt: now,
    ...rest,
    decisionId: wish.decisionId,
    expiresAt: challenged ? now + redemptionChallengeMs : null,
    confirmedAt: null,
    endedAt: over ? now : null,
  }
}
