import type { Command } from '#commit'
import { dealingCalendar } from '#fund'
import { type Claim, claimById, judgeClaim, judgementKeys, rulePacks } from '#guarantee'
import type { ClaimJudgement, Judged, JudgementError } from '#guarantee'
import { addDays, fail, type Instant, localDateOf, ok, type Result, startOfLocalDay } from '#kernel'
import { formatAmount } from '#money'
import { cleanChannels, notify } from '#notifications'
import { submitAudited } from './audited.ts'
import type { FlowContext, OperatorActor, Problem } from './context.ts'
import { mayAct } from './operator-roles.ts'

export interface ApproveClaimInput {
  /** The client's idempotency key. */
  readonly requestId: string
  readonly claimId: string
  readonly decision: 'approve' | 'decline'
  readonly reason: string
}

export type ApproveClaim = (
  operator: OperatorActor,
  input: ApproveClaimInput,
) => Promise<Result<Judged, Problem>>

/**
 * One operator's word on a claim: the first decision, or the second person's approval of it. Which
 * of the two it is follows from the claim under the lane, so two operators at once cannot both be
 * first.
 * Errors: role_forbidden, claim_not_found, claim_not_open, approver_is_maker.
 */
export function createApproveClaim(context: FlowContext): ApproveClaim {
  return async (operator, { requestId, claimId, decision, reason }) => {
    const allowed = mayAct(operator, 'approveClaim')
    if (!allowed.ok) return allowed
    const present = await claimById(context.sql, claimId)
    if (present === undefined) return fail({ code: 'claim_not_found', param: 'id' })
    const { operatorId } = operator
    const judgement = { claimId, operatorId, decision, reason }
    const judged = await submitAudited(context, operator, {
      command: judge,
      action: 'approveClaim',
      subject: claimId,
      reason,
      outcomeOf: (answer) => (answer.ok ? 'done' : answer.error),
      id: `claim:${requestId}`,
      content: judgement,
      input: { ...judgement, payDue: payDue(present, context.now()) },
    })
    if (!judged.ok) return judged
    return judged.value.ok ? ok(judged.value.value) : fail({ code: judged.value.error })
  }
}

/** The end of the last business day on which the victim may still be paid. */
function payDue(present: Claim, now: Instant): Instant {
  let date = localDateOf(now)
  const days = rulePacks.get(present.pack)?.payWithinBusinessDays ?? 1
  for (let i = 0; i < days; i += 1) date = dealingCalendar.nextDealingDay(date)
  return startOfLocalDay(addDays(date, 1))
}

const judge: Command<ClaimJudgement, Result<Judged, JudgementError>> = {
  name: 'guarantee.judge_claim',
  reads: ({ claimId }) => judgementKeys(claimId),
  apply(state, judgement, now) {
    const judged = judgeClaim(state, judgement, now)
    if (!judged.ok) return judged
    const { claim, outcome } = judged.value
    const told = { customerId: claim.customerId, channels: cleanChannels }
    if (outcome === 'accepted') {
      state.emit('claim.accepted', { claimId: claim.id })
      const params = { amount: formatAmount(claim.principalAccepted) }
      notify(state, { ...told, template: 'claim_approved', params }, now)
    }
    if (outcome === 'declined') {
      notify(
        state,
        { ...told, template: 'claim_refused', params: { reason: judgement.reason } },
        now,
      )
    }
    return judged
  },
}
