import type { View } from '#commit'
import type { Instant } from '#kernel'
import { labelLog, type Label } from './label-log.ts'

/** Notes what a payment turned out to be, at the moment it became known. */
export function addLabel(
  state: View,
  known: { subject: string; label: Label; by: string; reason: string },
  now: Instant,
): void {
  state.append(labelLog, { ...known, knownAt: now })
}
