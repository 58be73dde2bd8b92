import { defineRecord, freshKeyOf, keyOf, type Key } from '#commit'
import type { Instant } from '#kernel'

/** What the held payment turned out to be, in the analyst's word. */
export const reviewLabels = ['confirmed_theft', 'false_alarm', 'inconclusive'] as const
export type ReviewLabel = (typeof reviewLabels)[number]

export type ReviewState = 'open' | 'released' | 'voided' | 'expired'

/**
 * A held payment that waits for an analyst. It is opened in the command that holds the money and
 * ends exactly once: released (the money goes on), voided (by an analyst, by the payer or by a
 * report: money back) or expired (nobody decided by the deadline: money back).
 */
export interface Review {
  id: string
  paymentId: string
  customerId: string
  /** Fen. */
  amount: bigint
  /** Of the guard's decision, 0-100. */
  score: number
  decisionId: string | null
  state: ReviewState
  openedAt: Instant
  /** From this moment the hold counts as ended. */
  deadline: Instant
  endedAt: Instant | null
  /** Operator's id; null when nobody decided (expired, cancelled by the payer, reported). */
  decidedBy: string | null
  label: ReviewLabel | null
  reason: string | null
}

export const review = defineRecord<Review>({
  name: 'cases.review',
  key: 'id',
  fields: {
    id: 'text',
    paymentId: 'text',
    customerId: 'text',
    amount: 'bigint',
    score: 'integer',
    decisionId: 'text',
    state: 'text',
    openedAt: 'instant',
    deadline: 'instant',
    endedAt: 'instant',
    decidedBy: 'text',
    label: 'text',
    reason: 'text',
  },
  constant: ['paymentId', 'customerId', 'amount', 'score', 'decisionId', 'openedAt', 'deadline'],
})

/** A payment has at most one review: `pay_x` is reviewed as `rev_x`. */
export function reviewIdOf(paymentId: string): string {
  return `rev_${paymentId.replace(/^pay_/, '')}`
}

export function reviewKey(paymentId: string): Key {
  return keyOf(review, reviewIdOf(paymentId))
}

/** For the command that makes the payment: its review cannot be there yet. */
export function freshReviewKey(paymentId: string): Key {
  return freshKeyOf(review, reviewIdOf(paymentId))
}
