import { day, hour, type Instant } from '#kernel'
import {
  distinctLimit,
  event,
  eventKinds,
  getU40,
  getU48,
  header,
  layoutVersion,
  party,
  place,
  tile,
  type EventKind,
} from './profile-layout.ts'
import { upgradeHolder } from './upgrade-profile.ts'

/** A profile's bytes with the places of its sections; made per use, a few dozen nanoseconds. */
export interface HolderView {
  readonly bytes: Uint8Array
  readonly view: DataView
  readonly base: Instant
  readonly payees: number
  readonly payers: number
  readonly devices: number
  readonly networks: number
  readonly tiles: number
  readonly events: number
  readonly end: number
}

export function openHolder(bytes: Uint8Array): HolderView {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.getUint8(header.version) !== layoutVersion) return openHolder(upgradeHolder(bytes))
  const payees = header.size
  const payers = payees + view.getUint8(header.payees) * party.size
  const devices = payers + view.getUint8(header.payers) * party.size
  const networks = devices + view.getUint8(header.devices) * place.size
  const tiles = networks + view.getUint8(header.networks) * place.size
  const events = tiles + view.getUint16(header.tiles, true) * tile.size
  const end = events + view.getUint16(header.events, true) * event.size
  const base = getU48(view, header.base)
  return { bytes, view, base, payees, payers, devices, networks, tiles, events, end }
}

/** When this holder last did something himself. */
export function lastActive(holder: HolderView): Instant {
  return holder.base + getU40(holder.view, header.lastActive)
}

/** Whole days without any act: now, or before he woke within the last week. */
export function dormantDays(holder: HolderView, now: Instant): number {
  const idle = Math.floor((now - lastActive(holder)) / day)
  const woken = now - (holder.base + getU40(holder.view, header.wokenAt))
  const slept = holder.view.getUint16(header.sleptDays, true)
  return Math.max(0, idle, woken <= 7 * day ? slept : 0)
}

/** Payments ever made, and the largest of them in fen. */
export function lifetimePaid(holder: HolderView): { count: number; max: number } {
  const { view } = holder
  return { count: view.getUint32(header.paidCount, true), max: getU48(view, header.paidMax) }
}

/** When this holder became known as a mule; null: he is not known as one. */
export function muleSince(holder: HolderView): Instant | null {
  const at = getU40(holder.view, header.muleAt)
  return at === 0 ? null : holder.base + at
}

/** How many known mules paid this holder or share a device with him; 255: or more. */
export function muleLinks(holder: HolderView): number {
  return holder.view.getUint8(header.muleLinks)
}

/** Events that came too late for every window; 255: or more. */
export function tooLateEvents(holder: HolderView): number {
  return holder.view.getUint8(header.tooLate)
}

/** What is known of one counterparty. */
export interface Party {
  readonly first: Instant
  readonly last: Instant
  readonly count: number
  readonly total: number
}

export function findPayee(holder: HolderView, hash: number): Party | undefined {
  return findParty(holder, hash, { from: holder.payees, to: holder.payers })
}

export function findPayer(holder: HolderView, hash: number): Party | undefined {
  return findParty(holder, hash, { from: holder.payers, to: holder.devices })
}

function findParty(
  { view, base }: HolderView,
  hash: number,
  { from, to }: { from: number; to: number },
): Party | undefined {
  for (let at = from; at < to; at += party.size) {
    if (view.getUint32(at, true) !== hash) continue
    return {
      first: base + getU40(view, at + party.first),
      last: base + getU40(view, at + party.last),
      count: view.getUint16(at + party.count, true),
      total: getU48(view, at + party.total),
    }
  }
  return undefined
}

/** When this holder was first seen on a network; undefined: never. */
export function networkFirstSeen(
  { view, base, networks, tiles }: HolderView,
  hash: number,
): Instant | undefined {
  for (let at = networks; at < tiles; at += place.size) {
    if (view.getUint32(at, true) === hash) return base + getU40(view, at + place.first)
  }
  return undefined
}

