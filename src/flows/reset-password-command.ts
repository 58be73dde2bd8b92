import type { Command, Key, View } from '#commit'
import {
  attemptsKey,
  codeKey,
  credential,
  credentialKey,
  customer,
  customerGuardView,
  customerIn,
  customerKey,
  deviceKey,
  deviceKeyKey,
  deviceUseKey,
  freshSessionKey,
  phoneEntry,
  phoneKey,
  resetWaitKey,
  smsAcceptable,
  smsStateOf,
  spendTry,
  tryCode,
  useCode,
  waitForReset,
  withObservation,
  withSessionsEnded,
  type CarrierObservation,
} from '#identity'
import type { Instant } from '#kernel'
import { accountId } from '#ledger'
import { cleanChannels, notify } from '#notifications'
import {
  decideInCommand,
  guardKeys,
  type Decision,
  type GuardInput,
  type GuardParties,
} from '#risk'
import type { DeviceSignals, Problem } from './context.ts'
import { enterSession } from './enter-session.ts'
import type { SessionPlan } from './new-session.ts'
import { factorKeys, useFactor, wantsFactor, type ShownFactor } from './second-factor.ts'

export interface ResetPassword extends SessionPlan {
  readonly phone: string
  /** null: nobody has this number. */
  readonly customerId: string | null
  readonly idNumberHash: string
  readonly codeDigest: string
  readonly factor: ShownFactor
  readonly newPasswordHash: string
  readonly deviceId: string
  readonly deviceName: string
  readonly publicKey: string | null
  readonly network: string
  readonly signals: DeviceSignals
  readonly observed: CarrierObservation | null
  readonly resetDecisionId: string
  readonly signInDecisionId: string
}

export type ResetDecided =
  | { readonly status: 'done'; readonly expiresAt: Instant; readonly decisions: Decision[] }
  | { readonly status: 'denied'; readonly callCarrier: boolean; readonly decisions: Decision[] }
  | { readonly status: 'waiting'; readonly ripeAt: Instant; readonly decisions: Decision[] }
  | { readonly status: 'refused'; readonly code: Problem['code'] }

function partiesOf(customerId: string, input: ResetPassword): GuardParties {
  const { deviceId, network } = input
  return { holder: accountId('2010', customerId), payeeHolder: null, deviceId, network }
}

/** What the carrier said is input; what follows from it is for the guard's rules to say. */
export const resetPasswordCommand: Command<ResetPassword, ResetDecided> = {
  name: 'identity.reset-password',
  reads(input): Key[] {
    const { phone, customerId, deviceId, sessionId } = input
    const keys = [codeKey(phone), phoneKey(phone)]
    if (customerId === null) return keys
    return [
      ...keys,
      customerKey(customerId),
      credentialKey(customerId),
      attemptsKey(phone),
      deviceKey(customerId, deviceId),
      deviceKeyKey({ customerId, deviceId }),
      deviceUseKey(deviceId),
      freshSessionKey(sessionId),
      resetWaitKey({ customerId, deviceId }),
      ...factorKeys(customerId, input.factor),
      ...guardKeys(partiesOf(customerId, input)),
    ]
  },
  apply(state, input, now) {
    const { phone, customerId, codeDigest, idNumberHash } = input
    const verdict = tryCode(state, { phone, purpose: 'reset', digest: codeDigest }, now)
    if (verdict === 'used') return { status: 'refused', code: 'code_expired' }
    if (verdict !== 'fits') return { status: 'refused', code: verdict }
    const owner = state.get(phoneEntry, phone)?.customerId
    const known = customerId !== null && owner === customerId
    if (!known || customerIn(state, customerId).idNumberHash !== idNumberHash) {
      // Five guesses of an ID number per code, and none tells whether the phone is a customer's.
      spendTry(state, phone)
      return { status: 'refused', code: 'identity_mismatch' }
    }
    // A number can be hijacked: who has something stronger than a text is asked for it, too.
    const factor = useFactor(state, { customerId, shown: input.factor }, now)
    if (factor === null && wantsFactor(state, customerId)) {
      return { status: 'refused', code: 'second_factor_required' }
    }
    if (factor !== null && factor.verdict !== 'fits') {
      return { status: 'refused', code: factor.verdict }
    }
    useCode(state, phone, now)
    state.put(customer, withObservation(customerIn(state, customerId), input.observed))
    const reset = decide(state, { input, customerId, step: 'reset' }, now)
    // An app's code or one of the sheet answers the question; without one it is a day's wait.
    if (reset.outcome === 'challenge' && factor === null) {
      const waited = waitForReset(state, { customerId, deviceId: input.deviceId }, now)
      if (waited.status === 'waiting') {
        if (waited.opened) tell(state, { input, customerId, template: 'reset_waiting' }, now)
        return { status: 'waiting', ripeAt: waited.ripeAt, decisions: [reset] }
      }
    }
    const decisions = [reset]
    if (passes(reset)) decisions.push(decide(state, { input, customerId, step: 'sign_in' }, now))
    if (!decisions.every(passes)) {
      const callCarrier = tellRefused(state, { input, customerId }, now)
      return { status: 'denied', callCarrier, decisions }
    }
    return { status: 'done', expiresAt: replace(state, { input, customerId }, now), decisions }
  },
}

interface Known {
  readonly input: ResetPassword
  readonly customerId: string
}

/** A challenge was answered by then: by an app, a sheet or a day's wait. */
function passes({ outcome }: Decision): boolean {
  return outcome === 'allow' || outcome === 'challenge'
}

/** A reset that signs in is two steps, and each has its decision; the second only after a yes. */
function decide(
  state: View,
  { input, customerId, step }: Known & { step: 'reset' | 'sign_in' },
  now: Instant,
): Decision {
  const asked: GuardInput = {
    step,
    decisionId: step === 'reset' ? input.resetDecisionId : input.signInDecisionId,
    subject: '',
    parties: partiesOf(customerId, input),
    ...customerGuardView(state, { customerId, deviceId: input.deviceId }, now),
    session: null,
    proof: 'sms',
    deviceSignals: input.signals,
    money: null,
    payee: null,
    bankAccount: null,
  }
  return decideInCommand(state, asked, now)
}

/** Warns where a thief with the number does not read. Answers: should he call the carrier? */
function tellRefused(state: View, { input, customerId }: Known, now: Instant): boolean {
  const callCarrier = !smsAcceptable(smsStateOf(customerIn(state, customerId)))
  const template = callCarrier ? 'reset_refused_sms' : 'reset_refused'
  tell(state, { input, customerId, template }, now)
  return callCarrier
}

function tell(
  state: View,
  told: Known & { template: 'reset_refused_sms' | 'reset_refused' | 'reset_waiting' },
  now: Instant,
): void {
  const { customerId, template, input } = told
  const params = { device: input.deviceName }
  notify(state, { customerId, channels: cleanChannels, template, params }, now)
}

function replace(state: View, { input, customerId }: Known, now: Instant): Instant {
  const { newPasswordHash: passwordHash, deviceName: device } = input
  state.put(credential, { id: customerId, passwordHash })
  const ended = withSessionsEnded(customerIn(state, customerId), now)
  state.put(customer, { ...ended, passwordChangedAt: now, lastResetAt: now })
  const how = { by: 'reset', entry: 'reset', proof: 'sms', vouched: false } as const
  const expiresAt = enterSession(state, { ...input, customerId, ...how }, now)
  const told = { customerId, channels: cleanChannels, params: { device } }
  notify(state, { ...told, template: 'password_replaced' }, now)
  return expiresAt
}
