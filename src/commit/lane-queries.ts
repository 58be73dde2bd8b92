import type { Sql } from '#database'

/** The number that the lane gives next: nothing that drew its number there has it, or a higher. */
export async function nextLaneNumber(sql: Sql): Promise<bigint> {
  const [row] = await sql<{ number: bigint }[]>`
    select max(next_number) as number from commit.lane`
  return row?.number ?? 1n
}
