import type { Command, Key, View } from '#commit'
import {
  attemptsKey,
  challengeCountKey,
  challengeKey,
  codeKey,
  countChallenge,
  credential,
  credentialKey,
  customer,
  customerGuardView,
  customerIn,
  customerKey,
  deviceIn,
  deviceKey,
  deviceKeyKey,
  deviceUseKey,
  freshChallengeKey,
  freshSessionKey,
  guardProofOf,
  hasTotp,
  isTrusted,
  openChallenge,
  signInChallenge,
  smsAcceptable,
  smsStateOf,
  tooManyAttempts,
  tryCode,
  useCode,
  withObservation,
  type CarrierObservation,
  type SignInChallenge,
} from '#identity'
import type { Instant } from '#kernel'
import { accountId } from '#ledger'
import { cleanChannels, notify } from '#notifications'
import { decideInCommand, guardKeys, type Decision, type GuardParties } from '#risk'
import type { DeviceSignals, Problem } from './context.ts'
import { factorKeys, useFactor, type ShownFactor } from './second-factor.ts'
import { enterSession } from './enter-session.ts'
import type { SessionPlan } from './new-session.ts'

export interface SignIn extends SessionPlan {
  readonly phone: string
  readonly customerId: string
  /** The hash that the password fitted, a moment ago. */
  readonly verifiedHash: string
  readonly deviceId: string
  readonly deviceName: string
  readonly publicKey: string | null
  readonly network: string
  readonly signals: DeviceSignals
  /** null: the carrier was not asked. */
  readonly observed: CarrierObservation | null
  readonly codeDigest: string | null
  readonly factor: ShownFactor
  /** The challenge that this call answers. */
  readonly challengeId: string | null
  readonly newChallengeId: string
  readonly challengeLifeMs: number
  readonly decisionId: string
}

export type Challenged = Pick<SignInChallenge, 'id' | 'kind' | 'expiresAt'>

export type SignInDecided =
  | { readonly status: 'signed_in'; readonly expiresAt: Instant; readonly decision: Decision }
  | {
      readonly status: 'challenged'
      readonly challenge: Challenged
      /** null: still waiting for the trusted device. */
      readonly decision: Decision | null
      readonly opened: boolean
    }
  | { readonly status: 'denied'; readonly decision: Decision }
  | { readonly status: 'refused'; readonly code: Problem['code'] }

type SignInProof = 'password' | 'sms' | 'trusted_device' | 'totp' | 'recovery_code'

type Proved =
  | { readonly proof: SignInProof; readonly by: SignInChallenge | null }
  | { readonly waiting: SignInChallenge }
  | { readonly code: Problem['code'] }

function partiesOf(input: SignIn): GuardParties {
  const { customerId, deviceId, network } = input
  return { holder: accountId('2010', customerId), payeeHolder: null, deviceId, network }
}

/** The password was right when the flow looked; here it must still be so, and the guard decides. */
export const signInCommand: Command<SignIn, SignInDecided> = {
  name: 'identity.sign-in',
  reads(input): Key[] {
    const { phone, customerId, deviceId, challengeId } = input
    return [
      customerKey(customerId),
      credentialKey(customerId),
      attemptsKey(phone),
      challengeCountKey(customerId),
      codeKey(phone),
      deviceKey(customerId, deviceId),
      deviceKeyKey({ customerId, deviceId }),
      deviceUseKey(deviceId),
      freshSessionKey(input.sessionId),
      freshChallengeKey(input.newChallengeId),
      ...(challengeId === null ? [] : [challengeKey(challengeId)]),
      ...factorKeys(customerId, input.factor),
      ...guardKeys(partiesOf(input)),
    ]
  },
  apply(state, input, now) {
    const refused = refusalOf(state, input, now)
    if (refused !== null) return { status: 'refused', code: refused }
    const who = customerIn(state, input.customerId)
    state.put(customer, withObservation(who, input.observed))
    const proved = proofOf(state, input, now)
    if ('code' in proved) return { status: 'refused', code: proved.code }
    if ('waiting' in proved) {
      const challenge = challengedOf(proved.waiting)
      return { status: 'challenged', challenge, decision: null, opened: false }
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
        proof: guardProofOf(proved.proof),
        deviceSignals: input.signals,
        money: null,
        payee: null,
        bankAccount: null,
      },
      now,
    )
    if (proved.by !== null) state.put(signInChallenge, { ...proved.by, usedAt: now })
    if (proved.proof === 'sms') useCode(state, input.phone, now)
    // A trusted device has vouched, or an app or a sheet: that answers any challenge there is.
    const strong = guardProofOf(proved.proof) === 'trusted_device'
    const answered = decision.outcome === 'challenge' && strong
    const missing = !strong && appWanted(state, input, now)
    if ((decision.outcome === 'allow' && !missing) || answered) {
      const vouched = proved.proof === 'trusted_device'
      const entered = { ...input, by: 'sign_in', entry: 'password', vouched } as const
      const expiresAt = enterSession(state, { ...entered, proof: proved.proof }, now)
      return { status: 'signed_in', expiresAt, decision }
    }
    const { customerId, deviceName: device } = input
    if (decision.outcome === 'challenge' || decision.outcome === 'allow') {
      if (!countChallenge(state, customerId, now)) {
        return { status: 'refused', code: 'too_many_tries' }
      }
      const challenge = challengeFor(state, { input, proof: proved.proof }, now)
      return { status: 'challenged', challenge, decision, opened: true }
    }
    const told = { customerId, channels: cleanChannels, params: { device } }
    notify(state, { ...told, template: 'sign_in_refused' }, now)
    return { status: 'denied', decision }
  },
}

