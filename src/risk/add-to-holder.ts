import { day, hour, localTimeOf, type Instant } from '#kernel'
import { openHolder, type HolderView } from './holder-profile.ts'
import {
  event,
  eventKinds,
  getU40,
  getU48,
  header,
  layoutVersion,
  limits,
  party,
  place,
  setU40,
  setU48,
  tile,
  type EventKind,
} from './profile-layout.ts'
import { reaching } from './reaching-back.ts'
import { addTile, addToTile, largestTiles } from './tiles.ts'

/** Something that happened to a holder. Hashes by `hashOf`; 0: none. */
export interface HolderEvent {
  /** null: only seen on a device and network (a sign-in). */
  readonly kind: EventKind | null
  readonly at: Instant
  /** Fen. */
  readonly amount: number
  readonly party: number
  readonly device: number
  readonly network: number
}

/** The largest profile there can be; the room is reused, every call copies its result out. */
const room = new Uint8Array(
  header.size +
    (limits.payees + limits.payers) * party.size +
    (limits.devices + limits.networks) * place.size +
    largestTiles * tile.size +
    (limits.events + 1) * event.size,
)
const roomView = new DataView(room.buffer)

/** The profile being changed in `room`: where its bytes end, and when this is. */
interface Draft {
  end: number
  /** When it happened, as an offset from the profile's base. */
  readonly seen: number
  /** The newest moment the profile knows of: an event may come after later ones. */
  readonly latest: number
  readonly amount: number
}

/** Bytes of a holder nobody has heard of, first seen at `at`. */
function emptyHolder(at: Instant): Uint8Array {
  const bytes = new Uint8Array(header.size)
  const view = new DataView(bytes.buffer)
  view.setUint8(header.version, layoutVersion)
  setU48(view, header.base, at)
  return bytes
}

/**
 * A new profile with the event added; the old bytes stay as they are. The bytes are copied whole
 * and changed in place: no decoding, so that even a payee with full tables costs microseconds.
 */
export function addToHolder(bytes: Uint8Array | null, added: HolderEvent): Uint8Array {
  const holder = openHolder(reaching(bytes ?? emptyHolder(added.at), added.at))
  room.set(holder.bytes)
  const seen = added.at - holder.base
  const latest = Math.max(seen, newestEvent(holder))
  const draft: Draft = { end: holder.end, seen, latest, amount: added.amount }
  // From the last section to the first: what grows then moves nothing that was already found.
  writeEvents(draft, holder, added)
  if (added.network !== 0) upsert(draft, networksAt(holder), added.network)
  if (added.device !== 0) upsert(draft, devicesAt(holder), added.device)
  if (added.party !== 0) {
    if (added.kind === 'received') upsert(draft, payersAt(holder), added.party)
    if (added.kind === 'paid') upsert(draft, payeesAt(holder), added.party)
  }
  writeHeader(holder, added)
  return room.slice(0, draft.end)
}

/** Offset of the newest event kept one by one; 0: there is none. */
function newestEvent({ view, events, end }: HolderView): number {
  return end === events ? 0 : getU40(view, end - event.size)
}

interface Table {
  readonly from: number
  readonly to: number
  readonly size: number
  readonly limit: number
  /** Where the header counts the entries. */
  readonly counter: number
}

function payeesAt({ payees, payers }: HolderView): Table {
  const { payees: counter } = header
  return { from: payees, to: payers, size: party.size, limit: limits.payees, counter }
}

function payersAt({ payers, devices }: HolderView): Table {
  const { payers: counter } = header
  return { from: payers, to: devices, size: party.size, limit: limits.payers, counter }
}

function devicesAt({ devices, networks }: HolderView): Table {
  const { devices: counter } = header
  return { from: devices, to: networks, size: place.size, limit: limits.devices, counter }
}

function networksAt({ networks, tiles }: HolderView): Table {
  const { networks: counter } = header
  return { from: networks, to: tiles, size: place.size, limit: limits.networks, counter }
}

/** Renews an entry, or adds it; a full table gives up the entry seen longest ago. */
function upsert(draft: Draft, table: Table, hash: number): void {
  const { from, to, size } = table
  let oldest = from
  let oldestSeen = Number.POSITIVE_INFINITY
  for (let at = from; at < to; at += size) {
    if (roomView.getUint32(at, true) === hash) return renew(draft, at, size)
    const last = getU40(roomView, at + party.last)
    if (last < oldestSeen) {
      oldestSeen = last
      oldest = at
    }
  }
  const isFull = to - from >= table.limit * size
  // Whoever was seen last before all in a full table has no place in it any more.
  if (isFull && draft.seen < oldestSeen) return forget(draft, table)
  let at = oldest
  if (!isFull) {
    at = to
    room.copyWithin(to + size, to, draft.end)
    draft.end += size
    roomView.setUint8(table.counter, roomView.getUint8(table.counter) + 1)
  } else if (table.counter === header.payees) rememberEvicted(at, draft.seen)
  roomView.setUint32(at, hash, true)
  setU40(roomView, at + party.first, draft.seen)
  setU40(roomView, at + party.last, draft.seen)
  if (size === party.size) {
    roomView.setUint16(at + party.count, 0, true)
    setU48(roomView, at + party.total, 0)
  }
  renew(draft, at, size)
}

function renew({ seen, amount }: Draft, at: number, size: number): void {
  if (seen > getU40(roomView, at + party.last)) setU40(roomView, at + party.last, seen)
  if (seen < getU40(roomView, at + party.first)) setU40(roomView, at + party.first, seen)
  if (size !== party.size) return
  const count = roomView.getUint16(at + party.count, true)
  if (count < 0xffff) roomView.setUint16(at + party.count, count + 1, true)
  setU48(roomView, at + party.total, getU48(roomView, at + party.total) + amount)
}

