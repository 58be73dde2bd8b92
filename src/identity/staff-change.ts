import { defineRecord, freshKeyOf, keyOf, type Key, type View } from '#commit'
import type { Instant } from '#kernel'
import type { OperatorRole } from './operator.ts'

export type StaffChangeKind = 'hire' | 'roles' | 'reset_factors'

/** What one admin wants changed about a member of staff, and another one must approve. */
export interface StaffChange {
  readonly id: string
  readonly kind: StaffChangeKind
  /** Whom it is about; of somebody to be hired, the id he will have. */
  readonly operatorId: string
  readonly login: string
  readonly name: string
  /** Those he is to have; for `reset_factors` those he has. */
  readonly roles: readonly OperatorRole[]
  /** Of somebody to be hired; null once it is decided. */
  readonly passwordHash: string | null
  readonly reason: string
  readonly state: 'open' | 'done' | 'declined'
  readonly proposedBy: string
  readonly proposedAt: Instant
  readonly decidedBy: string | null
  readonly decidedAt: Instant | null
}

export const staffChange = defineRecord<StaffChange>({
  name: 'identity.staff_change',
  key: 'id',
  fields: {
    id: 'text',
    kind: 'text',
    operatorId: 'text',
    login: 'text',
    name: 'text',
    roles: 'json',
    passwordHash: 'text',
    reason: 'text',
    state: 'text',
    proposedBy: 'text',
    proposedAt: 'instant',
    decidedBy: 'text',
    decidedAt: 'instant',
  },
  constant: ['kind', 'operatorId', 'login', 'name', 'roles', 'reason', 'proposedBy', 'proposedAt'],
})

export function staffChangeKey(id: string): Key {
  return keyOf(staffChange, id)
}

export function freshStaffChangeKey(id: string): Key {
  return freshKeyOf(staffChange, id)
}

interface AdminCount {
  readonly id: string
  readonly admins: number
}

const adminCount = defineRecord<AdminCount>({
  name: 'identity.admin_count',
  key: 'id',
  fields: { id: 'text', admins: 'integer' },
})

const theOne = 'admins'
/** With fewer nobody could approve what the other proposes. */
export const fewestAdmins = 2

export function adminCountKey(): Key {
  return keyOf(adminCount, theOne)
}

export function adminsIn(state: View): number {
  return state.get(adminCount, theOne)?.admins ?? 0
}

/** Counts somebody whose roles change. Needs `adminCountKey`. */
export function countAdmins(
  state: View,
  before: readonly OperatorRole[],
  after: readonly OperatorRole[],
): void {
  const admins =
    adminsIn(state) + Number(after.includes('admin')) - Number(before.includes('admin'))
  if (admins !== adminsIn(state)) state.put(adminCount, { id: theOne, admins })
}
