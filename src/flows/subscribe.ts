import type { Command } from '#commit'
import {
  placeSubscription,
  subscriptionKeys,
  type FundOrder,
  type SubscriptionError,
  type SubscriptionWish,
} from '#fund'
import { actorKeys, standingOf } from '#identity'
import { fail, ok, type Result } from '#kernel'
import { accountId } from '#ledger'
import { guardKeys, recordEvent, type GuardParties } from '#risk'
import type { Actor, FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

export interface SubscribeInput {
  /** The client's own id: the same id again gets the first answer. */
  readonly requestId: string
  /** Fen. */
  readonly amount: bigint
}

interface Subscribe extends SubscriptionWish {
  readonly actor: Actor
}

/** Money stays with its owner and is safer there: the guard decides nothing, but remembers. */
const subscribe: Command<
  Subscribe,
  Result<FundOrder, SubscriptionError | 'session_expired' | 'customer_frozen'> & {
    undecided?: true
  }
> = {
  name: 'flows.subscribe',
  reads: (input) => [
    ...actorKeys(input.actor),
    ...guardKeys(partiesOf(input.actor)),
    ...subscriptionKeys(input),
  ],
  apply(state, { actor, ...wish }, now) {
    const standing = standingOf(state, actor, now)
    // Who signs in again may send the same request again.
    if (standing === 'session_expired') return { ...fail(standing), undecided: true }
    if (standing !== 'ok') return fail(standing)
    const placed = placeSubscription(state, wish, now)
    if (!placed.ok) return placed
    const { customerId, amount } = wish
    const parties = partiesOf(actor)
    recordEvent(state, { kind: 'subscribed', customerId, parties, amount }, now)
    return placed
  },
}

function partiesOf({ customerId, deviceId, network }: Actor): GuardParties {
  return { holder: accountId('2010', customerId), payeeHolder: null, deviceId, network }
}

/**
 * Moves money from the wallet into the fund: it counts for the dealing day of the next cut-off and
 * earns from that day's confirmation on.
 * Errors: order_too_small, insufficient_funds, holding_cap_exceeded, daily_subscription_exceeded,
 * calendar_horizon, customer_frozen, session_expired, and those of `submit`.
 */
export function createSubscribe(context: Pick<FlowContext, 'lane' | 'ids' | 'partners'>) {
  return async (actor: Actor, input: SubscribeInput): Promise<Result<FundOrder, Problem>> => {
    // Without a fund manager the money would wait for ever.
    if (context.partners.fundManager === undefined) {
      return fail({ code: 'partner_not_configured', param: 'fund_manager' })
    }
    const { amount, requestId } = input
    const { customerId } = actor
    const answer = await submit(context, subscribe, {
      owner: customerId,
      id: requestId,
      content: { amount },
      input: { actor, orderId: context.ids.next('ord'), customerId, amount },
    })
    if (!answer.ok) return answer
    const placed = answer.value
    return placed.ok ? ok(placed.value) : fail({ code: placed.error })
  }
}
