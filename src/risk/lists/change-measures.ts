import type { View } from '#commit'
import type { Instant } from '#kernel'
import { defaultPolicy } from '../policies/built-in-policies.ts'
import { activePolicyId, policyRecord } from '../policy-record.ts'
import { activatePolicy } from '../publish-policy.ts'
import { mostMeasures, type MeasureSet } from './measures.ts'

const empty: MeasureSet = { listed: [], snoozed: [] }

/**
 * Puts another set in force, for every command from the next one on and in every process; what has
 * run out goes by the way. false: there would be too many. Needs `policyKey`.
 */
export function changeMeasures(
  state: View,
  change: (set: MeasureSet) => MeasureSet,
  now: Instant,
): boolean {
  const { listed, snoozed } = change(state.get(policyRecord, activePolicyId)?.measures ?? empty)
  const measures = {
    listed: listed.filter(({ until }) => until === null || now < until),
    snoozed: snoozed.filter(({ until }) => now < until),
  }
  const count = measures.listed.length + measures.snoozed.length
  if (count > mostMeasures) return false
  // Before the first publication the built-in policy decides: then it is published by this.
  if (state.get(policyRecord, activePolicyId) === undefined) {
    const { version, document } = defaultPolicy()
    activatePolicy(state, { version, document, by: 'program' }, now)
  }
  const present = state.get(policyRecord, activePolicyId)
  if (present === undefined) return false
  state.put(policyRecord, { ...present, measures: count === 0 ? null : measures })
  return true
}
