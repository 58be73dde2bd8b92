import { defineLog, defineRecord, keyOf, type Key, type View } from '#commit'
import { sha256Hex, type Instant } from '#kernel'

/** What an operator did or saw. */
export interface AuditNote {
  readonly operatorId: string
  readonly roles: readonly string[]
  readonly action: string
  /** An id, or `*` for a list. */
  readonly subject: string
  readonly reason: string | null
}

export interface AuditRow extends Omit<AuditNote, 'roles'> {
  readonly number: bigint
  /** Sorted, joined by a comma. */
  readonly roles: string
  /** `read`, `done`, or the code of the refusal. */
  readonly outcome: string
  readonly at: Instant
  readonly previous: string
  readonly hash: string
}

const auditLog = defineLog<AuditRow>({
  name: 'identity.audit',
  fields: {
    number: 'bigint',
    operatorId: 'text',
    roles: 'text',
    action: 'text',
    subject: 'text',
    reason: 'text',
    outcome: 'text',
    at: 'instant',
    previous: 'text',
    hash: 'text',
  },
})

interface AuditHead {
  readonly id: string
  readonly number: bigint
  readonly hash: string
}

const auditHead = defineRecord<AuditHead>({
  name: 'identity.audit_head',
  key: 'id',
  fields: { id: 'text', number: 'bigint', hash: 'text' },
})

const headId = 'head'

/** What the first row follows. */
export const auditRoot = sha256Hex('coffer audit')

export function auditHeadKey(): Key {
  return keyOf(auditHead, headId)
}

/** Every field in its place: no two different rows have the same text. */
export function auditHashOf(row: Omit<AuditRow, 'hash'>): string {
  const { number, operatorId, roles, action, subject, reason, outcome, at, previous } = row
  const fields = [previous, String(number), operatorId, roles, action, subject, reason, outcome, at]
  return sha256Hex(JSON.stringify(fields))
}

/** Adds a row to the chain, in the same command as what it tells of; reads `auditHeadKey`. */
export function appendAudit(
  state: View,
  note: AuditNote & { readonly outcome: string },
  now: Instant,
): void {
  const last = state.get(auditHead, headId) ?? { number: 0n, hash: auditRoot }
  const row = {
    ...note,
    roles: note.roles.toSorted().join(','),
    number: last.number + 1n,
    at: now,
    previous: last.hash,
  }
  const hash = auditHashOf(row)
  state.append(auditLog, { ...row, hash })
  state.put(auditHead, { id: headId, number: row.number, hash })
}
