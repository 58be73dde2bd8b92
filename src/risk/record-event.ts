import type { View } from '#commit'
import type { Instant } from '#kernel'
import { addToHolder, type HolderEvent } from './add-to-holder.ts'
import type { GuardParties } from './guard-input.ts'
import { profileKindOf } from './holder-profile-record.ts'
import { addToLink, hasSeen, withMule } from './link-profile.ts'
import { deviceProfileId, linkProfile, networkProfileId } from './link-profile-record.ts'
import { isMarked } from './mule-marks.ts'
import { hashOf } from './profile-layout.ts'

/** Something a customer did, or that happened to his wallet, outside of a payment. */
export interface GuardEvent {
  /** `sign_in`: only seen on a device and a network. */
  readonly kind: 'sign_in' | 'redeemed' | 'subscribed' | 'topped_up' | 'withdrawn' | 'received'
  readonly customerId: string
  /** `received` with device and network null when somebody else caused it. */
  readonly parties: Pick<GuardParties, 'holder' | 'deviceId' | 'network'>
  /** Fen; 0n for a sign-in. */
  readonly amount: bigint
  /** When it happened; absent: now. It may lie before what is known already. */
  readonly at?: Instant
}

/**
 * Remembers an event in the profiles of its holder, device and network, in the caller's command,
 * whose `reads` named `guardKeys(parties)`.
 */
export function recordEvent(state: View, event: GuardEvent, now: Instant): void {
  const { holder, deviceId, network } = event.parties
  const at = event.at ?? now
  const isMule = addHolderEvent(state, holder, {
    kind: event.kind === 'sign_in' ? null : event.kind,
    at,
    amount: Number(event.amount),
    party: 0,
    device: deviceId === null ? 0 : hashOf(deviceId),
    network: network === null ? 0 : hashOf(network),
  })
  seenAt(state, { ...event, isMule }, at)
}

/** Remembers an event; answers whether its holder is known as a mule. */
export function addHolderEvent(state: View, holder: string, event: HolderEvent): boolean {
  const kind = profileKindOf(holder)
  const before = state.get(kind, holder)
  const profile = addToHolder(before === undefined ? null : before.profile, event)
  state.put(kind, { id: holder, profile })
  return isMarked(profile)
}

/** Notes the customer in the profiles of his device and network, when that is news. */
export function seenAt(
  state: View,
  {
    customerId,
    parties,
    isMule,
  }: Pick<GuardEvent, 'customerId' | 'parties'> & { readonly isMule: boolean },
  now: Instant,
): void {
  const customer = hashOf(customerId)
  if (parties.deviceId !== null) {
    seenOn(state, deviceProfileId(parties.deviceId), { customer, now, isMule })
  }
  if (parties.network !== null) {
    seenOn(state, networkProfileId(parties.network), { customer, now, isMule })
  }
}

function seenOn(
  state: View,
  id: string,
  { customer, now, isMule }: { customer: number; now: Instant; isMule: boolean },
): void {
  const before = state.get(linkProfile, id)?.profile ?? null
  const profile = addToLink(before, customer, now)
  if (profile === before) return
  const isNews = isMule && (before === null || !hasSeen(before, customer))
  state.put(linkProfile, { id, profile: isNews ? withMule(profile, 1) : profile })
}