/** How many devices or networks other than `present` this holder was seen on after `since`. */
export function otherPlaces(
  holder: HolderView,
  of: 'devices' | 'networks',
  { since, present }: { since: Instant; present: number },
): number {
  const { view } = holder
  const from = of === 'devices' ? holder.devices : holder.networks
  const to = of === 'devices' ? holder.networks : holder.tiles
  const after = since - holder.base
  let count = 0
  for (let at = from; at < to; at += place.size) {
    if (view.getUint32(at, true) === present) continue
    if (getU40(view, at + place.last) > after) count += 1
  }
  return count
}

/** Counterparties first met after `since`: how many, and all that was ever paid to them. */
export function newParties(
  holder: HolderView,
  side: 'payees' | 'payers',
  since: Instant,
): { count: number; sum: number } {
  const { view, base } = holder
  const from = side === 'payees' ? holder.payees : holder.payers
  const to = side === 'payees' ? holder.payers : holder.devices
  const after = since - base
  let count = 0
  let sum = 0
  for (let at = from; at < to; at += party.size) {
    if (getU40(view, at + party.first) <= after) continue
    count += 1
    sum += getU48(view, at + party.total)
  }
  // Payees pushed out of the full table while they were new still count: never too little.
  if (side === 'payees' && getU40(view, header.overflowAt) > after) {
    count += view.getUint16(header.overflowCount, true)
    sum += getU48(view, header.overflowSum)
  }
  return { count, sum }
}

export type DistinctOf = 'payees' | 'payers' | 'devices' | 'networks'

/** Which section begins where this one ends. */
const following = {
  payees: 'payers',
  payers: 'devices',
  devices: 'networks',
  networks: 'tiles',
} as const

/**
 * How many different ones were seen in (now - w, now]. Exact below 64, which then means "64 or
 * more": the table keeps the latest, so whoever was pushed out was seen before all that are in it.
 */
export function distinctIn(holder: HolderView, of: DistinctOf, since: Instant): number {
  const from = holder[of]
  const to = holder[following[of]]
  const size = of === 'payees' || of === 'payers' ? party.size : place.size
  const after = since - holder.base
  let count = 0
  for (let at = from; at < to; at += size) {
    if (getU40(holder.view, at + party.last) > after) count += 1
  }
  return Math.min(count, distinctLimit)
}

/** Share of this holder's payments made in the same or a neighbouring three hours, in percent. */
export function hourShare(holder: HolderView, localMs: number): number {
  const bucket = Math.floor(localMs / (3 * hour)) & 7
  let total = 0
  for (let i = 0; i < 8; i += 1) total += holder.view.getUint8(header.hours + i)
  if (total === 0) return 100
  const near = [bucket, (bucket + 1) & 7, (bucket + 7) & 7]
  const hits = near.reduce((sum, i) => sum + holder.view.getUint8(header.hours + i), 0)
  return Math.floor((hits * 100) / total)
}

/** Lengths of the sliding windows (now - w, now]. */
export const windows = [hour, day, 7 * day, 30 * day] as const

/** Counts, sums and maxima of every kind in every window: see `slotOf`. */
export type WindowTotals = Float64Array

const windowSlots = eventKinds.length * windows.length

export function slotOf(kind: EventKind, window: 0 | 1 | 2 | 3): number {
  return eventKinds.indexOf(kind) * windows.length + window
}

/** Reusable room for `readWindows`: counts, then sums, then maxima. */
export function windowTotals(): WindowTotals {
  return new Float64Array(windowSlots * 3)
}

export function countAt(totals: WindowTotals, slot: number): number {
  return totals[slot] ?? 0
}
export function sumAt(totals: WindowTotals, slot: number): number {
  return totals[windowSlots + slot] ?? 0
}
export function maxAt(totals: WindowTotals, slot: number): number {
  return totals[2 * windowSlots + slot] ?? 0
}

/**
 * Fills `totals` in one pass. Exact for the events kept one by one; a tile counts whole when any
 * part of it lies in the window, so totals err by at most one tile and never downwards.
 */
