/** A held payment before the analysts: the record, its keys and words. */
export {
  freshReviewKey, review, reviewIdOf, reviewKey, reviewLabels,
  type Review, type ReviewLabel, type ReviewState,
} from './review.ts'
/** In the command that holds the money. Throws when the payment was reviewed before. */
export { openReview, type HeldPayment } from './open-review.ts'
/**
 * decideReview: an analyst's word, once. Errors: review_not_found, review_released, review_voided,
 * review_expired. closeReview: the hold ended without an analyst: closed, none.
 */
export { closeReview, decideReview, type ReviewError, type ReviewVerdict } from './end-review.ts'
/** Reading: the queue by urgency, a review, the board's figures. No errors. */
export {
  endedReviews, openReviews, overdueReviews, queueFigures, reviewById, reviewFigures,
  reviewsOfCustomer, reviewUrgency, verifyReviews, type QueueFigures, type ReviewFigures,
} from './review-queries.ts'
