import type { Command } from '#commit'
import { policyKey } from '../policy-record.ts'
import { changeMeasures } from './change-measures.ts'
import { listEntry, listEntryKey } from './list-records.ts'

export interface RemoveListEntry {
  readonly id: string
  readonly reason: string
  readonly by: string
}

export interface ListEntryRemoved {
  readonly status: 'removed' | 'measure_not_found' | 'measure_over'
}

/** Takes an entry off its list. Errors: measure_not_found, measure_over. */
export const removeListEntry: Command<RemoveListEntry, ListEntryRemoved> = {
  name: 'risk.remove_list_entry',
  reads: ({ id }) => [policyKey, listEntryKey(id)],
  apply(state, { id, reason, by }, now) {
    const entry = state.get(listEntry, id)
    if (entry === undefined) return { status: 'measure_not_found' }
    const ranOut = entry.until !== null && entry.until <= now
    if (entry.removedAt !== null || ranOut) return { status: 'measure_over' }
    changeMeasures(
      state,
      (set) => ({ ...set, listed: set.listed.filter((one) => one.id !== id) }),
      now,
    )
    state.put(listEntry, { ...entry, removedBy: by, removedAt: now, removedWhy: reason })
    return { status: 'removed' }
  },
}
