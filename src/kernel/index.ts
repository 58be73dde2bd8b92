/** Time as epoch milliseconds, local days in Asia/Shanghai. Malformed dates throw. */
export {
  addDays, day, daysBetween, hour, localDateOf, localInstant, localTimeOf, minute, second,
  startOfLocalDay, toRfc3339, weekdayOf, type Instant, type LocalDate,
} from './local-date.ts'
/** Clocks: injected everywhere; the system's own is handed in by `app` only. */
export { createManualClock, type Clock, type ManualClock } from './clock.ts'
export { stopwatch, systemClock } from './system-clock.ts'
/** Randomness: seeded for worlds and tests, the system's for secrets. */
export { createSeededRandom, type Random } from './random.ts'
export { systemRandom } from './system-random.ts'
export { createIds, type Ids } from './ids.ts'
/** Many single reads as one; fails as its read fails. */
export { batchReads, type ReadMany } from './batch-reads.ts'
/** Expected outcomes as values; broken invariants throw InvariantError. */
export { fail, ok, type Result } from './result.ts'
export { limitHeapGrowth } from './heap-growth.ts'
export { InvariantError, invariant, required, unreachable } from './invariant.ts'
export { equalInConstantTime, sha256Hex } from './digest.ts'
export { decodeJson, encodeJson } from './json.ts'
