import { defineRecord, keyOf, type Key, type View } from '#commit'
import { day, type Instant } from '#kernel'
import type { Signal } from '../guard-input.ts'

/**
 * A customer of a wallet that is not ours: what its operator has told the guard of him. His
 * profile lies in the same row (`guestProfile`).
 */
export interface Guest {
  /** `guest:` and the operator's own id of him. */
  readonly id: string
  readonly createdAt: Instant
  readonly passwordChangedAt: Instant | null
  readonly lastResetAt: Instant | null
  readonly failedSignIns: number
  /** The first of those failures; they count for 24 h from then on. */
  readonly failedSince: Instant | null
  readonly lastActiveAt: Instant | null
  readonly forwarding: Signal
  readonly simSwap: Signal
  readonly silence: Signal
  /** When the operator last said anything of his number; null: never. */
  readonly smsObservedAt: Instant | null
  /** Most customers seen on any one device he signed in on. */
  readonly deviceCustomers: number
}

export const guest = defineRecord<Guest>({
  name: 'risk.guest',
  key: 'id',
  fields: {
    id: 'text',
    createdAt: 'instant',
    passwordChangedAt: 'instant',
    lastResetAt: 'instant',
    failedSignIns: 'integer',
    failedSince: 'instant',
    lastActiveAt: 'instant',
    forwarding: 'text',
    simSwap: 'text',
    silence: 'text',
    smsObservedAt: 'instant',
    deviceCustomers: 'integer',
  },
  constant: ['createdAt'],
})

/** A device of one guest, as his operator knows it. */
export interface GuestDevice {
  /** The guest's id, a slash, the device's. */
  readonly id: string
  readonly addedAt: Instant
  readonly addedBy: 'sign_up' | 'sign_in' | 'reset'
  readonly trusted: boolean
}

export const guestDevice = defineRecord<GuestDevice>({
  name: 'risk.guest_device',
  key: 'id',
  fields: { id: 'text', addedAt: 'instant', addedBy: 'text', trusted: 'boolean' },
  constant: ['addedAt', 'addedBy'],
})

const prefix = 'guest:'

/** How the guard names what another wallet's operator calls `reference`: never one of ours. */
export function guestId(reference: string): string {
  return `${prefix}${reference}`
}

export function isGuest(id: string): boolean {
  return id.startsWith(prefix)
}

export function guestKey(id: string): Key {
  return keyOf(guest, id)
}

export function guestDeviceId(guestOf: string, deviceId: string): string {
  return `${guestOf}/${deviceId}`
}

export function guestDeviceKey(guestOf: string, deviceId: string): Key {
  return keyOf(guestDevice, guestDeviceId(guestOf, deviceId))
}

/** A guest as known, or as he is the first time somebody names him. */
export function guestIn(state: View, id: string, createdAt: Instant): Guest {
  return (
    state.get(guest, id) ?? {
      id,
      createdAt,
      passwordChangedAt: null,
      lastResetAt: null,
      failedSignIns: 0,
      failedSince: null,
      lastActiveAt: null,
      forwarding: 'unknown',
      simSwap: 'unknown',
      silence: 'unknown',
      smsObservedAt: null,
      deviceCustomers: 0,
    }
  )
}

/** Failed sign-ins of the last 24 h, counted from the first of them. */
export function recentFailures(who: Guest, now: Instant): number {
  return who.failedSince !== null && who.failedSince > now - day ? who.failedSignIns : 0
}
