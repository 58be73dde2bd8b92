import type { Payment } from '#contract'

// What a device with a key signs, byte for byte as the server makes the text again (docs/reference
// of identity): a signature is for this act alone.

/** The amount in fen, the payee by id. */
export function paymentApproval({ id, amount, payee }: Payment): string {
  const fen = BigInt(amount.replace('.', ''))
  return `coffer payment approval v1\n${id}\n${fen}\n${payee.customer_id}`
}

export function redemptionApproval(orderId: string): string {
  return `coffer redemption approval v1\n${orderId}`
}

export function signInApproval(challengeId: string): string {
  return `coffer sign-in approval v1\n${challengeId}`
}

export function sessionRotation(sessionId: string): string {
  return `coffer session rotation v1\n${sessionId}`
}
