import { defineRecord, freshKeyOf, keyOf, type Key } from '#commit'
import type { Instant } from '#kernel'
import type { ListKind, ListName } from './measures.ts'

/** An entry of a list with its history; it stays after it was removed. */
export interface ListEntry {
  /** `lst_…`. */
  readonly id: string
  readonly list: ListName
  readonly kind: ListKind
  readonly value: string
  readonly final: boolean
  readonly reason: string
  readonly addedBy: string
  readonly addedAt: Instant
  readonly until: Instant | null
  readonly removedBy: string | null
  readonly removedAt: Instant | null
  readonly removedWhy: string | null
}

export const listEntry = defineRecord<ListEntry>({
  name: 'risk.list_entry',
  key: 'id',
  fields: {
    id: 'text',
    list: 'text',
    kind: 'text',
    value: 'text',
    final: 'boolean',
    reason: 'text',
    addedBy: 'text',
    addedAt: 'instant',
    until: 'instant',
    removedBy: 'text',
    removedAt: 'instant',
    removedWhy: 'text',
  },
})

/** A rule that sleeps for one account, with its history. */
export interface Snooze {
  /** `snz_…`. */
  readonly id: string
  readonly rule: string
  readonly account: string
  readonly reason: string
  readonly addedBy: string
  readonly addedAt: Instant
  readonly until: Instant
  readonly endedBy: string | null
  readonly endedAt: Instant | null
}

export const snooze = defineRecord<Snooze>({
  name: 'risk.snooze',
  key: 'id',
  fields: {
    id: 'text',
    rule: 'text',
    account: 'text',
    reason: 'text',
    addedBy: 'text',
    addedAt: 'instant',
    until: 'instant',
    endedBy: 'text',
    endedAt: 'instant',
  },
})

export function listEntryKey(id: string): Key {
  return keyOf(listEntry, id)
}

export function freshListEntryKey(id: string): Key {
  return freshKeyOf(listEntry, id)
}

export function snoozeKey(id: string): Key {
  return keyOf(snooze, id)
}

export function freshSnoozeKey(id: string): Key {
  return freshKeyOf(snooze, id)
}
