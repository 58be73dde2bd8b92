import type { Instant, LocalDate, Result } from '#kernel'
import type { PassingFailure } from '../passing-failure.ts'

export const insurerRefusals = [
  'cover_not_found',
  'cover_not_in_force',
  'claim_not_found',
  'claim_not_approved',
  'amount_invalid',
  'insufficient_funds',
  'reference_reused',
] as const
export type InsurerRefusal = (typeof insurerRefusals)[number]
export type InsurerError = InsurerRefusal | PassingFailure

/** What the insurer carries; all amounts in fen. */
export interface CoverTerms {
  /** First and last day on which a loss is covered. */
  readonly startsOn: LocalDate
  readonly endsOn: LocalDate
  readonly perEventLimit: bigint
  readonly aggregateLimit: bigint
  /** Taken off every claim. */
  readonly deductible: bigint
  /** Fen for one million account-months: 0.40 yuan a year is 3,333,333. */
  readonly premiumPerMillion: bigint
}

export interface BoundCover extends CoverTerms {
  /** The reference it was bound with. */
  readonly coverId: string
}

export interface PremiumNotice {
  readonly reference: string
  readonly coverId: string
  /** 'YYYY-MM'. */
  readonly month: string
  readonly accounts: number
  /** Fen: paid by a move at the bank, `operator` to `insurer`. */
  readonly amount: bigint
}

export interface ClaimNotice {
  /** Our claim's id; also the reference. */
  readonly claimId: string
  readonly coverId: string
  readonly lostOn: LocalDate
  /** Fen, above zero. */
  readonly amount: bigint
  /** What the insurer is told and where its proof is: `{ sha256: '…', summary: '…' }`. */
  readonly evidence: Readonly<Record<string, string>>
}

export type ClaimDecision =
  | { readonly status: 'pending'; readonly claimId: string }
  | { readonly status: 'approved'; readonly claimId: string; readonly amount: bigint }
  | { readonly status: 'declined'; readonly claimId: string; readonly reason: string }

export interface Remittance {
  readonly claimId: string
  readonly amount: bigint
  /** Of the movement `insurer` to `reserve` at the bank. */
  readonly bankReference: string
  readonly at: Instant
}

export interface InsurerTotals {
  readonly claimsNotified: number
  readonly notified: bigint
  readonly approved: bigint
  readonly paid: bigint
  /** Premium noticed to the insurer. */
  readonly premium: bigint
}

/** The insurer of what thieves get away with. Idempotent by reference or claim id. */
export interface Insurer {
  /** Errors: amount_invalid, reference_reused. */
  bindCover(terms: { reference: string } & CoverTerms): Promise<Result<BoundCover, InsurerError>>
  /** Errors: cover_not_found, amount_invalid, reference_reused. */
  noticePremium(notice: PremiumNotice): Promise<Result<PremiumNotice, InsurerError>>
  /** Errors: cover_not_found, cover_not_in_force, amount_invalid, reference_reused. */
  notifyClaim(notice: ClaimNotice): Promise<Result<ClaimNotice, InsurerError>>
  /** Errors: claim_not_found. */
  decision(claimId: string): Promise<Result<ClaimDecision, InsurerError>>
  /**
   * Asks for the money of an approved claim; the insurer pays once, whole, into `reserve`.
   * Errors: claim_not_found, claim_not_approved, insufficient_funds.
   */
  remit(claimId: string): Promise<Result<Remittance, InsurerError>>
  totals(): Promise<Result<InsurerTotals, InsurerError>>
}
