import { defineRecord, keyOf, type Command, type Key, type View } from '#commit'
import type { Instant } from '#kernel'
import { openHolder, muleSince } from '../holder-profile.ts'
import { profileKindOf } from '../holder-profile-record.ts'
import type { Label } from '../label-log.ts'
import { hasSeen, withMule } from '../link-profile.ts'
import { deviceProfileId, linkProfile, linkProfileKey } from '../link-profile-record.ts'
import { linkToMule, markMule, unmarkMule } from '../mule-marks.ts'
import { hashOf } from '../profile-layout.ts'

/** A label that was followed to the payee and his neighbours. */
export interface FollowedLabel {
  /** The payment. */
  readonly id: string
  readonly label: Label
  /** null: nobody to follow it to. */
  readonly payee: string | null
  readonly followedAt: Instant
  readonly neighbours: number
}

export const followedLabel = defineRecord<FollowedLabel>({
  name: 'risk.followed_label',
  key: 'id',
  fields: {
    id: 'text',
    label: 'text',
    payee: 'text',
    followedAt: 'instant',
    neighbours: 'integer',
  },
})

/** As many records as one label may change: more neighbours are left out, the oldest first. */
export const mostNeighbours = 256
export const mostDevices = 16

export interface FollowLabel {
  readonly subject: string
  readonly label: Label
  /** null: the payee is no person, or unknown. */
  readonly payee: {
    readonly id: string
    readonly holder: string
    /** Some other payment to him is labelled a theft or scam. */
    readonly otherwiseKnown: boolean
  } | null
  /** Holders he has paid, or who share a device with him; at most `mostNeighbours`. */
  readonly neighbours: readonly string[]
  /** His devices; at most `mostDevices`. */
  readonly devices: readonly string[]
}

/**
 * Carries what became known of a payment to the profiles of its payee, of his devices and of those
 * one hop from him: from then on decisions read it there, in constant time. A label that is taken
 * back takes the marks back, where no other one speaks for them. No errors.
 */
export const followLabel: Command<FollowLabel, { readonly changed: boolean }> = {
  name: 'risk.follow_label',
  reads({ subject, payee, neighbours, devices }) {
    const keys: Key[] = [keyOf(followedLabel, subject)]
    if (payee === null) return keys
    keys.push(keyOf(profileKindOf(payee.holder), payee.holder))
    for (const holder of neighbours) keys.push(keyOf(profileKindOf(holder), holder))
    for (const device of devices) keys.push(linkProfileKey(deviceProfileId(device)))
    return keys
  },
  apply(state, { subject: id, label, payee, ...around }, now) {
    const { neighbours } = around
    const isTheft = label === 'theft' || label === 'scam'
    const present = payee === null ? null : profileOf(state, payee.holder)
    const isMule = present !== null && muleSince(openHolder(present)) !== null
    const becomes = isTheft || payee?.otherwiseKnown === true
    const changed = payee !== null && isMule !== becomes
    if (changed) {
      mark(state, { holder: payee.holder, becomes }, now)
      spread(state, { ...around, payee: payee.id, change: becomes ? 1 : -1 }, now)
    }
    const followed = { id, label, payee: payee?.id ?? null, followedAt: now }
    state.put(followedLabel, { ...followed, neighbours: changed ? neighbours.length : 0 })
    return { changed }
  },
}

function mark(
  state: View,
  { holder, becomes }: { holder: string; becomes: boolean },
  now: Instant,
): void {
  const before = profileOf(state, holder)
  const profile = becomes ? markMule(before, now) : before === null ? null : unmarkMule(before)
  state.put(profileKindOf(holder), { id: holder, profile })
}

function spread(
  state: View,
  wish: Pick<FollowLabel, 'neighbours' | 'devices'> & { payee: string; change: 1 | -1 },
  now: Instant,
): void {
  const { neighbours, devices, payee, change } = wish
  for (const holder of neighbours) {
    const profile = linkToMule(profileOf(state, holder), now, change)
    state.put(profileKindOf(holder), { id: holder, profile })
  }
  for (const device of devices) {
    const id = deviceProfileId(device)
    const found = state.get(linkProfile, id)
    if (found === undefined || !hasSeen(found.profile, hashOf(payee))) continue
    state.put(linkProfile, { id, profile: withMule(found.profile, change) })
  }
}

function profileOf(state: View, holder: string): Uint8Array | null {
  return state.get(profileKindOf(holder), holder)?.profile ?? null
}
