import type { Sql } from '#database'
import { type TestClock, testClockId } from './test-clock.ts'

/** The test clock as it was last set; null where time was never simulated. */
export async function readTestClock(sql: Sql): Promise<TestClock | null> {
  const [row] = await sql<TestClock[]>`
    select id, anchor_simulated as "anchorSimulated", anchor_real as "anchorReal", rate
    from commit.test_clock where id = ${testClockId}`
  return row ?? null
}
