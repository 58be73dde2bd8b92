import type { Clock } from './clock.ts'

/** The machine's wall clock. */
export const systemClock: Clock = { now: () => Date.now() }

/** A monotonic stopwatch reading in milliseconds; for measuring, never for business time. */
export function stopwatch(): () => number {
  const start = performance.now()
  return () => performance.now() - start
}
