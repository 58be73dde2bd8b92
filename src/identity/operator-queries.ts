import type { Sql } from '#database'
import type { Instant } from '#kernel'
import type { OperatorProof, OperatorRole } from './operator.ts'
import type { StaffChange } from './staff-change.ts'

export interface OperatorView {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly roles: readonly OperatorRole[]
}

export interface OperatorCredential extends OperatorView {
  readonly passwordHash: string
}

/** Whose a live session is. */
export interface LiveOperator extends OperatorView {
  readonly proof: OperatorProof
  readonly expiresAt: Instant
}

/** By login (lower case); null: nobody. */
export async function operatorByLogin(sql: Sql, login: string): Promise<OperatorCredential | null> {
  const [row] = await sql<OperatorCredential[]>`
    select o.id, o.login, o.name, o.roles, o.password_hash as "passwordHash"
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
): Promise<LiveOperator | null> {
  const [row] = await sql<LiveOperator[]>`
    select o.id, o.login, o.name, o.roles, s.proof, s.expires_at as "expiresAt"
    from identity.operator_session s join identity.operator o on o.id = s.operator_id
    where s.id = ${sessionId} and s.ended_at is null and s.expires_at > ${now}::timestamptz
      and (o.sessions_ended_at is null or s.created_at > o.sessions_ended_at)`
  return row ?? null
}

/** A member of staff as his colleagues see him. */
export interface StaffView extends OperatorView {
  readonly createdAt: Instant
  readonly lastSignInAt: Instant | null
  readonly factorSince: Instant | null
}

/** All of them, by login. */
export async function staffOf(sql: Sql): Promise<StaffView[]> {
  const rows = await sql<StaffView[]>`
    select id, login, name, roles, created_at as "createdAt", last_sign_in_at as "lastSignInAt",
      factor_since as "factorSince"
    from identity.operator order by login`
  return [...rows]
}

/** What an operator's proof by passkey is checked against. */
export interface OperatorPasskeyToVerify {
  readonly id: string
  readonly operatorId: string
  readonly publicKey: string
  readonly counter: bigint
}

/** null: there is none, or it was removed. */
export async function operatorPasskeyToVerify(
  sql: Sql,
  id: string,
): Promise<OperatorPasskeyToVerify | null> {
  const [row] = await sql<OperatorPasskeyToVerify[]>`
    select id, operator_id as "operatorId", public_key as "publicKey", counter
    from identity.operator_passkey where id = ${id} and removed_at is null`
  return row ?? null
}

/** The secret of an operator's app, sealed, and the last step used. null: he has no app. */
export async function operatorAppOf(
  sql: Sql,
  login: string,
): Promise<{ operatorId: string; sealedSecret: string; lastStep: bigint } | null> {
  const [row] = await sql<{ operatorId: string; sealedSecret: string; lastStep: bigint }[]>`
    select t.id as "operatorId", t.sealed_secret as "sealedSecret", t.last_step as "lastStep"
    from identity.operator_login l join identity.totp t on t.id = l.operator_id
    where l.id = ${login} and t.sealed_secret <> ''`
  return row ?? null
}

const changeColumns = (sql: Sql) => sql`
  id, kind, operator_id as "operatorId", login, name, roles, null as "passwordHash", reason, state,
  proposed_by as "proposedBy", proposed_at as "proposedAt", decided_by as "decidedBy",
  decided_at as "decidedAt"`

/** What waits for a second admin, oldest first. */
export async function openStaffChanges(sql: Sql): Promise<StaffChange[]> {
  const rows = await sql<StaffChange[]>`
    select ${changeColumns(sql)} from identity.staff_change where state = 'open'
    order by proposed_at, id`
  return [...rows]
}

/** null: there is none. Its password hash is not read. */
export async function staffChangeById(sql: Sql, id: string): Promise<StaffChange | null> {
  const [row] = await sql<StaffChange[]>`
    select ${changeColumns(sql)} from identity.staff_change where id = ${id}`
  return row ?? null
}
