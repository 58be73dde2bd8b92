import type { Instant } from './local-date.ts'

/** Where time comes from. Injected: the core never reads the machine's clock itself. */
export interface Clock {
  /** Present moment, epoch milliseconds. */
  now(): Instant
}

/** A clock that stands still until it is moved; for tests and for simulated years. */
export interface ManualClock extends Clock {
  set(instant: Instant): void
  advance(ms: number): void
}

export function createManualClock(start: Instant): ManualClock {
  let current = start
  return {
    now: () => current,
    set(instant) {
      current = instant
    },
    advance(ms) {
      current += ms
    },
  }
}
