import { keyOf, freshKeyOf, type Command, type Key, type View } from '#commit'
import type { Instant } from '#kernel'
import { decideInCommand } from '../decide-in-command.ts'
import { guardKeys } from '../guard-keys.ts'
import type { GuardInput, Proof } from '../guard-input.ts'
import type { Decision, Step } from '../outcome.ts'
import {
  guest,
  guestDevice,
  guestDeviceId,
  guestDeviceKey,
  guestIn,
  guestKey,
  recentFailures,
} from './guest.ts'
import { guestDecision, guestParties, rememberGuestStep } from './guest-decision.ts'

/** What another wallet's operator asks: may this step go on? Ids are the guard's (`guest:…`). */
export interface DecideForGuest {
  readonly decisionId: string
  readonly step: Step
  /** The operator's id of the payment or order; '' when there is none. */
  readonly subject: string
  readonly customer: { readonly id: string; readonly createdAt: Instant | null }
  readonly deviceId: string | null
  readonly network: string | null
  readonly signals: GuardInput['deviceSignals']
  /** `deviceId`: the device the session is bound to; null: not bound to one. */
  readonly session: { readonly startedAt: Instant; readonly deviceId: string | null } | null
  readonly proof: Proof
  readonly money: GuardInput['money']
  readonly payee: {
    readonly id: string
    readonly kind: 'person' | 'merchant'
    readonly createdAt: Instant | null
  } | null
  readonly bankAccount: GuardInput['bankAccount']
}

export interface GuestDecided extends Omit<Decision, 'ruleHits'> {
  readonly at: Instant
}

/**
 * Decides for a wallet that is not ours and remembers at once what it let through: whoever asks
 * next sees it, so that fifty at once do not pass a limit that allows seven. No errors.
 */
export const decideForGuest: Command<DecideForGuest, GuestDecided> = {
  name: 'risk.decide_for_guest',
  reads(input) {
    const { customer, payee, deviceId } = input
    const keys: Key[] = [
      freshKeyOf(guestDecision, input.decisionId),
      guestKey(customer.id),
      ...guardKeys(partiesOf(input)),
    ]
    if (payee !== null) keys.push(keyOf(guest, payee.id))
    if (deviceId !== null) keys.push(guestDeviceKey(customer.id, deviceId))
    return keys
  },
  apply(state, input, now) {
    const { customer, payee } = input
    introduce(state, customer, now)
    if (payee !== null) introduce(state, payee, now)
    const { ruleHits: _hits, ...decision } = decideInCommand(
      state,
      guardInput(state, input, now),
      now,
    )
    const { id, outcome } = decision
    const made = {
      id,
      customerId: customer.id,
      deviceId: input.deviceId,
      network: input.network,
      step: input.step,
      subject: input.subject,
      payeeId: payee?.id ?? null,
      amount: input.money?.amount ?? null,
      source: input.money?.source ?? 'wallet',
      outcome,
      state: 'open',
      decidedAt: now,
      endedAt: null,
    } as const
    state.put(guestDecision, made)
    rememberGuestStep(state, made, { end: outcome === 'allow' ? 'done' : 'stopped', now })
    return { ...decision, at: now }
  },
}

function partiesOf({ customer, payee, deviceId, network }: DecideForGuest) {
  return guestParties({ customerId: customer.id, payeeId: payee?.id ?? null, deviceId, network })
}

/** Whoever is named for the first time is known from then on. */
function introduce(
  state: View,
  { id, createdAt }: { id: string; createdAt: Instant | null },
  now: Instant,
): void {
  if (state.get(guest, id) === undefined) state.put(guest, guestIn(state, id, createdAt ?? now))
}

function guardInput(state: View, input: DecideForGuest, now: Instant): GuardInput {
  const { customer, deviceId, session, payee } = input
  const who = guestIn(state, customer.id, now)
  const seen =
    deviceId === null ? undefined : state.get(guestDevice, guestDeviceId(customer.id, deviceId))
  const to = payee === null ? null : guestIn(state, payee.id, now)
  return {
    decisionId: input.decisionId,
    step: input.step,
    subject: input.subject,
    parties: partiesOf(input),
    customer: {
      id: who.id,
      createdAt: who.createdAt,
      passwordChangedAt: who.passwordChangedAt,
      lastResetAt: who.lastResetAt,
      failedSignIns24h: recentFailures(who, now),
      lastActiveAt: who.lastActiveAt,
    },
    device: {
      addedAt: seen?.addedAt ?? null,
      trusted: seen?.trusted ?? false,
      addedBy: seen?.addedBy ?? null,
    },
    session: session === null ? null : sessionView(session, deviceId),
    proof: input.proof,
    sms: {
      forwarding: who.forwarding,
      simSwap: who.simSwap,
      silence: who.silence,
      observedAt: who.smsObservedAt,
    },
    deviceSignals: input.signals,
    money: input.money,
    payee:
      payee === null || to === null
        ? null
        : {
            id: payee.id,
            kind: payee.kind,
            createdAt: to.createdAt,
            deviceCustomers: to.deviceCustomers,
          },
    bankAccount: input.bankAccount,
  }
}

function sessionView(
  { startedAt, deviceId: bound }: NonNullable<DecideForGuest['session']>,
  deviceId: string | null,
): GuardInput['session'] {
  return { startedAt, otherDevice: bound !== null && bound !== deviceId }
}
