import { defineRecord, keyOf, type Key, type View } from '#commit'
import { hour, type Instant } from '#kernel'

/**
 * Challenges opened for a customer's sign-ins. A thief with the password could ask "is this you?"
 * until the owner taps yes to have peace: after a few an hour nobody is asked any more. The owner
 * is not shut out by it: his trusted device, and a passkey, are never challenged.
 */
export interface ChallengeCount {
  /** The customer's id. */
  readonly id: string
  readonly opened: number
  readonly since: Instant
}

const challengeCount = defineRecord<ChallengeCount>({
  name: 'identity.challenge_count',
  key: 'id',
  fields: { id: 'text', opened: 'integer', since: 'instant' },
})

export const challengesPerHour = 6

export function challengeCountKey(customerId: string): Key {
  return keyOf(challengeCount, customerId)
}

/** Counts one more; false when there were too many within the hour. */
export function countChallenge(state: View, id: string, now: Instant): boolean {
  const row = state.get(challengeCount, id)
  const same = row !== undefined && now - row.since < hour
  if (same && row.opened >= challengesPerHour) return false
  state.put(challengeCount, {
    id,
    opened: same ? row.opened + 1 : 1,
    since: same ? row.since : now,
  })
  return true
}
