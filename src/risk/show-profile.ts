import type { Instant } from '#kernel'
import {
  countAt,
  dormantDays,
  lastActive,
  lifetimePaid,
  maxAt,
  muleLinks,
  muleSince,
  openHolder,
  readWindows,
  slotOf,
  sumAt,
  tooLateEvents,
  windowTotals,
  type HolderView,
} from './holder-profile.ts'
import { event, eventKinds, getU40, getU48, hashOf, party, place, tile } from './profile-layout.ts'

/** One window of one kind of event. Fen. */
export interface WindowShown {
  readonly count: number
  readonly sum: number
  readonly largest: number
}

/** Somebody or something this holder had to do with. */
export interface PartyShown {
  /** As the profile keeps it: eight hexadecimal digits. */
  readonly hash: string
  /** Of the ids given, the one with this hash; null: none of them. */
  readonly id: string | null
  readonly first: Instant
  readonly last: Instant
}

/** All the guard remembers of a holder, as people read it. */
export interface ProfileShown {
  readonly bytes: number
  readonly since: Instant
  readonly lastActive: Instant
  readonly dormantDays: number
  readonly paymentsEver: number
  readonly largestPayment: number
  /** By kind (`paid`, `received`, …), then by window. Kinds that never happened are left out. */
  readonly windows: Readonly<Record<string, Readonly<Record<WindowName, WindowShown>>>>
  readonly payees: readonly (PartyShown & { readonly count: number; readonly sum: number })[]
  readonly payers: readonly (PartyShown & { readonly count: number; readonly sum: number })[]
  readonly devices: readonly PartyShown[]
  readonly networks: readonly PartyShown[]
  /** Kept one by one, and hours and days that stand for older ones together. */
  readonly events: number
  readonly tiles: number
  /** Came more than 30 days late: in no window. */
  readonly tooLate: number
  /** Since when he is known as a mule; null: he is not. */
  readonly muleSince: Instant | null
  /** Known mules who paid him, or share a device with him. */
  readonly muleLinks: number
}

export const windowNames = ['1h', '24h', '7d', '30d'] as const
export type WindowName = (typeof windowNames)[number]

/**
 * What a holder's profile says at a moment, read by the same functions that gather facts. `ids`:
 * those that may be in it, so that their hashes get their names back.
 */
export function showProfile(
  bytes: Uint8Array,
  { now, ids }: { now: Instant; ids: Iterable<string> },
): ProfileShown {
  const holder = openHolder(bytes)
  const named = new Map([...ids].map((id) => [hashOf(id), id]))
  const { count: paymentsEver, max: largestPayment } = lifetimePaid(holder)
  const at = (from: number, to: number) => placesIn(holder, { from, to, size: place.size }, named)
  const parties = (from: number, to: number) => partiesIn(holder, { from, to }, named)
  return {
    bytes: bytes.length,
    since: holder.base,
    lastActive: lastActive(holder),
    dormantDays: dormantDays(holder, now),
    paymentsEver,
    largestPayment,
    windows: windowsOf(holder, now),
    payees: parties(holder.payees, holder.payers),
    payers: parties(holder.payers, holder.devices),
    devices: at(holder.devices, holder.networks),
    networks: at(holder.networks, holder.tiles),
    events: (holder.end - holder.events) / event.size,
    tiles: (holder.events - holder.tiles) / tile.size,
    tooLate: tooLateEvents(holder),
    muleSince: muleSince(holder),
    muleLinks: muleLinks(holder),
  }
}

function windowsOf(holder: HolderView, now: Instant): ProfileShown['windows'] {
  const totals = windowTotals()
  readWindows(holder, now, totals)
  const shown: Record<string, Record<WindowName, WindowShown>> = {}
  for (const kind of eventKinds) {
    const of = (window: 0 | 1 | 2 | 3): WindowShown => {
      const slot = slotOf(kind, window)
      return {
        count: countAt(totals, slot),
        sum: sumAt(totals, slot),
        largest: maxAt(totals, slot),
      }
    }
    const [hour, today, week, month] = [of(0), of(1), of(2), of(3)]
    if (month.count > 0) shown[kind] = { '1h': hour, '24h': today, '7d': week, '30d': month }
  }
  return shown
}

type Named = ReadonlyMap<number, string>

function placesIn(
  { view, base }: HolderView,
  { from, to, size }: { from: number; to: number; size: number },
  named: Named,
): PartyShown[] {
  const found: PartyShown[] = []
  for (let at = from; at < to; at += size) {
    const hash = view.getUint32(at, true)
    found.push({
      hash: hash.toString(16).padStart(8, '0'),
      id: named.get(hash) ?? null,
      first: base + getU40(view, at + place.first),
      last: base + getU40(view, at + place.last),
    })
  }
  return found
}

function partiesIn(
  holder: HolderView,
  section: { from: number; to: number },
  named: Named,
): ProfileShown['payees'] {
  const { view } = holder
  return placesIn(holder, { ...section, size: party.size }, named).map((shown, index) => {
    const at = section.from + index * party.size
    const count = view.getUint16(at + party.count, true)
    return { ...shown, count, sum: getU48(view, at + party.total) }
  })
}
