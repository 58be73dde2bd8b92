import { ok } from '#kernel'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { pageAsked, pageShown } from '../page-of.ts'
import { operatorClaimOf } from '../presenters/operators.ts'

type Names = 'listOperatorClaims' | 'getOperatorClaim' | 'approveClaim'

export function claimHandlers({ flows }: HandlerOptions): Handlers<Names> {
  return {
    async listOperatorClaims({ operator, query }) {
      const page = { state: query.state, ...pageAsked(query) }
      const found = await flows.readOperatorClaims(operator, page)
      return found.ok ? ok(pageShown(found.value, query.limit, operatorClaimOf)) : found
    },
    async getOperatorClaim({ operator, params }) {
      const found = await flows.readOperatorClaim(operator, params.id)
      return found.ok ? ok(operatorClaimOf(found.value)) : found
    },
    async approveClaim({ operator, key: requestId, params, body }) {
      const claimId = params.id
      const judged = await flows.approveClaim(operator, { requestId, claimId, ...body })
      if (!judged.ok) return judged
      const found = await flows.readOperatorClaim(operator, claimId)
      return found.ok ? ok(operatorClaimOf(found.value)) : found
    },
  }
}
