import { defineRecord, keyOf, type Key, type View } from '#commit'
import { type Instant, minute } from '#kernel'

/**
 * Failed sign-ins with one phone number, known to us or not: an unknown number must run into the
 * same wall as a known one, else the wall tells which numbers are customers'.
 */
export interface SignInAttempts {
  /** The phone number, E.164; or a session's id; or a customer's, for names asked about. */
  readonly id: string
  readonly failures: number
  readonly since: Instant
}

export const signInAttempts = defineRecord<SignInAttempts>({
  name: 'identity.sign_in_attempts',
  key: 'id',
  fields: { id: 'text', failures: 'integer', since: 'instant' },
})

export const attemptsAllowed = 10
export const attemptsWindowMs = 15 * minute

export function attemptsKey(phone: string): Key {
  return keyOf(signInAttempts, phone)
}

export function tooManyAttempts(state: View, phone: string, now: Instant): boolean {
  return attemptsSpent(state.get(signInAttempts, phone), now)
}

/** Wrong passwords within a session that was open already; counted under the session's id. */
const guessesInSession = 5

export function tooManyGuesses(state: View, sessionId: string, now: Instant): boolean {
  const row = state.get(signInAttempts, sessionId)
  return row !== undefined && now - row.since < attemptsWindowMs && row.failures >= guessesInSession
}

/** The same, for a row that a query has read. */
export function attemptsSpent(row: SignInAttempts | undefined, now: Instant): boolean {
  return row !== undefined && now - row.since < attemptsWindowMs && row.failures >= attemptsAllowed
}

export function countFailure(state: View, phone: string, now: Instant): void {
  const row = state.get(signInAttempts, phone)
  const sameWindow = row !== undefined && now - row.since < attemptsWindowMs
  state.put(signInAttempts, {
    id: phone,
    failures: sameWindow ? row.failures + 1 : 1,
    since: sameWindow ? row.since : now,
  })
}

/** A success wipes the slate: an owner who mistyped is not held up later. */
export function forgetFailures(state: View, phone: string, now: Instant): void {
  const row = state.get(signInAttempts, phone)
  if (row !== undefined && row.failures > 0) {
    state.put(signInAttempts, { id: phone, failures: 0, since: now })
  }
}
