import type { Sql } from '#database'
import type { Instant } from '#kernel'
import type { Passkey } from './passkey.ts'

/** A passkey as its owner sees it. */
export interface PasskeyView {
  readonly id: string
  readonly name: string
  readonly transports: string
  readonly backedUp: boolean
  readonly addedAt: Instant
  readonly lastUsedAt: Instant | null
}

/** Those not removed, the last one added first. */
export async function passkeysOf(sql: Sql, customerId: string): Promise<PasskeyView[]> {
  const rows = await sql<PasskeyView[]>`
    select id, name, transports, backed_up as "backedUp", added_at as "addedAt",
      last_used_at as "lastUsedAt"
    from identity.passkey where customer_id = ${customerId} and removed_at is null
    order by added_at desc, id`
  return [...rows]
}

/** What a proof is checked against. */
export type PasskeyToVerify = Pick<
  Passkey,
  'id' | 'customerId' | 'publicKey' | 'counter' | 'transports'
> & { readonly phone: string }

/** null: there is none, or it was removed. */
export async function passkeyToVerify(sql: Sql, id: string): Promise<PasskeyToVerify | null> {
  const [row] = await sql<PasskeyToVerify[]>`
    select p.id, p.customer_id as "customerId", p.public_key as "publicKey", p.counter,
      p.transports, c.phone
    from identity.passkey p join identity.customer c on c.id = p.customer_id
    where p.id = ${id} and p.removed_at is null`
  return row ?? null
}
