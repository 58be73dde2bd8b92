import { day, InvariantError, type Instant } from '#kernel'
import { getU40, getU48, setU40, setU48, distinctLimit, place } from './profile-layout.ts'

/** Version, entries, base, known mules; then one entry (hash, first, last) per customer seen. */
const head = { version: 0, entries: 1, base: 2, mules: 8, size: 9 } as const
const version = 2
const sizeOfVersion1 = 8
/**
 * A customer seen again within this time changes nothing: a device's row is not rewritten at every
 * payment. Readers look back that much further, so a count errs upwards, never down.
 */
export const touchInterval = day

/**
 * The profile with this customer seen at `at`; the same bytes when nothing worth writing changed.
 * A network that many share is full of customers of the last day: that it is shared is known.
 */
export function addToLink(stored: Uint8Array | null, customer: number, at: Instant): Uint8Array {
  if (stored === null) return appendEntry(emptyLink(at), customer, at)
  const bytes = upgraded(stored)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const seen = at - getU48(view, head.base)
  let oldest = head.size
  let oldestSeen = Number.POSITIVE_INFINITY
  for (let entry = head.size; entry < bytes.length; entry += place.size) {
    const last = getU40(view, entry + place.last)
    if (view.getUint32(entry, true) === customer) {
      if (seen - last < touchInterval) return bytes
      return withEntry(bytes, entry, { seen })
    }
    if (last < oldestSeen) {
      oldestSeen = last
      oldest = entry
    }
  }
  if (view.getUint8(head.entries) < distinctLimit) return appendEntry(bytes, customer, at)
  if (oldestSeen > seen - touchInterval) return bytes
  return withEntry(bytes, oldest, { seen, customer })
}

/** As it is written today. Throws InvariantError on a layout this program does not know. */
function upgraded(bytes: Uint8Array): Uint8Array {
  const found = bytes[head.version]
  if (found === version) return bytes
  if (found !== 1) throw new InvariantError(`link profile of unknown layout ${found}`)
  const longer = new Uint8Array(bytes.length + head.size - sizeOfVersion1)
  longer.set(bytes.subarray(0, sizeOfVersion1))
  longer.set(bytes.subarray(sizeOfVersion1), head.size)
  longer[head.version] = version
  return longer
}

/** How many known mules were seen here; 255: or more. */
export function mulesSeen(bytes: Uint8Array): number {
  return upgraded(bytes)[head.mules] ?? 0
}

/** The profile with one more known mule seen here, or one less. */
export function withMule(bytes: Uint8Array, change: 1 | -1): Uint8Array {
  const changed = upgraded(bytes).slice()
  changed[head.mules] = Math.min(0xff, Math.max(0, (changed[head.mules] ?? 0) + change))
  return changed
}

function emptyLink(at: Instant): Uint8Array {
  const bytes = new Uint8Array(head.size)
  const view = new DataView(bytes.buffer)
  view.setUint8(head.version, version)
  setU48(view, head.base, at)
  return bytes
}

function appendEntry(bytes: Uint8Array, customer: number, at: Instant): Uint8Array {
  const longer = new Uint8Array(bytes.length + place.size)
  longer.set(bytes)
  const view = new DataView(longer.buffer)
  view.setUint8(head.entries, view.getUint8(head.entries) + 1)
  const seen = at - getU48(view, head.base)
  view.setUint32(bytes.length, customer, true)
  setU40(view, bytes.length + place.first, seen)
  setU40(view, bytes.length + place.last, seen)
  return longer
}

function withEntry(
  bytes: Uint8Array,
  entry: number,
  change: { seen: number; customer?: number },
): Uint8Array {
  const changed = new Uint8Array(bytes)
  const view = new DataView(changed.buffer)
  if (change.customer !== undefined) {
    view.setUint32(entry, change.customer, true)
    setU40(view, entry + place.first, change.seen)
  }
  setU40(view, entry + place.last, change.seen)
  return changed
}

/** Different customers seen since `since`; 64 means "64 or more". */
export function customersSince(stored: Uint8Array, since: Instant): number {
  const bytes = upgraded(stored)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const after = since - getU48(view, head.base) - touchInterval
  let count = 0
  for (let entry = head.size; entry < bytes.length; entry += place.size) {
    if (getU40(view, entry + place.last) > after) count += 1
  }
  return count
}

/** Was this customer (by hash) ever seen here, as far as the profile remembers? */
export function hasSeen(stored: Uint8Array, customer: number): boolean {
  const bytes = upgraded(stored)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let entry = head.size; entry < bytes.length; entry += place.size) {
    if (view.getUint32(entry, true) === customer) return true
  }
  return false
}
