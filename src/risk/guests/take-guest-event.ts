import { type Command, type Key, type View } from '#commit'
import { day, type Instant } from '#kernel'
import { guardKeys } from '../guard-keys.ts'
import type { Signal } from '../guard-input.ts'
import { recordEvent } from '../record-event.ts'
import {
  guest,
  guestDevice,
  guestDeviceId,
  guestDeviceKey,
  guestIn,
  guestKey,
  recentFailures,
  type Guest,
} from './guest.ts'
import { noteGuestSignIn } from './guest-decision.ts'

/** What happened to a customer of another wallet outside of a decision. */
export type GuestHappening =
  | { readonly type: 'customer_created'; readonly createdAt: Instant }
  | { readonly type: 'signed_in' | 'sign_in_failed' | 'password_changed' | 'password_reset' }
  | {
      readonly type: 'device_added'
      readonly addedAt: Instant
      readonly addedBy: 'sign_up' | 'sign_in' | 'reset'
      readonly trusted: boolean
    }
  | { readonly type: 'device_trusted' | 'device_distrusted' }
  | {
      readonly type: 'topped_up' | 'received' | 'subscribed' | 'redeemed' | 'withdrawn'
      /** Fen. */
      readonly amount: bigint
    }
  | {
      readonly type: 'sms_signal'
      readonly forwarding: Signal
      readonly simSwap: Signal
      readonly silence: Signal
    }

export interface TakeGuestEvent {
  readonly customerId: string
  readonly deviceId: string | null
  readonly network: string | null
  readonly happened: GuestHappening
}

export type GuestEventTaken = { readonly taken: true } | { readonly refused: 'device_unknown' }

/** Remembers an event of another wallet. Errors: device_unknown (no such device of this guest). */
export const takeGuestEvent: Command<TakeGuestEvent, GuestEventTaken> = {
  name: 'risk.take_guest_event',
  reads({ customerId, deviceId, network }) {
    const parties = { holder: customerId, payeeHolder: null, deviceId, network }
    const keys: Key[] = [guestKey(customerId), ...guardKeys(parties)]
    if (deviceId !== null) keys.push(guestDeviceKey(customerId, deviceId))
    return keys
  },
  apply(state, input, now) {
    const { customerId, happened } = input
    const first = happened.type === 'customer_created' ? happened.createdAt : now
    const who = guestIn(state, customerId, first)
    if (!changeDevice(state, input)) return { refused: 'device_unknown' }
    state.put(guest, changed(who, happened, now))
    remember(state, input, now)
    return { taken: true }
  },
}

/** Changes the guest's device when that is what happened. false: there is no such device. */
function changeDevice(state: View, { customerId, deviceId, happened }: TakeGuestEvent): boolean {
  if (deviceId === null) return true
  const id = guestDeviceId(customerId, deviceId)
  const known = state.get(guestDevice, id)
  switch (happened.type) {
    case 'device_added': {
      const { addedAt, addedBy, trusted } = happened
      if (known === undefined) state.put(guestDevice, { id, addedAt, addedBy, trusted })
      return true
    }
    case 'device_trusted':
    case 'device_distrusted':
      if (known === undefined) return false
      state.put(guestDevice, { ...known, trusted: happened.type === 'device_trusted' })
      return true
    default:
      return true
  }
}

function changed(who: Guest, happened: GuestHappening, now: Instant): Guest {
  switch (happened.type) {
    case 'sign_in_failed': {
      const running = who.failedSince !== null && who.failedSince > now - day
      return {
        ...who,
        failedSignIns: recentFailures(who, now) + 1,
        failedSince: running ? who.failedSince : now,
      }
    }
    case 'password_changed':
      return { ...who, passwordChangedAt: now }
    case 'password_reset':
      return { ...who, passwordChangedAt: now, lastResetAt: now }
    case 'sms_signal': {
      const { forwarding, simSwap, silence } = happened
      return { ...who, forwarding, simSwap, silence, smsObservedAt: now }
    }
    default:
      return who
  }
}

function remember(state: View, input: TakeGuestEvent, now: Instant): void {
  const { customerId, deviceId, network, happened } = input
  if (happened.type === 'signed_in') noteGuestSignIn(state, input, now)
  if (!('amount' in happened)) return
  const parties = { holder: customerId, deviceId, network }
  const { type: kind, amount } = happened
  recordEvent(state, { kind, customerId, parties, amount }, now)
}
