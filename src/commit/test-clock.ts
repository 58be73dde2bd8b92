import type { Instant } from '#kernel'
import { type Command } from './command.ts'
import { defineRecord, keyOf, type RecordKind } from './record.ts'

/** Simulated time: at real moment `anchorReal` it was `anchorSimulated`, running at `rate`. */
export interface TestClock {
  id: string
  anchorSimulated: Instant
  anchorReal: Instant
  /** Simulated milliseconds per real millisecond; 0 = stands still. */
  rate: number
}

export const testClockId = 'clock'

export const testClock: RecordKind<TestClock> = defineRecord<TestClock>({
  name: 'commit.test_clock',
  key: 'id',
  fields: { id: 'text', anchorSimulated: 'instant', anchorReal: 'instant', rate: 'number' },
})

/** What the test clock shows at a real moment. */
export function simulatedNow(clock: TestClock, real: Instant): Instant {
  const elapsed = Math.max(0, real - clock.anchorReal)
  return clock.anchorSimulated + Math.floor(elapsed * clock.rate)
}

export interface MoveTestClock {
  /** Where it shall stand; an earlier moment than it shows now is refused. null: where it is. */
  to: Instant | null
  rate: number
  real: Instant
}

export type MovedTestClock = { moved: true; now: Instant } | { moved: false; now: Instant }

/** Moves simulated time forward only, and sets how fast it runs from there. */
export const moveTestClock: Command<MoveTestClock, MovedTestClock> = {
  name: 'commit.move-test-clock',
  reads: () => [keyOf(testClock, testClockId)],
  apply(state, input, now) {
    const present = state.get(testClock, testClockId)
    const to = input.to ?? now
    if (present !== undefined && to < now) return { moved: false, now }
    state.put(testClock, {
      id: testClockId,
      anchorSimulated: to,
      anchorReal: input.real,
      rate: input.rate,
    })
    return { moved: true, now: to }
  },
}
