import type { Command } from '#commit'
import type { Instant } from '#kernel'
import { activePolicyId, policyKey, policyRecord } from '../policy-record.ts'
import { changeMeasures } from './change-measures.ts'
import { freshListEntryKey, listEntry, type ListEntry } from './list-records.ts'

export type AddListEntry = Pick<
  ListEntry,
  'id' | 'list' | 'kind' | 'value' | 'final' | 'reason' | 'until'
> & { readonly by: string }

export type ListEntryAdded =
  | { readonly status: 'added'; readonly id: string; readonly addedAt: Instant }
  | { readonly status: 'already_in_force'; readonly id: string }
  | { readonly status: 'moment_passed' | 'too_many_measures' }

/**
 * Puts somebody or something on a list; it is in force from the next command on, everywhere.
 * Errors: moment_passed (its end), already_in_force, too_many_measures.
 */
export const addListEntry: Command<AddListEntry, ListEntryAdded> = {
  name: 'risk.add_list_entry',
  reads: ({ id }) => [policyKey, freshListEntryKey(id)],
  apply(state, { by, ...entry }, now) {
    const { id, list, kind, value, final, until } = entry
    if (until !== null && until <= now) return { status: 'moment_passed' }
    const present = state.get(policyRecord, activePolicyId)?.measures?.listed ?? []
    const same = present.find(
      (one) =>
        one.list === list &&
        one.kind === kind &&
        one.value === value &&
        one.final === final &&
        (one.until === null || now < one.until),
    )
    if (same !== undefined) return { status: 'already_in_force', id: same.id }
    const listed = { id, list, kind, value, final, until }
    const done = changeMeasures(state, (set) => ({ ...set, listed: [...set.listed, listed] }), now)
    if (!done) return { status: 'too_many_measures' }
    const removed = { removedBy: null, removedAt: null, removedWhy: null }
    state.put(listEntry, { ...entry, addedBy: by, addedAt: now, ...removed })
    return { status: 'added', id, addedAt: now }
  },
}
