import { sha256Hex } from '#kernel'

/** What a customer's word about a payment is bound to: nothing of it may differ. */
export interface ApprovedPayment {
  readonly id: string
  /** Fen. */
  readonly amount: bigint
  /** The payee's customer id. */
  readonly payee: string
}

/**
 * The bytes that a trusted device signs when it approves a payment. Ids hold no line break, so no
 * two payments have the same text.
 */
export function paymentApprovalText({ id, amount, payee }: ApprovedPayment): string {
  return `coffer payment approval v1\n${id}\n${amount}\n${payee}`
}

/** The bytes it signs when it vouches for a sign-in elsewhere. */
export function signInApprovalText(challengeId: string): string {
  return `coffer sign-in approval v1\n${challengeId}`
}

/** The bytes it signs when it approves a redemption. */
export function redemptionApprovalText(orderId: string): string {
  return `coffer redemption approval v1\n${orderId}`
}

/** The bytes it signs when the token of its session is exchanged. */
export function rotationText(sessionId: string): string {
  return `coffer session rotation v1\n${sessionId}`
}

/** Base64url of SHA-256: what WebAuthn takes as a challenge. */
export function challengeOf(text: string): string {
  return Buffer.from(sha256Hex(text), 'hex').toString('base64url')
}
