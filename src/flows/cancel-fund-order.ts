import type { Command } from '#commit'
import {
  cancelKeys,
  cancelOrder,
  orderById,
  type CancelOrderError,
  type FundOrder,
  type OrderView,
} from '#fund'
import { actorKeys, standingOf } from '#identity'
import { fail, ok, type Result } from '#kernel'
import type { Actor, FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

type Refusal = CancelOrderError | 'session_expired' | 'customer_frozen'

/**
 * Unlike a payment that is called back, this brings money nearer to the way out: who is frozen
 * leaves his orders as they are.
 */
const cancel: Command<
  { actor: Actor; order: Pick<OrderView, 'id' | 'customerId' | 'kind' | 'dealingDay'> },
  Result<FundOrder, Refusal> & { undecided?: true }
> = {
  name: 'flows.cancel_fund_order',
  reads: ({ actor, order }) => [...actorKeys(actor), ...cancelKeys(order)],
  apply(state, { actor, order }, now) {
    const standing = standingOf(state, actor, now)
    if (standing === 'session_expired') return { ...fail(standing), undecided: true }
    if (standing !== 'ok') return fail(standing)
    return cancelOrder(state, order, now)
  },
}

/**
 * Takes a subscription or a normal redemption back before the cut-off of its dealing day: the money
 * (or the units) are free again at once. Errors: order_not_found, order_not_open,
 * order_past_cut_off, customer_frozen, session_expired, and those of `submit`.
 */
export function createCancelFundOrder(context: Pick<FlowContext, 'lane' | 'sql'>) {
  return async (
    actor: Actor,
    input: { requestId: string; orderId: string },
  ): Promise<Result<FundOrder, Problem>> => {
    const present = await orderById(context.sql, input.orderId)
    if (present?.customerId !== actor.customerId) return fail({ code: 'order_not_found' })
    const { id, customerId, kind, dealingDay } = present
    const answer = await submit(context, cancel, {
      owner: customerId,
      id: `cancel:${input.requestId}`,
      content: { orderId: id },
      input: { actor, order: { id, customerId, kind, dealingDay } },
    })
    if (!answer.ok) return answer
    const done = answer.value
    return done.ok ? ok(done.value) : fail({ code: done.error })
  }
}
