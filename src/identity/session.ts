import { defineRecord, freshKeyOf, keyOf, type Key, type View } from '#commit'
import { hour, type Instant, second } from '#kernel'
import { customer, type Customer } from './customer.ts'

/** What the customer showed when the session began. */
export type SessionProof =
  | 'password'
  | 'sms'
  | 'trusted_device'
  | 'passkey'
  | 'totp'
  | 'recovery_code'

/** How a session began. */
export type SessionEntry = 'password' | 'reset' | 'sign_up' | 'passkey'

/** A signed-in customer on one device. The token is with the customer; here is only its hash. */
export interface Session {
  /** `ses_` and SHA-256 of the token. */
  readonly id: string
  readonly customerId: string
  /** The device it was opened on. */
  readonly deviceId: string
  readonly network: string
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly endedAt: Instant | null
  readonly entry: SessionEntry
  readonly proof: SessionProof
  /** The session that took its place when its token was exchanged; null: none did. */
  readonly replacedBy: string | null
}

export const session = defineRecord<Session>({
  name: 'identity.session',
  key: 'id',
  fields: {
    id: 'text',
    customerId: 'text',
    deviceId: 'text',
    network: 'text',
    createdAt: 'instant',
    expiresAt: 'instant',
    endedAt: 'instant',
    entry: 'text',
    proof: 'text',
    replacedBy: 'text',
  },
  constant: ['customerId', 'deviceId', 'network', 'createdAt', 'expiresAt', 'entry', 'proof'],
})

/**
 * A proof in the guard's words: it knows none, password, text and trusted device. What only the
 * customer's own authenticator, app or paper can give is worth as much to it as a device's word.
 */
export function guardProofOf(proof: SessionProof): 'password' | 'sms' | 'trusted_device' {
  return proof === 'password' || proof === 'sms' ? proof : 'trusted_device'
}

/** A session ends by itself after half a day, used or not. */
export const sessionLifeMs = 12 * hour

export function sessionKey(id: string): Key {
  return keyOf(session, id)
}

export function freshSessionKey(id: string): Key {
  return freshKeyOf(session, id)
}

/** What decides whether a session lives; a row of a query has it, too. */
export interface SessionTimes {
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly endedAt: Instant | null
}

/**
 * A reset ends every earlier session of the customer by one instant on his record, not by finding
 * them: so no session can slip through. What is opened at that same instant comes after it: see
 * `openSession`.
 */
export function isLive(
  times: SessionTimes,
  sessionsEndedAt: Instant | null,
  now: Instant,
): boolean {
  if ((times.endedAt !== null && now >= times.endedAt) || now >= times.expiresAt) return false
  return sessionsEndedAt === null || times.createdAt > sessionsEndedAt
}

/** Needs the customer's key. */
export function openSession(
  state: View,
  opened: Pick<Session, 'id' | 'customerId' | 'deviceId' | 'network' | 'entry' | 'proof'> & {
    lifeMs: number
  },
  now: Instant,
): Session {
  const { lifeMs, ...rest } = opened
  const sessionsEndedAt = state.get(customer, opened.customerId)?.sessionsEndedAt ?? null
  // A clock may stand still: what comes after the end of all sessions is a millisecond later.
  const createdAt = sessionsEndedAt === null ? now : Math.max(now, sessionsEndedAt + 1)
  const created: Session = {
    ...rest,
    createdAt,
    expiresAt: now + lifeMs,
    endedAt: null,
    replacedBy: null,
  }
  state.put(session, created)
  return created
}

/** The customer with all sessions opened until now ended, also those opened this millisecond. */
export function withSessionsEnded(subject: Customer, now: Instant): Customer {
  return { ...subject, sessionsEndedAt: Math.max(now, (subject.sessionsEndedAt ?? 0) + 1) }
}

/** Requests that were under way when a token was exchanged still come with the old one. */
export const rotationGraceMs = 30 * second

/**
 * Puts a session in the place of another: same device, proof and end, another token. False when
 * the old one is not open any more. Needs both sessions' keys and the customer's.
 */
export function rotateSession(
  state: View,
  rotated: { oldId: string; newId: string; graceMs: number },
  now: Instant,
): Session | null {
  const { oldId, newId, graceMs } = rotated
  const old = state.get(session, oldId)
  const endedBefore =
    old === undefined ? null : state.get(customer, old.customerId)?.sessionsEndedAt
  if (old === undefined || old.endedAt !== null || !isLive(old, endedBefore ?? null, now))
    return null
  const next: Session = { ...old, id: newId }
  state.put(session, next)
  state.put(session, { ...old, endedAt: now + graceMs, replacedBy: newId })
  return next
}
