import type { Command } from '#commit'
import {
  customerGuardView,
  customerKey,
  deviceKey,
  deviceKeyKey,
  deviceUseKey,
  freshSessionKey,
  guardProofOf,
  passkeyKey,
  attemptsKey,
  spendChallenge,
  spentChallengeKey,
  usePasskey,
  type PasskeyProof,
} from '#identity'
import { accountId } from '#ledger'
import { cleanChannels, notify } from '#notifications'
import { decideInCommand, guardKeys, type GuardParties } from '#risk'
import type { DeviceSignals } from './context.ts'
import { enterSession } from './enter-session.ts'
import type { SessionPlan } from './new-session.ts'
import type { SignInDecided } from './sign-in-command.ts'

export interface PasskeySignIn extends SessionPlan {
  readonly customerId: string
  readonly phone: string
  readonly proof: PasskeyProof
  readonly deviceId: string
  readonly deviceName: string
  readonly publicKey: string | null
  readonly network: string
  readonly signals: DeviceSignals
  readonly decisionId: string
}

function partiesOf(input: PasskeySignIn): GuardParties {
  const { customerId, deviceId, network } = input
  return { holder: accountId('2010', customerId), payeeHolder: null, deviceId, network }
}

/**
 * The proof fitted when the flow looked; here it is spent, once, and the guard decides. No count of
 * wrong passwords keeps a passkey out: that is how an owner gets in while somebody guesses.
 */
export const passkeySignIn: Command<
  PasskeySignIn,
  Exclude<SignInDecided, { status: 'challenged' }>
> = {
  name: 'identity.sign-in-with-passkey',
  reads(input) {
    const { customerId, deviceId, proof, phone } = input
    return [
      customerKey(customerId),
      attemptsKey(phone),
      deviceKey(customerId, deviceId),
      deviceKeyKey({ customerId, deviceId }),
      deviceUseKey(deviceId),
      freshSessionKey(input.sessionId),
      passkeyKey(proof.passkeyId),
      spentChallengeKey(proof.challengeId),
      ...guardKeys(partiesOf(input)),
    ]
  },
  apply(state, input, now) {
    const { customerId, proof, deviceName: device } = input
    const spent = { id: proof.challengeId, purpose: 'sign_in', customerId } as const
    if (!spendChallenge(state, spent, now)) {
      return { status: 'refused', code: 'challenge_not_found' }
    }
    if (!usePasskey(state, { proof, customerId }, now)) {
      return { status: 'refused', code: 'passkey_wrong' }
    }
    const decision = decideInCommand(
      state,
      {
        decisionId: input.decisionId,
        step: 'sign_in',
        subject: '',
        parties: partiesOf(input),
        ...customerGuardView(state, input, now),
        session: null,
        proof: guardProofOf('passkey'),
        deviceSignals: input.signals,
        money: null,
        payee: null,
        bankAccount: null,
      },
      now,
    )
    // There is nothing stronger to ask for: a challenge is answered by the passkey itself.
    if (decision.outcome === 'allow' || decision.outcome === 'challenge') {
      // Not vouched for: a device new to us earns trust by time, whatever was shown on it.
      const how = { by: 'sign_in', entry: 'passkey', proof: 'passkey', vouched: false } as const
      return {
        status: 'signed_in',
        expiresAt: enterSession(state, { ...input, ...how }, now),
        decision,
      }
    }
    const told = { customerId, channels: cleanChannels, params: { device } }
    notify(state, { ...told, template: 'sign_in_refused' }, now)
    return { status: 'denied', decision }
  },
}
