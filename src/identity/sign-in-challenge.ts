import { defineRecord, freshKeyOf, keyOf, type Key, type View } from '#commit'
import { type Instant, minute } from '#kernel'

/**
 * A sign-in on a new device that waits for more proof: a code of the customer's app if he has one,
 * else a code by SMS where SMS proves something, else a tap on a device that is trusted already. It
 * is answered once, and only for the device that asked.
 */
export interface SignInChallenge {
  readonly id: string
  readonly customerId: string
  readonly deviceId: string
  readonly deviceName: string
  readonly kind: 'sms_code' | 'trusted_device' | 'totp'
  readonly openedAt: Instant
  readonly expiresAt: Instant
  readonly approvedAt: Instant | null
  readonly approvedOn: string | null
  readonly usedAt: Instant | null
}

export const signInChallenge = defineRecord<SignInChallenge>({
  name: 'identity.sign_in_challenge',
  key: 'id',
  fields: {
    id: 'text',
    customerId: 'text',
    deviceId: 'text',
    deviceName: 'text',
    kind: 'text',
    openedAt: 'instant',
    expiresAt: 'instant',
    approvedAt: 'instant',
    approvedOn: 'text',
    usedAt: 'instant',
  },
  constant: ['customerId', 'deviceId', 'deviceName', 'kind', 'openedAt', 'expiresAt'],
})

export const challengeLifeMs = 5 * minute

export function challengeKey(id: string): Key {
  return keyOf(signInChallenge, id)
}

export function freshChallengeKey(id: string): Key {
  return freshKeyOf(signInChallenge, id)
}

export type ChallengeError = 'challenge_not_found' | 'challenge_expired'

/** The challenge, if it is this customer's and still open. */
export function openChallenge(
  state: View,
  wanted: { id: string; customerId: string },
  now: Instant,
): SignInChallenge | ChallengeError {
  const found = state.get(signInChallenge, wanted.id)
  if (found === undefined || found.customerId !== wanted.customerId) return 'challenge_not_found'
  if (found.usedAt !== null) return 'challenge_not_found'
  return now >= found.expiresAt ? 'challenge_expired' : found
}
