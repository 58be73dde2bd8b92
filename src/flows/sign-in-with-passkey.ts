import {
  openSealedChallenge,
  passkeyToVerify,
  sealChallenge,
  sealedChallengeLifeMs,
  verifyPasskeyUse,
  type PasskeyUsed,
  type SealedChallenge,
} from '#identity'
import { fail, ok, type Result } from '#kernel'
import type { FlowContext, Problem } from './context.ts'
import { planSession, signedIn } from './new-session.ts'
import type { Origin } from './origin.ts'
import { passkeySignIn, type PasskeySignIn } from './passkey-sign-in-command.ts'
import { personDeadline } from './person-deadline.ts'
import type { SignInAnswer } from './sign-in.ts'
import { siteOf } from './site-of.ts'
import { submit } from './submit.ts'

/** What a browser needs to ask for a passkey of whoever sits before it. */
export interface PasskeyAsked {
  readonly challenge: SealedChallenge
  readonly rpId: string
}

/** Prepares a sign-in by passkey. Asks for no name, so it can tell nothing about anybody. */
export function createBeginPasskeySignIn(context: FlowContext) {
  return (): PasskeyAsked => {
    const expiresAt = context.now() + personDeadline(context, sealedChallengeLifeMs)
    const subject = { purpose: 'sign_in', about: '' } as const
    return { challenge: sealChallenge(context, subject, expiresAt), rpId: siteOf(context).rpId }
  }
}

/**
 * Signs in whoever has a passkey; the guard decides, but has nothing more to ask for. A passkey we
 * do not know and one that does not fit get the same answer.
 * Errors: challenge_not_found, challenge_expired, passkey_wrong.
 */
export function createSignInWithPasskey(context: FlowContext) {
  return async (
    input: { challengeId: string; used: PasskeyUsed },
    origin: Origin,
  ): Promise<Result<Exclude<SignInAnswer, { status: 'challenged' }>, Problem>> => {
    const { challengeId, used } = input
    const { passwords, sql, ids } = context
    const subject = { purpose: 'sign_in', about: '', id: challengeId } as const
    const opened = openSealedChallenge(passwords, subject, context.now())
    if (!opened.ok) {
      return fail({ code: opened.error, param: 'challenge_id' })
    }
    const known = await passkeyToVerify(sql, used.id)
    if (known === null) return fail({ code: 'passkey_wrong' })
    const site = siteOf(context)
    const fits = await verifyPasskeyUse(used, known, { site, challenge: opened.value })
    if (fits === null) return fail({ code: 'passkey_wrong' })
    const { token, plan } = planSession(context)
    const { customerId, phone, id: passkeyId } = known
    const command: PasskeySignIn = {
      ...plan,
      customerId,
      phone,
      proof: { passkeyId, challengeId, ...fits },
      deviceId: origin.deviceId ?? ids.next('dev'),
      deviceName: origin.deviceName,
      publicKey: origin.publicKey ?? null,
      network: origin.network,
      signals: origin.signals,
      decisionId: ids.next('dec'),
    }
    const request = { owner: 'sign-in', id: ids.next('req'), input: command }
    const decided = await submit(context, passkeySignIn, request)
    if (!decided.ok) return decided
    const { deviceId } = command
    switch (decided.value.status) {
      case 'refused':
        return fail({ code: decided.value.code })
      case 'denied':
        return ok({ status: 'denied', deviceId, decision: decided.value.decision })
      case 'signed_in': {
        const { expiresAt, decision } = decided.value
        const session = signedIn(token, { customerId, deviceId, expiresAt })
        return ok({ status: 'signed_in', session, decision })
      }
    }
  }
}
