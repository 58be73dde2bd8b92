import {
  challengeLifeMs,
  credentialByPhone,
  isTrustedDevice,
  lastEntry,
  signInBlocked,
} from '#identity'
import { fail, ok, type Result } from '#kernel'
import type { Decision } from '#risk'
import { withTravel } from './assess-terminal.ts'
import type { FlowContext, Problem } from './context.ts'
import { countFailedSignIn } from './count-failed-sign-in.ts'
import { planSession, signedIn, type SignedIn } from './new-session.ts'
import { observeCarrier } from './observe-carrier.ts'
import type { Origin } from './origin.ts'
import { personDeadline } from './person-deadline.ts'
import { checkFactor, nothingShown } from './second-factor.ts'
import { sendCode } from './send-code.ts'
import {
  signInCommand,
  type Challenged,
  type SignIn,
  type SignInDecided,
} from './sign-in-command.ts'
import { submit } from './submit.ts'

export interface SignInInput {
  readonly phone: string
  readonly password: string
  /** Of an earlier answer `challenged`: this call answers it. */
  readonly challengeId?: string
  readonly code?: string
  readonly recoveryCode?: string
}

/** A challenge is answered by calling again with its id, and with the code if it asks for one. */
export type SignInAnswer =
  | { readonly status: 'signed_in'; readonly session: SignedIn; readonly decision: Decision }
  | {
      readonly status: 'challenged'
      readonly deviceId: string
      readonly challenge: Challenged
      /** null: asked again before the trusted device had answered. */
      readonly decision: Decision | null
    }
  | { readonly status: 'denied'; readonly deviceId: string; readonly decision: Decision }

/**
 * Signs a customer in. Neither answers nor times tell whether a number is a customer's.
 * Errors: credentials_wrong, too_many_tries, challenge_not_found, challenge_expired,
 * code_not_requested, code_expired, code_wrong. None of them is kept under an id.
 */
export function createSignIn(context: FlowContext) {
  return async (input: SignInInput, origin: Origin): Promise<Result<SignInAnswer, Problem>> => {
    const { sql, passwords } = context
    const { phone, password } = input
    const { deviceId: shownDevice } = origin
    if (await signInBlocked(sql, { phone, deviceId: shownDevice }, context.now())) {
      return fail({ code: 'too_many_tries' })
    }
    const known = await credentialByPhone(sql, phone)
    const right =
      known === null
        ? await passwords.verifyNothing(password)
        : await passwords.verify(known.passwordHash, password)
    if (known === null || !right) {
      await countFailedSignIn(context, { phone, customerId: known?.customerId ?? null })
      return fail({ code: 'credentials_wrong' })
    }
    const device = { customerId: known.customerId, deviceId: shownDevice }
    const trusted = await isTrustedDevice(sql, device, context.now())
    const { token, plan } = planSession(context)
    const asksLists = context.intelligence !== undefined
    const command: SignIn = {
      ...plan,
      phone,
      customerId: known.customerId,
      verifiedHash: known.passwordHash,
      deviceId: shownDevice ?? context.ids.next('dev'),
      deviceName: origin.deviceName,
      publicKey: origin.publicKey ?? null,
      network: origin.network,
      signals: withTravel(context, origin.signals, {
        network: origin.network,
        before: asksLists ? await lastEntry(sql, known.customerId) : null,
      }),
      observed: trusted ? null : await observeCarrier(context, phone),
      codeDigest:
        input.code === undefined ? null : passwords.fingerprint('code', `${phone}:${input.code}`),
      factor: await factorOf(context, known.customerId, input),
      challengeId: input.challengeId ?? null,
      newChallengeId: context.ids.next('chl'),
      challengeLifeMs: personDeadline(context, challengeLifeMs),
      decisionId: context.ids.next('dec'),
    }
    const request = { owner: 'sign-in', id: context.ids.next('req'), input: command }
    const decided = await submit(context, signInCommand, request)
    return decided.ok ? answerOf(context, { command, decided: decided.value, token }) : decided
  }
}

/** A code may be a text's or an app's: which of them, the challenge says, and the command reads. */
async function factorOf(context: FlowContext, customerId: string, input: SignInInput) {
  const { challengeId, code: totpCode, recoveryCode } = input
  if (challengeId === undefined) return nothingShown
  return checkFactor(context, customerId, {
    ...(totpCode !== undefined && { totpCode }),
    ...(recoveryCode !== undefined && { recoveryCode }),
  })
}

async function answerOf(
  context: FlowContext,
  came: { command: SignIn; decided: SignInDecided; token: string },
): Promise<Result<SignInAnswer, Problem>> {
  const { command, decided, token } = came
  const { customerId, deviceId, phone } = command
  switch (decided.status) {
    case 'refused':
      return fail({ code: decided.code })
    case 'denied':
      return ok({ status: 'denied', deviceId, decision: decided.decision })
    case 'challenged': {
      const { challenge, decision, opened } = decided
      // If the text does not go out, the customer asks for another: the challenge stays.
      if (opened && challenge.kind === 'sms_code') {
        await sendCode(context, { phone, purpose: 'sign_in' })
      }
      return ok({ status: 'challenged', deviceId, challenge, decision })
    }
    case 'signed_in': {
      const { expiresAt, decision } = decided
      const session = signedIn(token, { customerId, deviceId, expiresAt })
      return ok({ status: 'signed_in', session, decision })
    }
  }
}
