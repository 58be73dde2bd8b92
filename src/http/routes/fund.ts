import { ok } from '#kernel'
import { fenOf } from '../fen-of.ts'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { pageAsked, pageShown } from '../page-of.ts'
import { fundOf, fundOrderOf } from '../presenters/fund.ts'
import { approvalIn } from '../approval-in.ts'

type Names =
  | 'getFund'
  | 'subscribe'
  | 'redeem'
  | 'listFundOrders'
  | 'approveRedemption'
  | 'cancelFundOrder'

export function fundHandlers({ flows }: HandlerOptions): Handlers<Names> {
  return {
    getFund: async () => ok(fundOf(await flows.readFund())),
    async subscribe({ actor, key: requestId, body }) {
      const placed = await flows.subscribe(actor, { requestId, amount: fenOf(body.amount) })
      return placed.ok ? ok(fundOrderOf(placed.value)) : placed
    },
    async redeem({ actor, key: requestId, body }) {
      const { amount, speed } = body
      const placed = await flows.redeem(actor, { requestId, amount: fenOf(amount), speed })
      if (!placed.ok) return placed
      const { order, decision } = placed.value
      return ok(fundOrderOf(order, decision))
    },
    async listFundOrders({ actor, query }) {
      const orders = await flows.readOrders(actor, pageAsked(query))
      return ok(pageShown(orders, query.limit, (order) => fundOrderOf(order)))
    },
    async cancelFundOrder({ actor, key: requestId, params }) {
      const cancelled = await flows.cancelFundOrder(actor, { requestId, orderId: params.id })
      return cancelled.ok ? ok(fundOrderOf(cancelled.value)) : cancelled
    },
    async approveRedemption({ actor, params, body }) {
      const wish = { orderId: params.id, ...approvalIn(body) }
      const placed = await flows.approveRedemption(actor, wish)
      return placed.ok ? ok(fundOrderOf(placed.value)) : placed
    },
  }
}
