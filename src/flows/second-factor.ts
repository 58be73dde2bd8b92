import type { Key, View } from '#commit'
import {
  hasTotp,
  recoveryCodeKey,
  recoveryDigestOf,
  recoverySet,
  recoverySetKey,
  totpKey,
  totpStepOf,
  totpToVerify,
  tryRecoveryCode,
  tryTotp,
  type FactorVerdict,
  type TotpTried,
} from '#identity'
import type { Instant } from '#kernel'
import type { FlowContext } from './context.ts'

/** What somebody types beside a password or a text. */
export interface TypedFactor {
  /** Of his app. */
  readonly totpCode?: string
  /** From his sheet. */
  readonly recoveryCode?: string
}

/** The same, checked as far as it can be before the command. */
export interface ShownFactor {
  readonly totp: TotpTried | null
  readonly recoveryDigest: string | null
}

export const nothingShown: ShownFactor = { totp: null, recoveryDigest: null }

/** Checks a code against the secret, which only this host can open. */
export async function checkFactor(
  context: Pick<FlowContext, 'sql' | 'passwords' | 'realNow'>,
  customerId: string,
  { totpCode, recoveryCode }: TypedFactor,
): Promise<ShownFactor> {
  const { sql, passwords } = context
  const recoveryDigest =
    recoveryCode === undefined
      ? null
      : recoveryDigestOf(passwords, { customerId, code: recoveryCode })
  if (totpCode === undefined) return { totp: null, recoveryDigest }
  const known = await totpToVerify(sql, customerId)
  if (known === null) return { totp: { sealedSecret: '', step: null }, recoveryDigest }
  const { sealedSecret } = known
  const secret = passwords.unseal(sealedSecret, customerId)
  // The app on a person's phone knows real time only, also where ours is simulated.
  const step = secret === null ? null : totpStepOf(secret, totpCode, context.realNow())
  return { totp: { sealedSecret, step }, recoveryDigest }
}

/** What `useFactor` and `wantsFactor` read. */
export function factorKeys(customerId: string, { recoveryDigest }: ShownFactor): Key[] {
  const keys = [totpKey(customerId), recoverySetKey(customerId)]
  return recoveryDigest === null ? keys : [...keys, recoveryCodeKey(customerId, recoveryDigest)]
}

/** True when the customer has something that can be asked for beside a text. */
export function wantsFactor(state: View, customerId: string): boolean {
  return hasTotp(state, customerId) || (state.get(recoverySet, customerId)?.codesLeft ?? 0) > 0
}

/** Uses up what was shown; each code serves once. null: nothing was shown. */
export function useFactor(
  state: View,
  used: { customerId: string; shown: ShownFactor },
  now: Instant,
): { proof: 'totp' | 'recovery_code'; verdict: FactorVerdict } | null {
  const { customerId, shown } = used
  if (shown.recoveryDigest !== null) {
    const digest = shown.recoveryDigest
    return { proof: 'recovery_code', verdict: tryRecoveryCode(state, { customerId, digest }, now) }
  }
  if (shown.totp === null) return null
  if (!hasTotp(state, customerId)) return { proof: 'totp', verdict: 'code_wrong' }
  return { proof: 'totp', verdict: tryTotp(state, { customerId, code: shown.totp }, now) }
}
