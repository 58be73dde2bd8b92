import { ok } from '#kernel'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { pageAsked, pageShown } from '../page-of.ts'
import { decisionOf, decisionSummaryOf } from '../presenters/guard.ts'

type Names = 'listDecisions' | 'getDecision'

export function decisionHandlers({ flows }: HandlerOptions): Handlers<Names> {
  return {
    async listDecisions({ query }) {
      const { outcome, customer_id: customerId } = query
      const found = await flows.readDecisions({
        ...pageAsked(query),
        ...(outcome !== undefined && { outcome }),
        ...(customerId !== undefined && { customerId }),
      })
      return found.ok ? ok(pageShown(found.value, query.limit, decisionSummaryOf)) : found
    },
    async getDecision({ params }) {
      const found = await flows.readDecision(params.id)
      return found.ok ? ok(decisionOf(found.value)) : found
    },
  }
}
