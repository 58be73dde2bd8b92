import type { FlowProblem } from '#flows'
import { ok, type Result } from '#kernel'
import type { Customer } from '#contract'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { pageAsked, pageShown } from '../page-of.ts'
import { reviewOf, reviewSummaryOf } from '../presenters/guard.ts'
import { customerOf } from '../presenters/identity.ts'

type Names = 'listReviews' | 'getReview' | 'decideReview' | 'freezeCustomer' | 'unfreezeCustomer'

export function reviewHandlers({ flows }: HandlerOptions): Handlers<Names> {
  async function standing(
    customerId: string,
  ): Promise<Result<{ customer: Customer }, FlowProblem>> {
    const found = await flows.readCustomer(customerId)
    return found.ok ? ok({ customer: customerOf(found.value) }) : found
  }
  return {
    async listReviews({ query }) {
      const found = await flows.readReviews({ state: query.state, ...pageAsked(query) })
      return found.ok ? ok(pageShown(found.value, query.limit, reviewSummaryOf)) : found
    },
    async getReview({ params }) {
      const found = await flows.readReview(params.id)
      return found.ok ? ok(reviewOf(found.value)) : found
    },
    async decideReview({ operator, key: requestId, params, body }) {
      const reviewId = params.id
      const decided = await flows.decideReview(operator, { requestId, reviewId, ...body })
      if (!decided.ok) return decided
      const found = await flows.readReview(reviewId)
      return found.ok ? ok(reviewOf(found.value)) : found
    },
    async freezeCustomer({ operator, key: requestId, params, body }) {
      const wish = { requestId, customerId: params.id, reason: body.reason }
      const frozen = await flows.freezeByOperator(operator, wish)
      return frozen.ok ? standing(params.id) : frozen
    },
    async unfreezeCustomer({ operator, key: requestId, params }) {
      const lifted = await flows.unfreezeByOperator(operator, { requestId, customerId: params.id })
      return lifted.ok ? standing(params.id) : lifted
    },
  }
}
