import { defineRecord, keyOf, type Key, type View } from '#commit'
import type { Instant } from '#kernel'
import { noTries, oneMore, triesSpent, type FactorTries } from './factor-tries.ts'
import type { PasswordHasher } from './password-hasher.ts'
import type { FactorVerdict } from './totp.ts'

/** A customer's sheet of recovery codes; a new one makes all older codes worthless. */
export interface RecoverySet extends FactorTries {
  /** The customer's id. */
  readonly id: string
  readonly generation: number
  readonly madeAt: Instant
  readonly codesLeft: number
}

export const recoverySet = defineRecord<RecoverySet>({
  name: 'identity.recovery_set',
  key: 'id',
  fields: {
    id: 'text',
    generation: 'integer',
    madeAt: 'instant',
    codesLeft: 'integer',
    failures: 'integer',
    failedSince: 'instant',
  },
})

interface RecoveryCode {
  /** Customer's id, a slash, and the code's keyed hash. */
  readonly id: string
  readonly generation: number
  readonly usedAt: Instant | null
}

const recoveryCode = defineRecord<RecoveryCode>({
  name: 'identity.recovery_code',
  key: 'id',
  fields: { id: 'text', generation: 'integer', usedAt: 'instant' },
})

export const recoveryCodesPerSet = 10
/** Without letters and digits that people misread; 32 of them. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

export function recoverySetKey(customerId: string): Key {
  return keyOf(recoverySet, customerId)
}

export function recoveryCodeKey(customerId: string, digest: string): Key {
  return keyOf(recoveryCode, idOf(customerId, digest))
}

/**
 * The codes of a sheet, `xxxxx-xxxxx`, 50 bits each. They follow from the host's key and the wish:
 * whoever repeats the wish reads the same ones, and they are kept nowhere.
 */
export function recoveryCodesOf(
  passwords: Pick<PasswordHasher, 'fingerprint'>,
  wish: { customerId: string; requestId: string },
): string[] {
  const { customerId, requestId } = wish
  return Array.from({ length: recoveryCodesPerSet }, (_, place) => {
    const seed = passwords.fingerprint('recovery_code', `${customerId}\n${requestId}\n${place}`)
    const bytes = Buffer.from(seed, 'hex')
    const signs = Array.from({ length: 10 }, (_sign, at) => alphabet[(bytes[at] ?? 0) & 31])
    return `${signs.slice(0, 5).join('')}-${signs.slice(5).join('')}`
  })
}

/** What is kept of a code: a keyed hash for this customer, however he writes it. */
export function recoveryDigestOf(
  passwords: Pick<PasswordHasher, 'fingerprint'>,
  shown: { customerId: string; code: string },
): string {
  const plain = shown.code.toLowerCase().replace(/[\s-]/g, '')
  return passwords.fingerprint('recovery_code', `kept\n${shown.customerId}\n${plain}`)
}

/** Makes a sheet; needs the keys of the set and of every code. */
export function makeRecoverySet(
  state: View,
  made: { customerId: string; digests: readonly string[] },
  now: Instant,
): void {
  const { customerId: id, digests } = made
  const generation = (state.get(recoverySet, id)?.generation ?? 0) + 1
  const codesLeft = digests.length
  state.put(recoverySet, { id, generation, madeAt: now, codesLeft, ...noTries })
  for (const digest of digests) {
    state.put(recoveryCode, { id: idOf(id, digest), generation, usedAt: null })
  }
}

/** Uses a code of the present sheet up: each serves once. Needs both keys. */
export function tryRecoveryCode(
  state: View,
  tried: { customerId: string; digest: string },
  now: Instant,
): FactorVerdict {
  const { customerId, digest } = tried
  const set = state.get(recoverySet, customerId)
  if (set === undefined) return 'code_wrong'
  if (triesSpent(set, now)) return 'too_many_tries'
  const code = state.get(recoveryCode, idOf(customerId, digest))
  if (code === undefined || code.usedAt !== null || code.generation !== set.generation) {
    state.put(recoverySet, { ...set, ...oneMore(set, now) })
    return 'code_wrong'
  }
  state.put(recoveryCode, { ...code, usedAt: now })
  state.put(recoverySet, { ...set, codesLeft: set.codesLeft - 1, ...noTries })
  return 'fits'
}

function idOf(customerId: string, digest: string): string {
  return `${customerId}/${digest}`
}
