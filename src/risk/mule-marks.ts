import type { Instant } from '#kernel'
import { openHolder } from './holder-profile.ts'
import { header, setU40 } from './profile-layout.ts'
import { addToHolder } from './add-to-holder.ts'

/** When somebody becomes known as a mule; a profile is made for whom nothing was known of. */
export function markMule(profile: Uint8Array | null, at: Instant): Uint8Array {
  const { bytes, base } = openHolder(profile ?? unheardOf(at))
  const marked = bytes.slice()
  // 0 says that he is none.
  setU40(new DataView(marked.buffer), header.muleAt, Math.max(1, at - base))
  return marked
}

/** The same, when it turned out otherwise. */
export function unmarkMule(profile: Uint8Array): Uint8Array {
  const marked = openHolder(profile).bytes.slice()
  setU40(new DataView(marked.buffer), header.muleAt, 0)
  return marked
}

/** One known mule more (or less) who paid this holder or shares a device with him. */
export function linkToMule(
  profile: Uint8Array | null,
  at: Instant,
  change: 1 | -1 = 1,
): Uint8Array {
  const linked = openHolder(profile ?? unheardOf(at)).bytes.slice()
  const links = (linked[header.muleLinks] ?? 0) + change
  linked[header.muleLinks] = Math.min(0xff, Math.max(0, links))
  return linked
}

/** True of a profile of today's layout whose holder is known as a mule: a few nanoseconds. */
export function isMarked(profile: Uint8Array): boolean {
  for (let at = header.muleAt; at < header.muleAt + 5; at += 1) if (profile[at] !== 0) return true
  return false
}

function unheardOf(at: Instant): Uint8Array {
  return addToHolder(null, { kind: null, at, amount: 0, party: 0, device: 0, network: 0 })
}
