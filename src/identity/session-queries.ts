import type { Sql } from '#database'
import type { Instant } from '#kernel'
import { isLive, type SessionTimes } from './session.ts'

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

type SessionRow = LiveSession & SessionTimes & { readonly sessionsEndedAt: Instant | null }

/** The session with this id while it lives, else null. Commands check again, under the lane. */
export async function liveSession(
  sql: Sql,
  sessionId: string,
  now: Instant,
): Promise<LiveSession | null> {
  const [row] = await sql<SessionRow[]>`
    select s.id as "sessionId", s.customer_id as "customerId", s.device_id as "deviceId",
      s.network,
      s.created_at as "createdAt", s.expires_at as "expiresAt", s.ended_at as "endedAt",
      c.sessions_ended_at as "sessionsEndedAt"
    from identity.session s join identity.customer c on c.id = s.customer_id
    where s.id = ${sessionId}`
  if (row === undefined || !isLive(row, row.sessionsEndedAt, now)) return null
  const { customerId, deviceId, network, createdAt, expiresAt } = row
  return { sessionId, customerId, deviceId, network, createdAt, expiresAt }
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
