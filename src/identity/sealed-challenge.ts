import { defineRecord, keyOf, type Key, type View } from '#commit'
import {
  equalInConstantTime,
  fail,
  minute,
  ok,
  type Instant,
  type Random,
  type Result,
} from '#kernel'
import { challengeOf } from './approval-text.ts'
import type { PasswordHasher } from './password-hasher.ts'

export type ChallengePurpose =
  | 'passkey'
  | 'sign_in'
  | 'payment'
  | 'operator_passkey'
  | 'operator_sign_in'

/**
 * A challenge for a passkey. It is not kept while it waits, so asking for many costs us nothing:
 * its id carries when it ends and a seal that only we can make. Whoever answers it spends it.
 */
export interface SealedChallenge {
  /** `pkc_<end>-<nonce>-<seal>`. */
  readonly id: string
  /** Base64url, 32 bytes: what the authenticator signs. */
  readonly challenge: string
  readonly expiresAt: Instant
}

/** What a challenge is for; a proof for one subject fits no other. */
export interface ChallengeSubject {
  readonly purpose: ChallengePurpose
  /**
   * Whom or what it is about: a customer for `passkey`, an operator for `operator_passkey`, nothing
   * for sign-ins, for `payment` the whole approval text with payment id, amount and payee.
   */
  readonly about: string
}

/** A challenge that was answered. Its record is what makes a second answer fail. */
export interface SpentChallenge {
  readonly id: string
  readonly purpose: ChallengePurpose
  readonly customerId: string
  readonly spentAt: Instant
}

export const spentChallenge = defineRecord<SpentChallenge>({
  name: 'identity.spent_challenge',
  key: 'id',
  fields: { id: 'text', purpose: 'text', customerId: 'text', spentAt: 'instant' },
  constant: ['purpose', 'customerId', 'spentAt'],
  shortLived: true,
})

export const sealedChallengeLifeMs = 5 * minute

export function spentChallengeKey(id: string): Key {
  return keyOf(spentChallenge, id)
}

type Sealer = Pick<PasswordHasher, 'fingerprint'>

export function sealChallenge(
  with_: { random: Random; passwords: Sealer },
  subject: ChallengeSubject,
  expiresAt: Instant,
): SealedChallenge {
  const nonce = Buffer.from(with_.random.bytes(16)).toString('hex')
  const body = `${expiresAt}-${nonce}`
  const id = `pkc_${body}-${sealOf(with_.passwords, subject, body)}`
  return { id, challenge: challengeOf(textOf(subject, id)), expiresAt }
}

/**
 * What an answer to this challenge must have signed, with the subject as it is now: if amount,
 * payee or payment are others than when it was made, the seal does not fit.
 */
export function openSealedChallenge(
  passwords: Sealer,
  asked: ChallengeSubject & { id: string },
  now: Instant,
): Result<string, 'challenge_not_found' | 'challenge_expired'> {
  const [, body = '', end, seal = ''] =
    /^pkc_((\d{1,15})-[0-9a-f]{32})-([0-9a-f]{64})$/.exec(asked.id) ?? []
  if (end === undefined) return fail('challenge_not_found')
  if (!equalInConstantTime(seal, sealOf(passwords, asked, body))) return fail('challenge_not_found')
  if (now >= Number(end)) return fail('challenge_expired')
  return ok(challengeOf(textOf(asked, asked.id)))
}

/** False when it was spent before. Needs `spentChallengeKey`. */
export function spendChallenge(
  state: View,
  spent: { id: string; purpose: ChallengePurpose; customerId: string },
  now: Instant,
): boolean {
  if (state.get(spentChallenge, spent.id) !== undefined) return false
  state.put(spentChallenge, { ...spent, spentAt: now })
  return true
}

function sealOf(passwords: Sealer, { purpose, about }: ChallengeSubject, body: string): string {
  return passwords.fingerprint('challenge', `${purpose}\n${body}\n${about}`)
}

function textOf({ purpose, about }: ChallengeSubject, id: string): string {
  return `coffer ${purpose} challenge v1\n${id}\n${about}`
}
