import type { Clock } from '#kernel'

/** How often something happened lately. */
export interface RateRing {
  add(): void
  /** Times per second over the last whole seconds. */
  perSecond(): number
}

/** Counts per second for `seconds` whole seconds; the second under way is not counted yet. */
export function createRateRing(options: { clock: Clock; seconds: number }): RateRing {
  const { clock, seconds } = options
  const slots = Array.from({ length: seconds + 1 }, () => ({ second: -1, count: 0 }))
  return {
    add() {
      const present = Math.floor(clock.now() / 1_000)
      const slot = slots[present % slots.length]
      if (slot === undefined) return
      if (slot.second !== present) {
        slot.second = present
        slot.count = 0
      }
      slot.count += 1
    },
    perSecond() {
      const present = Math.floor(clock.now() / 1_000)
      let sum = 0
      for (const { second, count } of slots) {
        if (second < present && second >= present - seconds) sum += count
      }
      return sum / seconds
    },
  }
}
