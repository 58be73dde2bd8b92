/** Where randomness comes from. Injected, so that a seed reproduces a run. */
export interface Random {
  /** A float in [0, 1). */
  next(): number
  /** An integer in [from, to], both included. */
  between(from: number, to: number): number
  /** One element; the list must not be empty. */
  pick<T>(list: readonly T[]): T
  bytes(length: number): Uint8Array
}

/**
 * A seeded generator (mulberry32 over a 32-bit state): fast, reproducible, NOT for secrets.
 */
export function createSeededRandom(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return randomFrom(next, (length) => Uint8Array.from({ length }, () => Math.floor(next() * 256)))
}

export function randomFrom(next: () => number, bytes: (length: number) => Uint8Array): Random {
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    between,
    pick<T>(list: readonly T[]): T {
      return list[between(0, list.length - 1)] as T
    },
    bytes,
  }
}
