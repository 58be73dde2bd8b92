import type { Command, View } from '#commit'
import {
  type FundOrder,
  orderById,
  parametersOn,
  placeSubscription,
  type SubscriptionError,
  subscriptionKeys,
  type SubscriptionWish,
} from '#fund'
import { type Claim, claim, claimById, claimKey, missedUnits, noRebuy, noteRebuy } from '#guarantee'
import { fail, type Instant, localDateOf, ok, type Result } from '#kernel'
import { account, accountId, balanceOf } from '#ledger'
import { smaller } from '#money'
import type { FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

export type RebuyUnits = (claimId: string) => Promise<Result<Claim, Problem>>

interface Rebuying {
  readonly claimId: string
  readonly customerId: string
  readonly orderId: string
  /** Fen that the victim would have in the fund. */
  readonly amount: bigint
  readonly what: 'principal' | 'income'
  /** An order of this claim that the fund rejected. */
  readonly replaces: string | null
}

/**
 * Puts a victim's money back into the fund at the next cut-off: what a thief had redeemed, as soon
 * as the principal is whole, and later the income missed. A frozen customer's money stays his own,
 * so this is no payment. Errors: claim_not_found, claim_not_open, calendar_horizon.
 */
export function createRebuyUnits(context: FlowContext): RebuyUnits {
  return async (claimId) => {
    const present = await claimById(context.sql, claimId)
    if (present === undefined) return fail({ code: 'claim_not_found' })
    const what = present.state === 'closed' ? 'income' : 'principal'
    const amount = what === 'income' ? present.incomePaid : missedUnits(present)
    const replaces = what === 'income' ? null : present.rebuyOrderId
    if (replaces !== null && !(await isRejected(context, replaces))) return ok(present)
    const orderId = context.ids.next('ord')
    const rebuying = { claimId, customerId: present.customerId, amount, what, replaces } as const
    const placed = await submit(context, rebuy, {
      owner: 'system',
      id: `rebuy:${claimId}:${what}:${replaces ?? 'first'}`,
      content: rebuying,
      input: { ...rebuying, orderId },
    })
    if (!placed.ok) return placed
    return placed.value.ok ? ok(placed.value.value) : fail({ code: placed.value.error })
  }
}

async function isRejected(context: FlowContext, orderId: string): Promise<boolean> {
  return orderId !== noRebuy && (await orderById(context.sql, orderId))?.state === 'rejected'
}

type RebuyError = 'claim_not_found' | 'claim_not_open' | 'calendar_horizon'

const rebuy: Command<Rebuying, Result<Claim, RebuyError>> = {
  name: 'guarantee.rebuy_units',
  reads: (input) => [claimKey(input.claimId), ...subscriptionKeys(input)],
  apply(state, input, now) {
    const present = state.get(claim, input.claimId)
    if (present === undefined) return fail('claim_not_found')
    const { what, claimId, replaces } = input
    if (what === 'principal' && present.state !== 'paid') return fail('claim_not_open')
    if (what === 'income' && present.state !== 'closed') return fail('claim_not_open')
    const placed = placeWhatFits(state, input, now)
    if (!placed.ok) return placed
    if (what === 'income') return ok(present)
    const order = placed.value
    if (order === null) {
      const earnsFrom = localDateOf(now)
      return noteRebuy(state, { claimId, orderId: noRebuy, replaces, amount: 0n, earnsFrom })
    }
    const { id: orderId, amount, confirmationDay: earnsFrom } = order
    return noteRebuy(state, { claimId, orderId, replaces, amount, earnsFrom })
  },
}

/**
 * Subscribes the amount, or as much of it as the wallet and the product's caps of the day allow:
 * the rest stays in the wallet. `null`: nothing fits.
 */
function placeWhatFits(
  state: View,
  input: Rebuying,
  now: Instant,
): Result<FundOrder | null, 'calendar_horizon'> {
  const { orderId, customerId } = input
  const wallet = state.get(account, accountId('2010', customerId))
  const available = wallet === undefined ? 0n : balanceOf(wallet).available
  const wanted = smaller(input.amount, available)
  const cap = parametersOn(localDateOf(now)).dailySubscriptionCapFen
  const amounts = cap === null || cap >= wanted ? [wanted] : [wanted, cap]
  for (const amount of amounts) {
    if (amount <= 0n) continue
    const wish: SubscriptionWish = { orderId, customerId, amount }
    const placed = placeSubscription(state, wish, now)
    if (placed.ok) return placed
    if (!isCap(placed.error)) {
      if (placed.error === 'calendar_horizon') return fail('calendar_horizon')
      throw new Error(`buying units again for ${input.claimId}: ${placed.error}`)
    }
  }
  return ok(null)
}

function isCap(error: SubscriptionError): boolean {
  return (
    error === 'daily_subscription_exceeded' ||
    error === 'holding_cap_exceeded' ||
    error === 'subscriptions_suspended' ||
    error === 'fund_quota_not_open' ||
    error === 'fund_quota_used' ||
    error === 'order_too_small'
  )
}