/** A payee that was still new when it lost its place goes on counting as new for a day. */
function rememberEvicted(at: number, seen: number): void {
  const total = getU48(roomView, at + party.total)
  rememberNew({ first: getU40(roomView, at + party.first), total }, seen)
}

/** The same of one that came too late for a place. */
function forget({ seen, latest, amount }: Draft, table: Table): void {
  if (table.counter === header.payees) rememberNew({ first: seen, total: amount }, latest)
}

function rememberNew({ first, total }: { first: number; total: number }, seen: number): void {
  if (first <= seen - day) return
  const before = getU40(roomView, header.overflowAt)
  const count = roomView.getUint16(header.overflowCount, true)
  const running = count > 0 && before > seen - day
  const sum = running ? getU48(roomView, header.overflowSum) : 0
  setU48(roomView, header.overflowSum, sum + total)
  roomView.setUint16(header.overflowCount, Math.min(0xffff, running ? count + 1 : 1), true)
  setU40(roomView, header.overflowAt, running ? Math.max(before, first) : first)
}

/**
 * Drops events older than 30 days, moves the oldest of 256 into its tile, puts the new one at its
 * place in time: nearly always the end. When 256 later ones are kept it belongs into its tile
 * itself; what happened before the 30 days is only counted as too late.
 */
function writeEvents(draft: Draft, holder: HolderView, { kind, amount }: HolderEvent): void {
  const expired = draft.latest - 30 * day
  let from = holder.events
  while (from < draft.end && getU40(roomView, from) <= expired) from += event.size
  const code = kind === null ? -1 : eventKinds.indexOf(kind)
  if (code >= 0 && draft.seen <= expired) return countTooLate()
  const added = { seen: draft.seen, kind: code, amount }
  const isFull = draft.end - from >= limits.events * event.size
  const isBefore = from < draft.end && draft.seen < getU40(roomView, from)
  let tilesEnd = holder.events
  const tiled = code >= 0 && isBefore && isFull
  if (tiled) {
    ;({ from, tilesEnd } = intoTile(draft, holder, { from, moved: added }))
  } else if (code >= 0 && isFull) {
    const moved = {
      seen: getU40(roomView, from),
      kind: roomView.getUint8(from + event.kind),
      amount: getU48(roomView, from + event.amount),
    }
    ;({ from, tilesEnd } = intoTile(draft, holder, { from: from + event.size, moved }))
  }
  if (from > tilesEnd) {
    room.copyWithin(tilesEnd, from, draft.end)
    draft.end -= from - tilesEnd
  }
  if (code >= 0 && !tiled) insertEvent(draft, tilesEnd, added)
  roomView.setUint16(header.events, (draft.end - tilesEnd) / event.size, true)
}

interface Moved {
  readonly seen: number
  readonly kind: number
  readonly amount: number
}

/** Counts an event in its tile; answers where tiles end and the events that stay begin. */
function intoTile(
  draft: Draft,
  holder: HolderView,
  { from, moved }: { from: number; moved: Moved },
): { from: number; tilesEnd: number } {
  const { seen, kind, amount } = moved
  const counted = { hour: Math.floor((holder.base + seen) / hour), kind, amount }
  const section = { from: holder.tiles, end: holder.events, now: holder.base + draft.latest }
  if (addToTile(roomView, section, counted)) return { from, tilesEnd: holder.events }
  const kept = room.slice(from, draft.end)
  const tilesEnd = addTile(roomView, section, counted)
  room.set(kept, tilesEnd)
  draft.end = tilesEnd + kept.length
  roomView.setUint16(header.tiles, (tilesEnd - holder.tiles) / tile.size, true)
  return { from: tilesEnd, tilesEnd }
}

/** Puts an event behind the last one that is not later. */
function insertEvent(draft: Draft, start: number, { seen, kind, amount }: Moved): void {
  let at = draft.end
  while (at > start && getU40(roomView, at - event.size) > seen) at -= event.size
  if (at < draft.end) room.copyWithin(at + event.size, at, draft.end)
  setU40(roomView, at, seen)
  roomView.setUint8(at + event.kind, kind)
  setU48(roomView, at + event.amount, amount)
  draft.end += event.size
}

function countTooLate(): void {
  const count = roomView.getUint8(header.tooLate)
  if (count < 0xff) roomView.setUint8(header.tooLate, count + 1)
}

function writeHeader({ view }: HolderView, added: HolderEvent): void {
  if (added.kind === 'received') return
  const seen = added.at - getU48(view, header.base)
  const idleDays = Math.floor((seen - getU40(view, header.lastActive)) / day)
  if (idleDays >= 30) {
    setU40(roomView, header.wokenAt, seen)
    roomView.setUint16(header.sleptDays, Math.min(0xffff, idleDays), true)
  }
  if (seen > getU40(view, header.lastActive)) setU40(roomView, header.lastActive, seen)
  if (added.kind !== 'paid') return
  const count = roomView.getUint32(header.paidCount, true)
  if (count < 0xffff_ffff) roomView.setUint32(header.paidCount, count + 1, true)
  if (added.amount > getU48(view, header.paidMax)) setU48(roomView, header.paidMax, added.amount)
  countHour(Math.floor(localTimeOf(added.at) / (3 * hour)))
}

/** Counts of a byte; when one is full all are halved, so that old habits fade. */
function countHour(bucket: number): void {
  if (roomView.getUint8(header.hours + bucket) === 0xff) {
    for (let i = 0; i < 8; i += 1) {
      roomView.setUint8(header.hours + i, roomView.getUint8(header.hours + i) >> 1)
    }
  }
  roomView.setUint8(header.hours + bucket, roomView.getUint8(header.hours + bucket) + 1)
}
