import type { Sql } from '#database'
import { auditHashOf, auditRoot, type AuditRow } from './audit.ts'

/** What is left out is not asked for. */
export interface AuditFilter {
  readonly operatorId?: string | undefined
  readonly action?: string | undefined
  readonly subject?: string | undefined
}

/** Newest first. */
export async function auditRows(
  sql: Sql,
  page: { readonly limit: number; readonly before: bigint | null; readonly only: AuditFilter },
): Promise<AuditRow[]> {
  const { operatorId = null, action = null, subject = null } = page.only
  const rows = await sql<AuditRow[]>`
    select number, operator_id as "operatorId", roles, action, subject, reason, outcome, at,
      previous, hash
    from identity.audit
    where (${page.before}::int8 is null or number < ${page.before})
      and (${operatorId}::text is null or operator_id = ${operatorId})
      and (${action}::text is null or action = ${action})
      and (${subject}::text is null or subject = ${subject})
    order by number desc limit ${page.limit}`
  return [...rows]
}

export interface AuditVerified {
  readonly ok: boolean
  readonly checked: number
  /** Which rows, and what is wrong with them; the first twenty. */
  readonly broken: readonly string[]
}

const chunk = 1_000
const most = 20

/**
 * Walks the chain again: every row is what was hashed and follows the row before it, and the last
 * one is the head. Whoever may rewrite all of it and the head can make a chain of his own.
 */
export async function verifyAudit(sql: Sql): Promise<AuditVerified> {
  const broken: string[] = []
  let checked = 0
  let last = { number: 0n, hash: auditRoot }
  for (;;) {
    const rows = await sql<AuditRow[]>`
      select number, operator_id as "operatorId", roles, action, subject, reason, outcome, at,
        previous, hash
      from identity.audit where number > ${last.number} order by number limit ${chunk}`
    for (const row of rows) {
      const { number, previous, hash } = row
      if (number !== last.number + 1n) broken.push(`audit ${last.number + 1n} is missing`)
      else if (previous !== last.hash) broken.push(`audit ${number} does not follow the row before`)
      if (auditHashOf(row) !== hash) broken.push(`audit ${number} was changed`)
      last = { number, hash }
      checked += 1
    }
    if (rows.length < chunk) break
  }
  const [head] = await sql<{ number: bigint; hash: string }[]>`
    select number, hash from identity.audit_head`
  const { number, hash } = head ?? { number: 0n, hash: auditRoot }
  if (number !== last.number) {
    broken.push(`audit ends at ${last.number}, its head says ${number}`)
  } else if (hash !== last.hash) broken.push(`audit ${number} is not what its head says`)
  return { ok: broken.length === 0, checked, broken: broken.slice(0, most) }
}
