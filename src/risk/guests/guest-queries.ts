import type { Sql } from '#database'
import type { TakeGuestOutcome } from './take-guest-outcome.ts'

/** Whose decision this was; null when there is none for a guest under this id. */
export async function guestDecisionById(
  sql: Sql,
  id: string,
): Promise<TakeGuestOutcome['decision'] | null> {
  const [row] = await sql<TakeGuestOutcome['decision'][]>`
    select id, customer_id as "customerId", payee_id as "payeeId", device_id as "deviceId",
      network, subject
    from risk.guest_decision where id = ${id}`
  return row ?? null
}
