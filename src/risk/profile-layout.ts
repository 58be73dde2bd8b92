/**
 * Layout of a holder's profile, version 2 (`upgrade-profile.ts` reads the one before). Little
 * endian, fixed widths, read in place: no decoding step. Times are offsets in ms from `base` in 40
 * bits (34 years); amounts are fen in 48 bits, saturating. Sections follow one another: header,
 * payees, payers, devices, networks, tiles, events (oldest first).
 */
export const layoutVersion = 2

export const header = {
  version: 0,
  /** Events that came more than 30 days late: told, and in no window. 255: or more. */
  tooLate: 1,
  base: 2,
  lastActive: 8,
  payees: 13,
  payers: 14,
  devices: 15,
  networks: 16,
  tiles: 17,
  events: 19,
  paidCount: 21,
  paidMax: 25,
  overflowSum: 31,
  overflowAt: 37,
  overflowCount: 42,
  wokenAt: 44,
  sleptDays: 49,
  /** Eight counts of payments by three-hour piece of the local day. */
  hours: 51,
  /** When this holder became known as a mule; 0: he is not. Since version 2, as all below. */
  muleAt: 59,
  /** Known mules who paid this holder, or share a device with him. */
  muleLinks: 64,
  size: 65,
} as const

/** A counterparty: hash, first and last time, number of payments, sum. */
export const party = { hash: 0, first: 4, last: 9, count: 14, total: 16, size: 22 } as const
/** A device or network: hash, first and last time. */
export const place = { hash: 0, first: 4, last: 9, size: 14 } as const
/** Events of one kind in one hour or one day: start in hours since the epoch, length in hours. */
export const tile = { start: 0, hours: 4, kind: 5, count: 6, sum: 10, max: 16, size: 22 } as const
export const event = { at: 0, kind: 5, amount: 6, size: 12 } as const

export const limits = { payees: 128, payers: 64, devices: 64, networks: 64, events: 256 } as const
/** Distinct counts are exact below this and say "this many or more" at it. */
export const distinctLimit = 64

/** What happened to a holder. The position is the code in the layout: add at the end only. */
export const eventKinds = [
  'paid',
  'received',
  'redeemed',
  'subscribed',
  'topped_up',
  'withdrawn',
  'attempted',
] as const
export type EventKind = (typeof eventKinds)[number]

const high40 = 0xff
const high48 = 0xffff
const low = 4_294_967_296

export function getU40(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint8(at + 4) * low
}

export function setU40(view: DataView, at: number, value: number): void {
  const high = Math.floor(value / low)
  if (value < 0 || high > high40) return setU40(view, at, value < 0 ? 0 : low * 256 - 1)
  view.setUint32(at, value % low, true)
  view.setUint8(at + 4, high)
}

export function getU48(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint16(at + 4, true) * low
}

export function setU48(view: DataView, at: number, value: number): void {
  const high = Math.floor(value / low)
  if (value < 0 || high > high48) return setU48(view, at, value < 0 ? 0 : low * 65_536 - 1)
  view.setUint32(at, value % low, true)
  view.setUint16(at + 4, high, true)
}

/** FNV-1a over the characters: how ids are kept in profiles. 0 means "none". */
export function hashOf(id: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  }
  return hash >>> 0 || 1
}
