import type { Clock, Instant } from '#kernel'
import type { RecordCache } from './cache.ts'
import type { RecordKind } from './record.ts'
import { simulatedNow, testClock, testClockId, type TestClock } from './test-clock.ts'

/** Business time as this process knows it: never back, the test clock's where there is one. */
export interface LaneTime {
  now(): Instant
  /** A batch was decided at this moment. */
  reached(instant: Instant): void
  /** Before the cache is emptied: simulated time must not jump to the machine's meanwhile. */
  note(): void
}

const plainClock = testClock as unknown as RecordKind<object>

export function createLaneTime(clock: Clock, cache: RecordCache): LaneTime {
  let seen: TestClock | undefined
  let last: Instant = 0

  function note(): void {
    const found = cache.read(plainClock, testClockId, cache.locate(plainClock, testClockId))
    if (found !== undefined) seen = found as TestClock
  }

  return {
    now() {
      note()
      const real = clock.now()
      return Math.max(last, seen === undefined ? real : simulatedNow(seen, real))
    },
    reached(instant) {
      last = instant
    },
    note,
  }
}
