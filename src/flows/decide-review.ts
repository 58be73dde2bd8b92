import type { Command } from '#commit'
import {
  decideReview,
  review,
  type Review,
  reviewById,
  type ReviewLabel,
  type ReviewVerdict,
} from '#cases'
import { customerIn, customerKey, findPayee } from '#identity'
import { fail, invariant, ok, required, type Result } from '#kernel'
import { formatAmount } from '#money'
import { cleanChannels, notify } from '#notifications'
import { addLabel, type Label } from '#risk'
import { payment, type Payment, paymentById, type PaymentState } from '#wallet'
import { submitAudited } from './audited.ts'
import type { FlowContext, OperatorActor, Problem } from './context.ts'
import { endPaymentKeys, releasePayment, voidPayment } from './end-payment.ts'
import { mayAct } from './operator-roles.ts'

export interface DecideReviewInput {
  /** The client's idempotency key. */
  readonly requestId: string
  readonly reviewId: string
  readonly decision: 'release' | 'void'
  readonly label: ReviewLabel
  readonly reason: string
}

export interface DecidedReview {
  readonly review: Review
  readonly paymentState: PaymentState
}

export type DecideReview = (
  operator: OperatorActor,
  input: DecideReviewInput,
) => Promise<Result<DecidedReview, Problem>>

const labelFor: Record<ReviewLabel, Label> = {
  confirmed_theft: 'theft',
  false_alarm: 'honest',
  inconclusive: 'inconclusive',
}

const stillOpen = {
  state: 'open',
  endedAt: null,
  decidedBy: null,
  label: null,
  reason: null,
} as const

/**
 * An analyst ends a held payment, once: released to the payee, or voided and back with the payer.
 * Whoever is second (another analyst, the deadline, a report, the payer himself) is told in
 * `detail` what had come of it.
 * Errors: role_forbidden, review_not_found, review_ended, customer_frozen (a frozen customer's
 * money is not released), payee_cannot_receive.
 */
export function createDecideReview(context: FlowContext): DecideReview {
  return async (operator, { requestId, reviewId, decision, label, reason }) => {
    const allowed = mayAct(operator, 'decideReview')
    if (!allowed.ok) return allowed
    const waiting = await reviewById(context.sql, reviewId)
    const held = waiting && (await paymentById(context.sql, waiting.paymentId))
    if (!held || held.holdId === null) return fail({ code: 'review_not_found', param: 'id' })
    const payee = await findPayee(context.sql, held.payee)
    const { operatorId } = operator
    const verdict = { paymentId: held.id, operatorId, decision, label, reason }
    const decided = await submitAudited(context, operator, {
      command: decide,
      action: 'decideReview',
      subject: reviewId,
      reason,
      outcomeOf: (answer) => (answer.ok ? 'done' : answer.error.code),
      id: `review:${requestId}`,
      content: verdict,
      input: { verdict, held, payeeName: payee?.maskedName ?? held.payee },
    })
    if (!decided.ok) return decided
    return decided.value.ok ? ok(decided.value.value) : fail(decided.value.error)
  }
}

const decide: Command<
  { verdict: ReviewVerdict; held: Payment; payeeName: string },
  Result<DecidedReview, Problem>
> = {
  name: 'cases.decide_review',
  reads: ({ held }) => [customerKey(held.payer), ...endPaymentKeys(held)],
  apply(state, { verdict, held, payeeName }, now) {
    const { paymentId: id, decision, reason, operatorId: by, label } = verdict
    const release = decision === 'release'
    if (release && customerIn(state, held.payer).status === 'frozen') {
      return fail({ code: 'customer_frozen' })
    }
    const decided = decideReview(state, verdict, now)
    if (!decided.ok) {
      return decided.error === 'review_not_found'
        ? fail({ code: 'review_not_found', param: 'id' })
        : fail({ code: 'review_ended', detail: decided.error })
    }
    const present = required(state.get(payment, id), `payment ${id}`)
    const ended = release
      ? releasePayment(state, present, now)
      : voidPayment(state, { present, as: 'voided', reason }, now)
    if (!ended.ok) {
      invariant(ended.error === 'account_closed', `review of ${id} was open: ${ended.error}`)
      // Nothing moved: the review waits on.
      state.put(review, { ...decided.value, ...stillOpen })
      return fail({ code: 'payee_cannot_receive' })
    }
    addLabel(state, { subject: id, label: labelFor[label], by, reason }, now)
    const { payer: customerId, amount, state: paymentState } = ended.value
    const template = release ? 'payment_released' : 'payment_voided'
    const params = { amount: formatAmount(amount), payee: payeeName }
    notify(state, { customerId, channels: cleanChannels, template, params }, now)
    state.emit('review.decided', { paymentId: id, decision })
    return ok({ review: decided.value, paymentState })
  },
}
