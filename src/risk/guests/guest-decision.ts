import { defineRecord, keyOf, type Key, type View } from '#commit'
import type { Instant } from '#kernel'
import { hashOf } from '../profile-layout.ts'
import { customersSince } from '../link-profile.ts'
import { deviceProfileId, linkProfile } from '../link-profile-record.ts'
import type { GuardParties } from '../guard-input.ts'
import type { Outcome, Step } from '../outcome.ts'
import { recordEvent } from '../record-event.ts'
import { recordPayment } from '../record-payment.ts'
import { guest, guestIn, type Guest } from './guest.ts'

/** A decision for another wallet, and whether what was asked for has happened. */
export interface GuestDecision {
  readonly id: string
  readonly customerId: string
  readonly deviceId: string | null
  readonly network: string | null
  readonly step: Step
  readonly subject: string
  readonly payeeId: string | null
  /** Fen; null where no money moves. */
  readonly amount: bigint | null
  readonly source: 'wallet' | 'fund'
  readonly outcome: Outcome
  /** `open`: nothing was said of its end yet; what was allowed counts as done meanwhile. */
  readonly state: 'open' | 'done' | 'stopped'
  readonly decidedAt: Instant
  readonly endedAt: Instant | null
}

export const guestDecision = defineRecord<GuestDecision>({
  name: 'risk.guest_decision',
  key: 'id',
  fields: {
    id: 'text',
    customerId: 'text',
    deviceId: 'text',
    network: 'text',
    step: 'text',
    subject: 'text',
    payeeId: 'text',
    amount: 'bigint',
    source: 'text',
    outcome: 'text',
    state: 'text',
    decidedAt: 'instant',
    endedAt: 'instant',
  },
  constant: [
    'customerId',
    'deviceId',
    'network',
    'step',
    'subject',
    'payeeId',
    'amount',
    'source',
    'outcome',
    'decidedAt',
  ],
})

export function guestDecisionKey(id: string): Key {
  return keyOf(guestDecision, id)
}

/** Whose profiles a decision reads and changes. */
export function guestParties(
  made: Pick<GuestDecision, 'customerId' | 'payeeId' | 'deviceId' | 'network'>,
): GuardParties {
  const { customerId, payeeId, deviceId, network } = made
  return { holder: customerId, payeeHolder: payeeId, deviceId, network }
}

/**
 * What happened enters the profiles. `done`: as in our own wallet after it was carried out.
 * `stopped`: a payment counts as attempted, anything else leaves no trace.
 */
export function rememberGuestStep(
  state: View,
  made: GuestDecision,
  { end, now }: { end: 'done' | 'stopped'; now: Instant },
): void {
  const { customerId, step, amount, payeeId, source } = made
  const parties = guestParties(made)
  if (step === 'payment' && payeeId !== null) {
    const money = { payerId: customerId, payeeId, amount: amount ?? 0n, source }
    const how = end === 'done' ? 'posted' : 'stopped'
    const paid = { ...money, parties: { ...parties, payeeHolder: payeeId }, state: how } as const
    recordPayment(state, paid, now)
  }
  if (end === 'stopped') return
  const event = { customerId, parties, amount: amount ?? 0n }
  if (step === 'redeem') recordEvent(state, { ...event, kind: 'redeemed' }, now)
  if (step === 'withdrawal') recordEvent(state, { ...event, kind: 'withdrawn' }, now)
  if (step === 'sign_in') noteGuestSignIn(state, made, now)
  const who = { ...guestIn(state, customerId, now), lastActiveAt: now }
  const reset = { passwordChangedAt: now, lastResetAt: now }
  state.put(guest, step === 'reset' ? { ...who, ...reset } : who)
}

/** A sign-in that succeeded: seen on a device and a network, and the failures are over. */
export function noteGuestSignIn(
  state: View,
  seen: Pick<GuestDecision, 'customerId' | 'deviceId' | 'network'>,
  now: Instant,
): void {
  const { customerId, deviceId, network } = seen
  const parties = { holder: customerId, deviceId, network }
  recordEvent(state, { kind: 'sign_in', customerId, parties, amount: 0n }, now)
  const who: Guest = guestIn(state, customerId, now)
  const deviceCustomers = Math.max(who.deviceCustomers, customersOn(state, deviceId))
  const signedIn = { lastActiveAt: now, failedSignIns: 0, failedSince: null, deviceCustomers }
  state.put(guest, { ...who, ...signedIn })
}

function customersOn(state: View, deviceId: string | null): number {
  if (deviceId === null || hashOf(deviceId) === 0) return 0
  const profile = state.get(linkProfile, deviceProfileId(deviceId))?.profile ?? null
  return profile === null ? 0 : customersSince(profile, 0)
}
