import type { Sql } from '#database'
import type { Instant } from '#kernel'
import { isLive, type SessionProof, type SessionTimes } from './session.ts'

export interface LiveSession {
  readonly sessionId: string
  readonly customerId: string
  /** The device it is bound to. */
  readonly deviceId: string
  /** Where it began. */
  readonly network: string
  readonly createdAt: Instant
  readonly expiresAt: Instant
}

/** A session as it is stored; whether it lives depends on the moment: `liveSession`. */
export type FoundSession = LiveSession & SessionTimes & { readonly sessionsEndedAt: Instant | null }

/** Sessions with these ids, whether they live or not, by id. */
export async function findSessions(
  sql: Sql,
  ids: readonly string[],
): Promise<ReadonlyMap<string, FoundSession>> {
  const rows = await sql<FoundSession[]>`
    select s.id as "sessionId", s.customer_id as "customerId", s.device_id as "deviceId",
      s.network,
      s.created_at as "createdAt", s.expires_at as "expiresAt", s.ended_at as "endedAt",
      c.sessions_ended_at as "sessionsEndedAt"
    from identity.session s join identity.customer c on c.id = s.customer_id
    where s.id = any(${[...ids]})`
  return new Map(rows.map((row) => [row.sessionId, row]))
}

/** A found session while it lives, else null. Commands check again, under the lane. */
export function liveSession(found: FoundSession | undefined, now: Instant): LiveSession | null {
  if (found === undefined || !isLive(found, found.sessionsEndedAt, now)) return null
  return found
}

/** Where and when a customer last came in; null: never. */
export async function lastEntry(
  sql: Sql,
  customerId: string,
): Promise<{ readonly network: string; readonly at: Instant } | null> {
  const [row] = await sql<{ network: string; at: Instant }[]>`
    select network, created_at as at from identity.session
    where customer_id = ${customerId} order by created_at desc limit 1`
  return row ?? null
}

/** A session as its owner sees it. */
export interface SessionView {
  readonly sessionId: string
  readonly deviceId: string
  readonly deviceName: string
  readonly network: string
  readonly createdAt: Instant
  readonly expiresAt: Instant
  readonly proof: SessionProof
}

/** A customer's sessions that live, the last one opened first. */
export async function sessionsOf(
  sql: Sql,
  customerId: string,
  now: Instant,
): Promise<SessionView[]> {
  const rows = await sql<SessionView[]>`
    select s.id as "sessionId", s.device_id as "deviceId", coalesce(d.name, '') as "deviceName",
      s.network, s.created_at as "createdAt", s.expires_at as "expiresAt", s.proof
    from identity.session s
    join identity.customer c on c.id = s.customer_id
    left join identity.device d on d.id = s.customer_id || '/' || s.device_id
    where s.customer_id = ${customerId} and s.expires_at > ${now}::timestamptz
      and (s.ended_at is null or (s.ended_at > ${now}::timestamptz and s.replaced_by is null))
      and (c.sessions_ended_at is null or s.created_at > c.sessions_ended_at)
    order by s.created_at desc, s.id limit 100`
  return [...rows]
}

/** The session that took this one's place, and whose it is; null: none did. */
export async function successorOf(
  sql: Sql,
  sessionId: string,
): Promise<{ customerId: string; deviceId: string; replacedBy: string } | null> {
  const [row] = await sql<{ customerId: string; deviceId: string; replacedBy: string }[]>`
    select customer_id as "customerId", device_id as "deviceId", replaced_by as "replacedBy"
    from identity.session where id = ${sessionId} and replaced_by is not null`
  return row ?? null
}
