import type { Sql } from '#database'
import type { Instant } from '#kernel'
import { attemptsSpent, type SignInAttempts } from './sign-in-attempts.ts'

/** What a sign-in is checked against, before the command checks again under the lane. */
export interface KnownCredential {
  readonly customerId: string
  readonly name: string
  readonly passwordHash: string
  readonly idNumberHash: string | null
}

/** By phone; null: nobody has this number. */
export async function credentialByPhone(sql: Sql, phone: string): Promise<KnownCredential | null> {
  const [row] = await sql<KnownCredential[]>`
    select c.id as "customerId", c.name, k.password_hash as "passwordHash",
      c.id_number_hash as "idNumberHash"
    from identity.phone p
    join identity.customer c on c.id = p.customer_id
    join identity.credential k on k.id = c.id
    where p.id = ${phone}`
  return row ?? null
}

/** By customer; null: no such customer. */
export async function passwordHashOf(sql: Sql, customerId: string): Promise<string | null> {
  const [row] = await sql<{ hash: string }[]>`
    select password_hash as hash from identity.credential where id = ${customerId}`
  return row?.hash ?? null
}

/** True while a phone number has used up its failures, and the device is not one of its owner's. */
export async function signInBlocked(
  sql: Sql,
  asked: { phone: string; deviceId: string | null },
  now: Instant,
): Promise<boolean> {
  const [row] = await sql<SignInAttempts[]>`
    select id, failures, since from identity.sign_in_attempts where id = ${asked.phone}`
  if (!attemptsSpent(row, now)) return false
  if (asked.deviceId === null) return true
  const [known] = await sql`
    select from identity.phone p
    join identity.device d on d.id = p.customer_id || '/' || ${asked.deviceId}::text
    where p.id = ${asked.phone} and d.trusted_from <= ${now}::timestamptz`
  return known === undefined
}

/** A sign-in that waits for a trusted device. */
export interface WaitingSignIn {
  readonly id: string
  readonly deviceName: string
  readonly openedAt: Instant
  readonly expiresAt: Instant
}

/** Sign-ins a trusted device may approve now, newest first. */
export async function waitingSignIns(
  sql: Sql,
  customerId: string,
  now: Instant,
): Promise<WaitingSignIn[]> {
  const rows = await sql<WaitingSignIn[]>`
    select id, device_name as "deviceName", opened_at as "openedAt", expires_at as "expiresAt"
    from identity.sign_in_challenge
    where customer_id = ${customerId} and kind in ('trusted_device', 'totp') and used_at is null
      and approved_at is null and expires_at > ${now}::timestamptz
    order by opened_at desc limit 20`
  return [...rows]
}
