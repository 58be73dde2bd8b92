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
import { addToTiles, largestTiles } from './tiles.ts'

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
const empty = new Uint8Array(header.size)

/** What is written so far in `room`. */
interface Draft {
  end: number
  readonly base: Instant
  readonly now: Instant
}

/** Bytes of a holder nobody has heard of, first seen at `at`. */
export function emptyHolder(at: Instant): Uint8Array {
  const bytes = empty.slice()
  const view = new DataView(bytes.buffer)
  view.setUint8(header.version, layoutVersion)
  setU48(view, header.base, at)
  return bytes
}

/**
 * A new profile with the event added; the old bytes stay as they are. Copies sections whole and
 * touches only what changes: a holder with full tables costs a few microseconds.
 */
export function addToHolder(bytes: Uint8Array | null, added: HolderEvent): Uint8Array {
  const holder = openHolder(bytes ?? emptyHolder(added.at))
  const draft: Draft = { end: 0, base: holder.base, now: added.at }
  copy(draft, holder.bytes, 0, header.size)
  writeParties(draft, holder, added)
  writePlaces(draft, holder, added)
  writeEvents(draft, holder, added)
  writeHeader(holder, added)
  return room.slice(0, draft.end)
}

function copy(draft: Draft, bytes: Uint8Array, ...[from, to]: [number, number]): void {
  if (to - from < 48) for (let i = from; i < to; i += 1) room[draft.end + i - from] = bytes[i] ?? 0
  else room.set(bytes.subarray(from, to), draft.end)
  draft.end += to - from
}

function writeParties(draft: Draft, holder: HolderView, added: HolderEvent): void {
  copy(draft, holder.bytes, holder.payees, holder.payers)
  if (added.kind === 'paid' && added.party !== 0) {
    upsert(draft, draft.end - (holder.payers - holder.payees), {
      hash: added.party,
      amount: added.amount,
      size: party.size,
      limit: limits.payees,
      counter: header.payees,
    })
  }
  copy(draft, holder.bytes, holder.payers, holder.devices)
  if (added.kind === 'received' && added.party !== 0) {
    upsert(draft, draft.end - (holder.devices - holder.payers), {
      hash: added.party,
      amount: added.amount,
      size: party.size,
      limit: limits.payers,
      counter: header.payers,
    })
  }
}

function writePlaces(draft: Draft, holder: HolderView, added: HolderEvent): void {
  const entry = { amount: 0, size: place.size }
  copy(draft, holder.bytes, holder.devices, holder.networks)
  if (added.device !== 0) {
    const from = draft.end - (holder.networks - holder.devices)
    const { devices: limit } = limits
    upsert(draft, from, { ...entry, hash: added.device, limit, counter: header.devices })
  }
  copy(draft, holder.bytes, holder.networks, holder.tiles)
  if (added.network !== 0) {
    const from = draft.end - (holder.tiles - holder.networks)
    const { networks: limit } = limits
    upsert(draft, from, { ...entry, hash: added.network, limit, counter: header.networks })
  }
}

interface Upsert {
  readonly hash: number
  readonly amount: number
  readonly size: number
  readonly limit: number
  /** Where the header counts the entries of this table. */
  readonly counter: number
}

/** Renews the entry, or adds it; a full table gives up the entry seen longest ago. */
function upsert(draft: Draft, from: number, wish: Upsert): void {
  const { hash, size, limit, counter } = wish
  const seen = draft.now - draft.base
  let oldest = from
  let oldestSeen = Number.POSITIVE_INFINITY
  for (let at = from; at < draft.end; at += size) {
    if (roomView.getUint32(at, true) === hash) return renew(at, seen, wish)
    const last = getU40(roomView, at + party.last)
    if (last < oldestSeen) {
      oldestSeen = last
      oldest = at
    }
  }
  let at = draft.end
  if (draft.end - from < limit * size) {
    draft.end += size
    roomView.setUint8(counter, roomView.getUint8(counter) + 1)
  } else {
    at = oldest
    if (counter === header.payees) rememberEvicted(at, seen)
  }
  roomView.setUint32(at, hash, true)
  setU40(roomView, at + party.first, seen)
  if (size === party.size) {
    roomView.setUint16(at + party.count, 0, true)
    setU48(roomView, at + party.total, 0)
  }
  renew(at, seen, wish)
}

function renew(at: number, seen: number, { amount, size }: Upsert): void {
  setU40(roomView, at + party.last, seen)
  if (size !== party.size) return
  const count = roomView.getUint16(at + party.count, true)
  if (count < 0xffff) roomView.setUint16(at + party.count, count + 1, true)
  setU48(roomView, at + party.total, getU48(roomView, at + party.total) + amount)
}

/** A payee that was still new when it lost its place goes on counting as new for a day. */
function rememberEvicted(at: number, seen: number): void {
  const first = getU40(roomView, at + party.first)
  if (first <= seen - day) return
  const before = getU40(roomView, header.overflowAt)
  const running = before > seen - day
  const sum = running ? getU48(roomView, header.overflowSum) : 0
  const count = running ? roomView.getUint16(header.overflowCount, true) : 0
  setU48(roomView, header.overflowSum, sum + getU48(roomView, at + party.total))
  roomView.setUint16(header.overflowCount, Math.min(0xffff, count + 1), true)
  setU40(roomView, header.overflowAt, Math.max(running ? before : 0, first))
}

/** Tiles and events: drops what is older than 30 days, moves the oldest of 256 into its tile. */
function writeEvents(draft: Draft, holder: HolderView, added: HolderEvent): void {
  const tilesFrom = draft.end
  copy(draft, holder.bytes, holder.tiles, holder.events)
  const isEvent = added.kind !== null
  const expired = draft.now - draft.base - 30 * day
  let from = holder.events
  while (from < holder.end && getU40(holder.view, from) <= expired) from += event.size
  let kept = (holder.end - from) / event.size
  while (isEvent && kept >= limits.events) {
    draft.end = addToTiles(roomView, { from: tilesFrom, end: draft.end, now: draft.now }, {
      hour: Math.floor((draft.base + getU40(holder.view, from)) / hour),
      kind: holder.view.getUint8(from + event.kind),
      amount: getU48(holder.view, from + event.amount),
    })
    from += event.size
    kept -= 1
  }
  roomView.setUint16(header.tiles, (draft.end - tilesFrom) / tile.size, true)
  copy(draft, holder.bytes, from, holder.end)
  if (added.kind !== null) {
    setU40(roomView, draft.end, draft.now - draft.base)
    roomView.setUint8(draft.end + event.kind, eventKinds.indexOf(added.kind))
    setU48(roomView, draft.end + event.amount, added.amount)
    draft.end += event.size
    kept += 1
  }
  roomView.setUint16(header.events, kept, true)
}

function writeHeader(holder: HolderView, added: HolderEvent): void {
  if (added.kind === 'received') return
  const seen = added.at - holder.base
  const idleDays = Math.floor((seen - getU40(holder.view, header.lastActive)) / day)
  if (idleDays >= 30) {
    setU40(roomView, header.wokenAt, seen)
    roomView.setUint16(header.sleptDays, Math.min(0xffff, idleDays), true)
  }
  setU40(roomView, header.lastActive, seen)
  if (added.kind !== 'paid') return
  const count = roomView.getUint32(header.paidCount, true)
  if (count < 0xffff_ffff) roomView.setUint32(header.paidCount, count + 1, true)
  if (added.amount > getU48(roomView, header.paidMax)) {
    setU48(roomView, header.paidMax, added.amount)
  }
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
