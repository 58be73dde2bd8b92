import type { Sql } from '#database'
import type { Instant } from '#kernel'
import type { AddedBy } from './device.ts'

/** One of a customer's devices. */
export interface DeviceView {
  readonly deviceId: string
  readonly name: string
  readonly addedAt: Instant
  readonly addedBy: AddedBy
  readonly trusted: boolean
  /** When it becomes trusted by itself; null: it is, or never will be. */
  readonly trustedFrom: Instant | null
  readonly lastSeenAt: Instant
}

/** A customer's devices, the last one added first. */
export async function devicesOf(sql: Sql, customerId: string, now: Instant): Promise<DeviceView[]> {
  const rows = await sql<DeviceView[]>`
    select device_id as "deviceId", name, added_at as "addedAt", added_by as "addedBy",
      coalesce(trusted_from <= ${now}::timestamptz, false) as trusted,
      case when trusted_from > ${now}::timestamptz then trusted_from end as "trustedFrom",
      last_seen_at as "lastSeenAt"
    from identity.device where customer_id = ${customerId} order by added_at desc, id`
  return [...rows]
}

/** Persons (never merchants) who were seen on any of these devices; at most `limit`. */
export async function customersOnDevices(
  sql: Sql,
  deviceIds: readonly string[],
  limit: number,
): Promise<string[]> {
  if (deviceIds.length === 0) return []
  const rows = await sql<{ id: string }[]>`
    select distinct d.customer_id as id from identity.device d
    join identity.customer c on c.id = d.customer_id and c.kind = 'person'
    where d.device_id = any(${[...deviceIds]}) limit ${limit}`
  return rows.map(({ id }) => id)
}

/** True when this is a device of the customer that he may answer challenges on. */
export async function isTrustedDevice(
  sql: Sql,
  asked: { customerId: string; deviceId: string | null },
  now: Instant,
): Promise<boolean> {
  if (asked.deviceId === null) return false
  const rows = await sql`
    select from identity.device
    where id = ${asked.customerId}::text || '/' || ${asked.deviceId}::text
      and trusted_from <= ${now}::timestamptz`
  return rows.length > 0
}

/** The public key of a customer's device; null: it has none. */
export async function devicePublicKey(
  sql: Sql,
  asked: { customerId: string; deviceId: string },
): Promise<string | null> {
  const [row] = await sql<{ key: string }[]>`
    select public_key as key from identity.device_key
    where id = ${asked.customerId}::text || '/' || ${asked.deviceId}::text`
  return row?.key ?? null
}