/** Who has an app shows its code on every device that is not trusted, whatever the guard says. */
function appWanted(state: View, { customerId, deviceId }: SignIn, now: Instant): boolean {
  return hasTotp(state, customerId) && !isTrusted(deviceIn(state, customerId, deviceId), now)
}

function refusalOf(state: View, input: SignIn, now: Instant): Problem['code'] | null {
  const { customerId, deviceId, phone, verifiedHash } = input
  // Somebody replaced the password while we were checking the old one.
  if (state.get(credential, customerId)?.passwordHash !== verifiedHash) return 'credentials_wrong'
  const trusted = isTrusted(deviceIn(state, customerId, deviceId), now)
  // The owner on his own device is never locked out by somebody else's guesses.
  return !trusted && tooManyAttempts(state, phone, now) ? 'too_many_tries' : null
}

/** What this call shows beyond the password. */
function proofOf(state: View, input: SignIn, now: Instant): Proved {
  const { challengeId, customerId, deviceId, phone, codeDigest } = input
  if (challengeId === null) return { proof: 'password', by: null }
  const challenge = openChallenge(state, { id: challengeId, customerId }, now)
  if (typeof challenge === 'string') return { code: challenge }
  if (challenge.deviceId !== deviceId) return { code: 'challenge_not_found' }
  if (challenge.approvedAt !== null) return { proof: 'trusted_device', by: challenge }
  // Six digits are an app's where its code was asked for, else a text's.
  const shown = challenge.kind === 'totp' ? input.factor : { ...input.factor, totp: null }
  const factor = useFactor(state, { customerId, shown }, now)
  if (factor !== null) {
    const { verdict, proof } = factor
    return verdict === 'fits' ? { proof, by: challenge } : { code: verdict }
  }
  if (challenge.kind !== 'sms_code') return { waiting: challenge }
  if (codeDigest === null) return { waiting: challenge }
  const verdict = tryCode(state, { phone, purpose: 'sign_in', digest: codeDigest }, now)
  if (verdict === 'used') return { code: 'code_expired' }
  return verdict === 'fits' ? { proof: 'sms', by: challenge } : { code: verdict }
}

function challengeFor(
  state: View,
  { input, proof }: { input: SignIn; proof: SignInProof },
  now: Instant,
): Challenged {
  const { customerId, deviceId, deviceName, newChallengeId: id, challengeLifeMs } = input
  const sms = smsStateOf(customerIn(state, customerId))
  // A code that has been given already proves nothing new the second time.
  const weak = proof === 'password' && smsAcceptable(sms) ? 'sms_code' : 'trusted_device'
  const kind = hasTotp(state, customerId) ? 'totp' : weak
  const opened: SignInChallenge = {
    id,
    customerId,
    deviceId,
    deviceName,
    kind,
    openedAt: now,
    expiresAt: now + challengeLifeMs,
    approvedAt: null,
    approvedOn: null,
    usedAt: null,
  }
  state.put(signInChallenge, opened)
  const told = { customerId, channels: cleanChannels, params: { device: deviceName } }
  notify(state, { ...told, template: 'sign_in_waiting' }, now)
  return challengedOf(opened)
}

function challengedOf({ id, kind, expiresAt }: SignInChallenge): Challenged {
  return { id, kind, expiresAt }
}
