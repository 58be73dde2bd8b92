import type { Instant } from '#kernel'
import { openHolder } from './holder-profile.ts'
import { event, getU40, getU48, header, party, place, setU40, setU48 } from './profile-layout.ts'

/**
 * A profile that can hold an event of this moment: its times are offsets from the first thing ever
 * heard of, and one from before that moves them all. The same bytes when there is room.
 */
export function reaching(bytes: Uint8Array, at: Instant): Uint8Array {
  const base = getU48(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), header.base)
  return at >= base ? bytes : movedBack(bytes, base - at)
}

function movedBack(before: Uint8Array, by: number): Uint8Array {
  const holder = openHolder(before)
  const bytes = holder.bytes.slice()
  const view = new DataView(bytes.buffer)
  setU48(view, header.base, holder.base - by)
  const later = (place: number): void => setU40(view, place, getU40(view, place) + by)
  later(header.lastActive)
  // 0 says that there is none.
  for (const at of [header.overflowAt, header.wokenAt, header.muleAt]) {
    if (getU40(view, at) !== 0) later(at)
  }
  for (let at = holder.payees; at < holder.devices; at += party.size) {
    later(at + party.first)
    later(at + party.last)
  }
  for (let at = holder.devices; at < holder.tiles; at += place.size) {
    later(at + place.first)
    later(at + place.last)
  }
  for (let at = holder.events; at < holder.end; at += event.size) later(at)
  return bytes
}
