import type { View } from '#commit'
import { fail, type Instant, ok, type Result } from '#kernel'
import { review, type Review, reviewIdOf, type ReviewLabel } from './review.ts'

export interface ReviewVerdict {
  paymentId: string
  operatorId: string
  decision: 'release' | 'void'
  label: ReviewLabel
  reason: string
}

export type ReviewError =
  | 'review_not_found'
  | 'review_released'
  | 'review_voided'
  | 'review_expired'

/**
 * An analyst's decision, once. Whoever comes second is told what it came to. Past the deadline
 * it counts as expired, whether or not a job came round.
 * Errors: review_not_found, review_released, review_voided, review_expired.
 */
export function decideReview(
  state: View,
  verdict: ReviewVerdict,
  now: Instant,
): Result<Review, ReviewError> {
  const present = state.get(review, reviewIdOf(verdict.paymentId))
  if (present === undefined) return fail('review_not_found')
  if (present.state !== 'open') return fail(`review_${present.state}` as const)
  if (now >= present.deadline) return fail('review_expired')
  const ended: Review = {
    ...present,
    state: verdict.decision === 'release' ? 'released' : 'voided',
    endedAt: now,
    decidedBy: verdict.operatorId,
    label: verdict.label,
    reason: verdict.reason,
  }
  state.put(review, ended)
  return ok(ended)
}

/**
 * Takes a payment off the queue because its hold ended without an analyst: `expired` at its
 * deadline, `voided` when the payer cancelled it or reported a theft. Answers whether one was open.
 * `reads` needs `reviewKey(paymentId)`.
 */
export function closeReview(
  state: View,
  ending: { paymentId: string; as: 'expired' | 'voided'; reason: string },
  now: Instant,
): 'closed' | 'none' {
  const present = state.get(review, reviewIdOf(ending.paymentId))
  if (present === undefined || present.state !== 'open') return 'none'
  state.put(review, { ...present, state: ending.as, endedAt: now, reason: ending.reason })
  return 'closed'
}
