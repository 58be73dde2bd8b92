import type { View } from '#commit'
import { type Instant, invariant } from '#kernel'
import { review, type Review, reviewIdOf } from './review.ts'

export interface HeldPayment {
  paymentId: string
  customerId: string
  /** Fen. */
  amount: bigint
  /** 0-100. */
  score: number
  decisionId: string | null
  deadline: Instant
}

/**
 * Puts a held payment before the analysts, in the command that holds its money. `reads` needs
 * `freshReviewKey(paymentId)` (or `reviewKey` when the payment existed before).
 */
export function openReview(state: View, held: HeldPayment, now: Instant): Review {
  const id = reviewIdOf(held.paymentId)
  invariant(state.get(review, id) === undefined, `${held.paymentId} was reviewed before`)
  const opened: Review = {
    id,
    paymentId: held.paymentId,
    customerId: held.customerId,
    amount: held.amount,
    score: Math.round(held.score),
    decisionId: held.decisionId,
    state: 'open',
    openedAt: now,
    deadline: held.deadline,
    endedAt: null,
    decidedBy: null,
    label: null,
    reason: null,
  }
  state.put(review, opened)
  return opened
}
