import type { Sql } from '#database'
import type { Instant } from '#kernel'

/** Number of the newest message that was not acted on yet; null: there is none. */
export async function newestWaitingMessage(sql: Sql): Promise<bigint | null> {
  const [row] = await sql<{ number: bigint | null }[]>`
    select max(number) as number from commit.outbox where delivered_at is null`
  return row?.number ?? null
}

/** Notes that every message up to this one was acted on. */
export async function markDelivered(sql: Sql, upTo: bigint, now: Instant): Promise<void> {
  await sql`
    update commit.outbox set delivered_at = ${now}::timestamptz
    where delivered_at is null and number <= ${upTo.toString()}::text::int8`
}
