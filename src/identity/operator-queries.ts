import type { Sql } from '#database'
import type { Instant } from '#kernel'
import type { OperatorRole } from './operator.ts'

export interface OperatorView {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly roles: readonly OperatorRole[]
}

export interface OperatorCredential extends OperatorView {
  readonly passwordHash: string
  readonly failures: number
  readonly lastFailureAt: Instant | null
}

/** By login (lower case); null: nobody. */
export async function operatorByLogin(sql: Sql, login: string): Promise<OperatorCredential | null> {
  const [row] = await sql<OperatorCredential[]>`
    select o.id, o.login, o.name, o.roles, o.password_hash as "passwordHash", o.failures,
      o.last_failure_at as "lastFailureAt"
    from identity.operator_login l join identity.operator o on o.id = l.operator_id
    where l.id = ${login}`
  return row ?? null
}

/** The operators with these ids, for showing who did what. */
export async function findOperators(sql: Sql, ids: readonly string[]): Promise<OperatorView[]> {
  if (ids.length === 0) return []
  const rows = await sql<OperatorView[]>`
    select id, login, name, roles from identity.operator where id = any(${[...ids]})`
  return [...rows]
}

/** Whom a live session of the operator's staff belongs to, else null. */
export async function liveOperatorSession(
  sql: Sql,
  sessionId: string,
  now: Instant,
): Promise<(OperatorView & { readonly expiresAt: Instant }) | null> {
  const [row] = await sql<(OperatorView & { expiresAt: Instant })[]>`
    select o.id, o.login, o.name, o.roles, s.expires_at as "expiresAt"
    from identity.operator_session s join identity.operator o on o.id = s.operator_id
    where s.id = ${sessionId} and s.ended_at is null and s.expires_at > ${now}::timestamptz`
  return row ?? null
}
