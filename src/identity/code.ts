import { defineRecord, keyOf, type Key, type View } from '#commit'
import { equalInConstantTime, hour, type Instant, minute, second } from '#kernel'

export type CodePurpose = 'sign_up' | 'sign_in' | 'reset'

/**
 * The one-time code of a phone number: there is one at a time, a new one replaces it. It is kept
 * as a keyed hash, dies after five wrong tries, five minutes, or its first use, and serves only the
 * purpose it was asked for.
 */
export interface OneTimeCode {
  /** The phone number, E.164. */
  readonly id: string
  readonly purpose: CodePurpose
  readonly digest: string
  readonly issuedAt: Instant
  readonly expiresAt: Instant
  readonly triesLeft: number
  readonly usedAt: Instant | null
  /** Codes sent since `windowFrom`; a new window begins after an hour. */
  readonly sentInWindow: number
  readonly windowFrom: Instant
}

export const oneTimeCode = defineRecord<OneTimeCode>({
  name: 'identity.code',
  key: 'id',
  fields: {
    id: 'text',
    purpose: 'text',
    digest: 'text',
    issuedAt: 'instant',
    expiresAt: 'instant',
    triesLeft: 'integer',
    usedAt: 'instant',
    sentInWindow: 'integer',
    windowFrom: 'instant',
  },
})

export const codeTries = 5
export const codeLifeMs = 5 * minute
/** A customer may ask again after so long. */
export const codeResendMs = 60 * second
export const codesPerHour = 5

export function codeKey(phone: string): Key {
  return keyOf(oneTimeCode, phone)
}

/** Notes a new code for a phone. Errors: rate_limited after five within an hour. */
export function issueCode(
  state: View,
  issued: { phone: string; purpose: CodePurpose; digest: string; lifeMs: number },
  now: Instant,
): 'issued' | 'rate_limited' {
  const { phone, purpose, digest, lifeMs } = issued
  const before = state.get(oneTimeCode, phone)
  const sameWindow = before !== undefined && now - before.windowFrom < hour
  const sent = sameWindow ? before.sentInWindow : 0
  if (sent >= codesPerHour) return 'rate_limited'
  state.put(oneTimeCode, {
    id: phone,
    purpose,
    digest,
    issuedAt: now,
    expiresAt: now + lifeMs,
    triesLeft: codeTries,
    usedAt: null,
    sentInWindow: sent + 1,
    windowFrom: sameWindow ? before.windowFrom : now,
  })
  return 'issued'
}

export type CodeError = 'code_not_requested' | 'code_expired' | 'code_wrong'
/** `used`: it fits, but somebody was faster with this very code. */
export type CodeVerdict = 'fits' | 'used' | CodeError

/**
 * Tries a code. A wrong one costs a try, at once and for good. A right one is not yet used up:
 * `useCode` does that, when the rest of the request holds, too.
 */
export function tryCode(
  state: View,
  tried: { phone: string; purpose: CodePurpose; digest: string },
  now: Instant,
): CodeVerdict {
  const code = state.get(oneTimeCode, tried.phone)
  if (code === undefined || code.purpose !== tried.purpose) return 'code_not_requested'
  if (now >= code.expiresAt || code.triesLeft === 0) return 'code_expired'
  if (!equalInConstantTime(code.digest, tried.digest)) {
    if (code.usedAt !== null) return 'code_expired'
    state.put(oneTimeCode, { ...code, triesLeft: code.triesLeft - 1 })
    return 'code_wrong'
  }
  return code.usedAt === null ? 'fits' : 'used'
}

/** Uses the code up: it serves once. */
export function useCode(state: View, phone: string, now: Instant): void {
  const code = state.get(oneTimeCode, phone)
  if (code !== undefined) state.put(oneTimeCode, { ...code, usedAt: now })
}

/** Takes a try although the code fitted: what came with it did not. */
export function spendTry(state: View, phone: string): void {
  const code = state.get(oneTimeCode, phone)
  if (code !== undefined && code.triesLeft > 0) {
    state.put(oneTimeCode, { ...code, triesLeft: code.triesLeft - 1 })
  }
}
