import {
  passkeyAlgorithms,
  passkeysOf,
  passkeysPerCustomer,
  findCustomer,
  sealChallenge,
  sealedChallengeLifeMs,
  type PasskeyView,
  type SealedChallenge,
} from '#identity'
import { fail, ok, sha256Hex, type Result } from '#kernel'
import type { Actor, FlowContext, Problem } from './context.ts'
import { personDeadline } from './person-deadline.ts'
import { siteOf } from './site-of.ts'

/** What a browser needs to make a passkey. */
export interface PasskeyOptions {
  readonly challenge: SealedChallenge
  readonly rpId: string
  /** Opaque handle of the customer for the authenticator: no phone, no name, no id of ours. */
  readonly userHandle: string
  readonly userName: string
  readonly displayName: string
  readonly algorithms: readonly number[]
  /** Passkeys he has: the same authenticator shall not make a second. */
  readonly exclude: readonly PasskeyView[]
}

/** Prepares a new passkey. Errors: session_expired, too_many_passkeys. */
export function createBeginPasskey(context: FlowContext) {
  return async ({ customerId }: Actor): Promise<Result<PasskeyOptions, Problem>> => {
    const [who, exclude] = await Promise.all([
      findCustomer(context.sql, customerId),
      passkeysOf(context.sql, customerId),
    ])
    if (who === null) return fail({ code: 'session_expired' })
    if (exclude.length >= passkeysPerCustomer) return fail({ code: 'too_many_passkeys' })
    const subject = { purpose: 'passkey', about: customerId } as const
    const expiresAt = context.now() + personDeadline(context, sealedChallengeLifeMs)
    return ok({
      challenge: sealChallenge(context, subject, expiresAt),
      rpId: siteOf(context).rpId,
      userHandle: Buffer.from(sha256Hex(`passkey user ${customerId}`), 'hex').toString('base64url'),
      userName: who.phoneMasked,
      displayName: who.name,
      algorithms: passkeyAlgorithms,
      exclude,
    })
  }
}
