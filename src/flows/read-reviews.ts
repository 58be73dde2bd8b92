import { endedReviews, openReviews, reviewById, type Review } from '#cases'
import { findOperators } from '#identity'
import { fail, ok, type Result } from '#kernel'
import { decisionsByIds } from '#risk'
import { paymentById, paymentsByIds, type Payment } from '#wallet'
import type { FlowContext, Problem } from './context.ts'
import { createReadDecision, createShowDecisions, type DecisionView } from './read-decisions.ts'
import type { ExplainedDecision } from './read-decisions.ts'
import { readParties, type Party } from './read-parties.ts'
import { pageOfList } from './read-reports.ts'
import { createReadTimeline, type TimelineItem } from './read-timeline.ts'

/** One line of the queue. */
export interface ReviewSummaryView {
  readonly review: Review
  readonly payer: Party
  readonly payee: Party
  readonly decision: DecisionView | null
}

/** All that an analyst needs to decide. */
export interface ReviewView extends ReviewSummaryView {
  readonly payment: Payment
  readonly explained: ExplainedDecision | null
  readonly timeline: readonly TimelineItem[]
  readonly decidedBy: string | null
}

/** So many open reviews are ordered by urgency; more than any desk can look at. */
const mostOpen = 500

/** Open ones most urgent first; ended ones newest first. Errors: cursor_unknown. */
export function createReadReviews(context: Pick<FlowContext, 'sql' | 'now'>) {
  const { sql } = context
  const showDecisions = createShowDecisions(context)
  async function show(reviews: readonly Review[]): Promise<ReviewSummaryView[]> {
    const ids = reviews.map(({ paymentId }) => paymentId)
    const decisionIds = reviews.map(({ decisionId }) => decisionId).filter((id) => id !== null)
    const [payments, rows] = await Promise.all([
      paymentsByIds(sql, ids),
      decisionsByIds(sql, decisionIds),
    ])
    const decisions = await showDecisions(rows)
    const people = payments.flatMap(({ payer, payee }) => [payer, payee])
    const partyOf = await readParties(context, people, 'staff')
    return reviews.map((review) => ({
      review,
      payer: partyOf(review.customerId),
      payee: partyOf(payments.find(({ id }) => id === review.paymentId)?.payee ?? ''),
      decision: decisions.find(({ row }) => row.id === review.decisionId) ?? null,
    }))
  }
  return async (page: {
    state: 'open' | 'ended'
    limit: number
    after?: string
  }): Promise<Result<ReviewSummaryView[], Problem>> => {
    const { state, ...rest } = page
    if (state === 'ended') return ok(await show(await endedReviews(sql, rest)))
    const listed = pageOfList(await openReviews(sql, context.now(), mostOpen), rest)
    return listed.ok ? ok(await show(listed.value)) : listed
  }
}

/** One held payment with facts, every rule's value and its timeline. Errors: review_not_found. */
export function createReadReview(context: Pick<FlowContext, 'sql' | 'now'>) {
  const { sql } = context
  const readDecision = createReadDecision(context)
  const readTimeline = createReadTimeline(context)
  return async (id: string): Promise<Result<ReviewView, Problem>> => {
    const review = await reviewById(sql, id)
    const payment = review && (await paymentById(sql, review.paymentId))
    if (!review || !payment) return fail({ code: 'review_not_found', param: 'id' })
    const { decidedBy, decisionId } = review
    const [partyOf, explained, timeline, operators] = await Promise.all([
      readParties(context, [payment.payer, payment.payee], 'staff'),
      decisionId === null ? null : readDecision(decisionId),
      readTimeline(payment),
      findOperators(sql, decidedBy === null ? [] : [decidedBy]),
    ])
    const known = explained?.ok === true ? explained.value : null
    return ok({
      review,
      payment,
      payer: partyOf(payment.payer),
      payee: partyOf(payment.payee),
      decision: known,
      explained: known,
      timeline,
      decidedBy: operators[0]?.name ?? decidedBy,
    })
  }
}
