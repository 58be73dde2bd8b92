import type { Clock } from '#kernel'

/** How long things took lately. */
export interface LatencyRing {
  /** Notes one duration in milliseconds. */
  add(durationMs: number): void
  /** The duration that this share (0 to 1) stayed under, in ms; null when there was nothing. */
  quantile(share: number): number | null
}

/** Buckets grow by 8 %: a quantile is at most that much too high. 0.05 ms to about 16 minutes. */
const growth = 1.08
const smallestMs = 0.05
const buckets = 220

/** A histogram over the last `seconds` seconds: one slot per second, the oldest one reused. */
export function createLatencyRing(options: { clock: Clock; seconds: number }): LatencyRing {
  const { clock, seconds } = options
  const slots = Array.from({ length: seconds }, () => ({
    second: -1,
    counts: new Uint32Array(buckets),
  }))

  function bucketOf(durationMs: number): number {
    const steps = Math.ceil(
      Math.log(Math.max(durationMs, smallestMs) / smallestMs) / Math.log(growth),
    )
    return Math.min(buckets - 1, Math.max(0, steps))
  }

  return {
    add(durationMs) {
      const present = Math.floor(clock.now() / 1_000)
      const slot = slots[present % seconds]
      if (slot === undefined) return
      if (slot.second !== present) {
        slot.second = present
        slot.counts.fill(0)
      }
      const bucket = bucketOf(durationMs)
      slot.counts[bucket] = (slot.counts[bucket] ?? 0) + 1
    },
    quantile(share) {
      const oldest = Math.floor(clock.now() / 1_000) - seconds
      const sums = new Float64Array(buckets)
      let total = 0
      for (const { second, counts } of slots) {
        if (second <= oldest) continue
        for (const [bucket, count] of counts.entries()) {
          sums[bucket] = (sums[bucket] ?? 0) + count
          total += count
        }
      }
      if (total === 0) return null
      let seen = 0
      for (const [bucket, count] of sums.entries()) {
        seen += count
        if (seen >= share * total) return smallestMs * growth ** bucket
      }
      return smallestMs * growth ** buckets
    },
  }
}
