import type { Command } from '#commit'
import {
  clearStandingOrder,
  setStandingOrder,
  standingOrderKey,
  standingOrderOf,
  type StandingOrder,
} from '#fund'
import { actorKeys, standingOf } from '#identity'
import { fail, ok, type Result } from '#kernel'
import type { Actor, FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

type Refusal = 'session_expired' | 'customer_frozen' | 'standing_order_not_found'

/** `keepFen` null ends it. Ending moves nothing, so who is frozen may do that. */
const change: Command<
  { actor: Actor; keepFen: bigint | null },
  Result<StandingOrder, Refusal> & { undecided?: true }
> = {
  name: 'flows.change_standing_order',
  reads: ({ actor }) => [...actorKeys(actor), standingOrderKey(actor.customerId)],
  apply(state, { actor, keepFen }, now) {
    const { customerId } = actor
    const standing = standingOf(state, actor, now)
    if (standing === 'session_expired') return { ...fail(standing), undecided: true }
    if (keepFen !== null) {
      if (standing !== 'ok') return fail(standing)
      return ok(setStandingOrder(state, { customerId, keepFen }, now))
    }
    const ended = clearStandingOrder(state, customerId, now)
    return ended === null ? fail('standing_order_not_found') : ok(ended)
  },
}

/**
 * Sets a customer's standing order: what the wallet holds above `keepFen` goes into the fund every
 * day; null ends it. Errors: standing_order_not_found (nothing to end), customer_frozen,
 * session_expired, partner_not_configured, and those of `submit`.
 */
export function createChangeStandingOrder(context: Pick<FlowContext, 'lane' | 'partners'>) {
  return async (
    actor: Actor,
    input: { requestId: string; keepFen: bigint | null },
  ): Promise<Result<StandingOrder, Problem>> => {
    if (context.partners.fundManager === undefined) {
      return fail({ code: 'partner_not_configured', param: 'fund_manager' })
    }
    const { requestId, keepFen } = input
    const answer = await submit(context, change, {
      owner: actor.customerId,
      id: requestId,
      content: { standingOrder: keepFen },
      input: { actor, keepFen },
    })
    if (!answer.ok) return answer
    const done = answer.value
    return done.ok ? ok(done.value) : fail({ code: done.error })
  }
}

/** A customer's standing order; null: none, or ended. */
export function createReadStandingOrder(context: Pick<FlowContext, 'sql'>) {
  return async ({ customerId }: Pick<Actor, 'customerId'>): Promise<StandingOrder | null> => {
    const found = await standingOrderOf(context.sql, customerId)
    return found?.active === true ? found : null
  }
}
