import { defineRecord, keyOf, type Key, type View } from '#commit'
import type { Instant } from '#kernel'
import { noTries, oneMore, triesSpent, type FactorTries } from './factor-tries.ts'

/** The app on a customer's or an operator's phone that makes a code every 30 seconds (RFC 6238). */
export interface Totp extends FactorTries {
  /** The customer's or the operator's id; they never collide. */
  readonly id: string
  /** Encrypted with the host's key, which is not in the database. */
  readonly sealedSecret: string
  readonly addedAt: Instant
  /** null: no code of it was ever shown, so it is not asked for yet. */
  readonly confirmedAt: Instant | null
  /** The 30-second step of the last code used: none up to it serves again. -1: none yet. */
  readonly lastStep: bigint
}

export const totp = defineRecord<Totp>({
  name: 'identity.totp',
  key: 'id',
  fields: {
    id: 'text',
    sealedSecret: 'text',
    addedAt: 'instant',
    confirmedAt: 'instant',
    lastStep: 'bigint',
    failures: 'integer',
    failedSince: 'instant',
  },
})

export function totpKey(customerId: string): Key {
  return keyOf(totp, customerId)
}

/** A code that was checked before the command, against this very secret. null: it fits no step. */
export interface TotpTried {
  readonly sealedSecret: string
  readonly step: bigint | null
}

export type FactorVerdict = 'fits' | 'code_wrong' | 'too_many_tries'

/** Prepares an app that is not asked for until it is confirmed. False: one is confirmed already. */
export function beginTotp(
  state: View,
  begun: { customerId: string; sealedSecret: string },
  now: Instant,
): boolean {
  const { customerId: id, sealedSecret } = begun
  if (hasTotp(state, id)) return false
  state.put(totp, { id, sealedSecret, addedAt: now, confirmedAt: null, lastStep: -1n, ...noTries })
  return true
}

/** An app that is known to be in the right hands from the start; only simulations have that. */
export function putTotp(
  state: View,
  put: { ownerId: string; sealedSecret: string },
  now: Instant,
): void {
  const { ownerId: id, sealedSecret } = put
  const times = { addedAt: now, confirmedAt: now, lastStep: -1n }
  state.put(totp, { id, sealedSecret, ...times, ...noTries })
}

/** Uses a code up: a wrong one counts, and one that was used before is wrong. */
export function tryTotp(
  state: View,
  tried: { customerId: string; code: TotpTried },
  now: Instant,
): FactorVerdict {
  const found = state.get(totp, tried.customerId)
  if (found === undefined) return 'code_wrong'
  if (triesSpent(found, now)) return 'too_many_tries'
  const { step, sealedSecret } = tried.code
  if (step === null || sealedSecret !== found.sealedSecret || step <= found.lastStep) {
    state.put(totp, { ...found, ...oneMore(found, now) })
    return 'code_wrong'
  }
  const confirmedAt = found.confirmedAt ?? now
  state.put(totp, { ...found, confirmedAt, lastStep: step, ...noTries })
  return 'fits'
}

/** True when codes of an app are asked for. */
export function hasTotp(state: View, customerId: string): boolean {
  return (state.get(totp, customerId)?.confirmedAt ?? null) !== null
}

/** Takes the app away: it is as if it had never been confirmed. False: there was none. */
export function removeTotp(state: View, customerId: string): boolean {
  const found = state.get(totp, customerId)
  if (found === undefined || found.confirmedAt === null) return false
  state.put(totp, { ...found, sealedSecret: '', confirmedAt: null, ...noTries })
  return true
}
