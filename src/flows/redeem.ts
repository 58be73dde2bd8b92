import type { Command, View } from '#commit'
import {
  noteRedemption,
  placeRedemption,
  redemptionKeys,
  type FundOrder,
  type RedemptionError,
  type RedemptionSpeed,
} from '#fund'
import { actorKeys, guardViewOf, standingOf } from '#identity'
import { fail, ok, type Instant, type Result } from '#kernel'
import { account, accountId, balanceOf } from '#ledger'
import {
  decideInCommand,
  guardKeys,
  recordEvent,
  type Decision,
  type GuardInput,
  type GuardParties,
} from '#risk'
import type { Actor, FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

export interface RedeemInput {
  /** The client's own id: the same id again gets the first answer. */
  readonly requestId: string
  /** Hundredths of a unit = fen. */
  readonly amount: bigint
  /** `fast`: in the wallet at once, advanced by the bank; `normal`: on the next dealing day. */
  readonly speed: RedemptionSpeed
}

/** The order (`challenged` and `denied` ones have moved nothing) and why the guard decided so. */
export interface RedeemAnswer {
  readonly order: FundOrder
  readonly decision: Decision
}

export interface Redeem {
  readonly actor: Actor
  readonly orderId: string
  readonly decisionId: string
  readonly amount: bigint
  readonly speed: RedemptionSpeed
}

export type RedeemError = RedemptionError | 'session_expired' | 'customer_frozen'

/** Standing, guard, money and what the guard remembers of it: one command. */
export const redeem: Command<Redeem, Result<RedeemAnswer, RedeemError> & { undecided?: true }> = {
  name: 'flows.redeem',
  reads: ({ actor, orderId, speed }) => [
    ...actorKeys(actor),
    ...guardKeys(redemptionParties(actor)),
    ...redemptionKeys({ orderId, customerId: actor.customerId, speed }),
  ],
  apply(state, input, now) {
    const { actor, orderId, decisionId, amount, speed } = input
    const standing = standingOf(state, actor, now)
    // Who signs in again may send the same request again.
    if (standing === 'session_expired') return { ...fail(standing), undecided: true }
    if (standing !== 'ok') return fail(standing)
    const { customerId } = actor
    // What cannot be done anyway is refused before the guard is asked: it decides about facts.
    if (available(state, accountId('R201', customerId)) < amount) return fail('insufficient_funds')
    const decision = decideInCommand(state, guardInputOf(state, input, now), now)
    const wish = { orderId, customerId, amount, speed, decisionId }
    const order = carryOut(state, { ...wish, decision, actor }, now)
    return order.ok ? ok({ order: order.value, decision }) : order
  },
}

function carryOut(
  state: View,
  wish: Parameters<typeof placeRedemption>[1] & { decision: Decision; actor: Actor },
  now: Instant,
): Result<FundOrder, RedemptionError> {
  const { decision, actor, ...redemption } = wish
  switch (decision.outcome) {
    case 'allow':
      return moveUnits(state, { ...redemption, actor }, now)
    case 'deny':
      return noteRedemption(state, { ...redemption, outcome: 'denied' }, now)
    case 'challenge':
    case 'hold':
      // An analyst cannot hold what stays with its owner: the customer himself answers.
      return noteRedemption(state, { ...redemption, outcome: 'challenged' }, now)
  }
}

/** Places the order and lets the guard remember it. */
export function moveUnits(
  state: View,
  wish: Parameters<typeof placeRedemption>[1] & { actor: Actor },
  now: Instant,
): Result<FundOrder, RedemptionError> {
  const { actor, ...redemption } = wish
  const placed = placeRedemption(state, redemption, now)
  if (!placed.ok) return placed
  const { customerId, amount } = redemption
  const parties = redemptionParties(actor)
  recordEvent(state, { kind: 'redeemed', customerId, parties, amount }, now)
  return placed
}

function guardInputOf(state: View, input: Redeem, now: Instant): GuardInput {
  const { actor, orderId, decisionId, amount } = input
  const { customerId } = actor
  return {
    ...guardViewOf(state, actor, now),
    decisionId,
    step: 'redeem',
    subject: orderId,
    parties: redemptionParties(actor),
    deviceSignals: actor.signals,
    money: {
      amount,
      source: 'fund',
      walletAvailable: available(state, accountId('2010', customerId)),
      fundUnits: available(state, accountId('R201', customerId)),
    },
    payee: null,
    bankAccount: null,
  }
}

export function redemptionParties({ customerId, deviceId, network }: Actor): GuardParties {
  return { holder: accountId('2010', customerId), payeeHolder: null, deviceId, network }
}

function available(state: View, id: string): bigint {
  const found = state.get(account, id)
  return found === undefined ? 0n : balanceOf(found).available
}

/**
 * Moves units of the fund into the wallet: at once, advanced by the bank, or on the next dealing
 * day. The guard decides; a challenged order waits for `approveRedemption` on a trusted device.
 * Errors: order_too_small, daily_redemption_exceeded (normal, as the fund manager announced),
 * insufficient_funds, facility_exhausted (ask again with speed `normal`), calendar_horizon,
 * account_closed, customer_frozen, session_expired, partner_not_configured, and those of `submit`.
 */
export function createRedeem(context: Pick<FlowContext, 'lane' | 'ids' | 'partners'>) {
  return async (actor: Actor, input: RedeemInput): Promise<Result<RedeemAnswer, Problem>> => {
    if (context.partners.fundManager === undefined) {
      return fail({ code: 'partner_not_configured', param: 'fund_manager' })
    }
    const { requestId, amount, speed } = input
    const { ids } = context
    const answer = await submit(context, redeem, {
      owner: actor.customerId,
      id: requestId,
      content: { amount, speed },
      input: { actor, orderId: ids.next('ord'), decisionId: ids.next('dec'), amount, speed },
    })
    if (!answer.ok) return answer
    const done = answer.value
    return done.ok ? ok(done.value) : fail(problemOf(done.error))
  }
}

export function problemOf(code: RedeemError): Problem {
  if (code !== 'facility_exhausted') return { code }
  return { code, param: 'speed', detail: 'normal' }
}
