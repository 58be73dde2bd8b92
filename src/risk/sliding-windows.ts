import { invariant, type Instant } from '#kernel'

/**
 * Numbers of one entity in exact sliding windows that end `delayMs` before now: of all added in
 * (now - delay - w, now - delay], how many there were and their mean. With amounts and no delay:
 * what a customer spends. With labels (1: theft) and a delay of a week: the share of thefts among
 * payments whose outcome is known by now; what takes a week to be known is not learnt sooner.
 */
export interface SlidingWindows {
  /** Times never fall. */
  add(at: Instant, value: number): void
  /**
   * Writes count and mean (0 of none) of every window, one after the other, into `out` from
   * `from`. Times never fall.
   */
  read(now: Instant, out: Float32Array, from: number): void
}

export interface SlidingWindowsOptions {
  readonly delayMs: number
  /** Lengths, shortest first. */
  readonly windowsMs: readonly number[]
}

/**
 * A maker of such windows, one per entity. Each edge of a window only moves forward: a number is
 * passed once per edge, and reading costs the same however long the windows are (the guard's
 * profiles, stored between payments, count their events anew each time). An entity lies in two
 * arrays: with many entities it is fetching them that costs. Sums of whole numbers below 2^53 stay
 * exact.
 */
export function slidingWindows(options: SlidingWindowsOptions): () => SlidingWindows {
  const { delayMs, windowsMs } = options
  // Edge 0 is where all windows end, edge i where window i - 1 begins.
  const ages = Float64Array.from([0, ...windowsMs], (length) => delayMs + length)
  return () => createWindows(ages)
}

function createWindows(ages: Float64Array): SlidingWindows {
  const edges = ages.length
  /** Per edge: how many lie before it, and their sum, since the beginning. */
  const passed = new Float64Array(edges * 2)
  const lastEdge = edges * 2 - 2
  /** Times and values by turns, in a ring of a power of two. */
  let ring = new Float64Array(32)
  let added = 0
  let latest = Number.NEGATIVE_INFINITY

  function forward(now: Instant): void {
    const mask = ring.length - 1
    for (let edge = 0; edge < edges; edge += 1) {
      const until = now - (ages[edge] as number)
      let at = passed[edge * 2] as number
      let sum = passed[edge * 2 + 1] as number
      while (at < added) {
        const slot = (at * 2) & mask
        if ((ring[slot] as number) > until) break
        sum += ring[slot + 1] as number
        at += 1
      }
      passed[edge * 2] = at
      passed[edge * 2 + 1] = sum
    }
  }

  /** Twice the room; what all edges have passed stays behind. */
  function grow(): void {
    const next = new Float64Array(ring.length * 2)
    for (let i = passed[lastEdge] as number; i < added; i += 1) {
      const from = (i * 2) & (ring.length - 1)
      const to = (i * 2) & (next.length - 1)
      next[to] = ring[from] as number
      next[to + 1] = ring[from + 1] as number
    }
    ring = next
  }

  function isFull(): boolean {
    return (added - (passed[lastEdge] as number)) * 2 === ring.length
  }

  function reach(now: Instant): void {
    invariant(now >= latest, 'sliding windows only go forward')
    latest = now
  }

  return {
    add(at, value) {
      reach(at)
      if (isFull()) forward(at)
      if (isFull()) grow()
      const slot = (added * 2) & (ring.length - 1)
      ring[slot] = at
      ring[slot + 1] = value
      added += 1
    },
    read(now, out, from) {
      reach(now)
      forward(now)
      const all = passed[0] as number
      const sum = passed[1] as number
      for (let edge = 1; edge < edges; edge += 1) {
        const count = all - (passed[edge * 2] as number)
        const at = from + (edge - 1) * 2
        out[at] = count
        out[at + 1] = count === 0 ? 0 : (sum - (passed[edge * 2 + 1] as number)) / count
      }
    },
  }
}
