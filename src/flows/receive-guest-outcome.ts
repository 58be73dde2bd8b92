import { fail, ok, type Result } from '#kernel'
import { guestDecisionById, takeGuestOutcome, type TakeGuestOutcome } from '#risk'
import type { FlowContext, Problem } from './context.ts'
import { submit } from './submit.ts'

export interface GuestOutcomeInput extends Pick<TakeGuestOutcome, 'end' | 'label'> {
  readonly requestId: string
  readonly decisionId: string
}

/**
 * Notes what became of a decision for another wallet, and what it turned out to be.
 * Errors: decision_not_found, outcome_differs, id_reused, unavailable.
 */
export function createReceiveGuestOutcome(context: FlowContext) {
  return async (
    input: GuestOutcomeInput,
  ): Promise<Result<{ readonly state: 'open' | 'done' | 'stopped' }, Problem>> => {
    const { requestId, decisionId, end, label } = input
    const decision = await guestDecisionById(context.sql, decisionId)
    if (decision === null) return fail({ code: 'decision_not_found' })
    const taken = await submit(context, takeGuestOutcome, {
      owner: 'guard',
      id: `outcome:${requestId}`,
      content: { decisionId, end, label },
      input: { decision, end, label },
    })
    if (!taken.ok) return taken
    if ('refused' in taken.value) return fail({ code: taken.value.refused })
    return ok(taken.value)
  }
}