export function readWindows(holder: HolderView, now: Instant, totals: WindowTotals): void {
  totals.fill(0)
  const { view, base } = holder
  for (let at = holder.tiles; at < holder.events; at += tile.size) {
    const start = view.getUint32(at, true) * hour
    const last = start + view.getUint8(at + tile.hours) * hour - 1
    const sum = getU48(view, at + tile.sum)
    const slot = firstSlot(view.getUint8(at + tile.kind), now - last)
    if (slot < 0) continue
    addCount(totals, slot, view.getUint32(at + tile.count, true))
    addSum(totals, slot, sum)
    raise(totals, slot, getU48(view, at + tile.max))
  }
  for (let at = holder.events; at < holder.end; at += event.size) {
    const slot = firstSlot(view.getUint8(at + event.kind), now - base - getU40(view, at))
    if (slot < 0) continue
    const amount = getU48(view, at + event.amount)
    addCount(totals, slot, 1)
    addSum(totals, slot, amount)
    raise(totals, slot, amount)
  }
  widen(totals)
}

/** The slot of the shortest window that an event of this age lies in; -1: older than all. */
function firstSlot(kind: number, age: number): number {
  const slot = kind * 4
  if (age < hour) return slot
  if (age < day) return slot + 1
  if (age < 7 * day) return slot + 2
  return age < 30 * day ? slot + 3 : -1
}

function addCount(totals: WindowTotals, slot: number, count: number): void {
  totals[slot] = (totals[slot] ?? 0) + count
}

function addSum(totals: WindowTotals, slot: number, sum: number): void {
  totals[windowSlots + slot] = (totals[windowSlots + slot] ?? 0) + sum
}

function raise(totals: WindowTotals, slot: number, amount: number): void {
  const at = 2 * windowSlots + slot
  if (amount > (totals[at] ?? 0)) totals[at] = amount
}

/** Events were put into their shortest window only: the longer ones hold them too. */
function widen(totals: WindowTotals): void {
  for (let slot = 0; slot < windowSlots; slot += 4) {
    for (let longer = slot + 1; longer < slot + 4; longer += 1) {
      const count = totals[longer - 1] ?? 0
      if (count === 0) continue
      addCount(totals, longer, count)
      addSum(totals, longer, totals[windowSlots + longer - 1] ?? 0)
      raise(totals, longer, totals[2 * windowSlots + longer - 1] ?? 0)
    }
  }
}

/** Which kinds are money coming in from others (1) and going out to others (2), by code. */
const direction = Uint8Array.from(eventKinds, (kind) => {
  if (kind === 'received') return 1
  return kind === 'paid' || kind === 'withdrawn' ? 2 : 0
})

/** Received from others and sent on since a moment, as `readWindows` would say, but cheaper. */
export function flowSince(holder: HolderView, since: Instant): { in: number; out: number } {
  const { view, base } = holder
  let received = 0
  let sent = 0
  for (let at = holder.tiles; at < holder.events; at += tile.size) {
    const end = (view.getUint32(at, true) + view.getUint8(at + tile.hours)) * hour
    const way = direction[view.getUint8(at + tile.kind)] ?? 0
    if (way === 0 || end - 1 <= since) continue
    if (way === 1) received += getU48(view, at + tile.sum)
    else sent += getU48(view, at + tile.sum)
  }
  const after = since - base
  for (let at = holder.end - event.size; at >= holder.events; at -= event.size) {
    if (getU40(view, at) <= after) break
    const way = direction[view.getUint8(at + event.kind)] ?? 0
    if (way === 1) received += getU48(view, at + event.amount)
    else if (way === 2) sent += getU48(view, at + event.amount)
  }
  return { in: received, out: sent }
}

/** Payments and attempts after `since` of nearly this amount (within `percent`): count and sum. */
export function nearAmount(
  holder: HolderView,
  since: Instant,
  around: { amount: number; percent: number },
): { count: number; sum: number } {
  const { view, base } = holder
  const spread = (around.amount * around.percent) / 100
  const after = since - base
  let count = 0
  let sum = 0
  for (let at = holder.end - event.size; at >= holder.events; at -= event.size) {
    if (getU40(view, at) <= after) break
    const kind = view.getUint8(at + event.kind)
    if (kind !== 0 && kind !== 6) continue
    const amount = getU48(view, at + event.amount)
    if (Math.abs(amount - around.amount) > spread) continue
    count += 1
    sum += amount
  }
  return { count, sum }
}
