import type { Instant } from '#kernel'
import type { Signal } from '../guard-input.ts'

export type ThreatKind = 'url' | 'file'

/** A feed that is read, and how old it may grow before nothing is believed of it. */
export interface ThreatFeedPlan {
  readonly name: string
  readonly kind: ThreatKind
  readonly maxAgeMs: number
}

/** How a feed is: for staff, and beside every answer that leans on it. */
export interface ThreatFeedHealth extends ThreatFeedPlan {
  readonly entries: number
  /** The last time it was read whole; null: never. */
  readonly readAt: Instant | null
  /** Why the last reading failed; null: it did not. */
  readonly failure: string | null
  readonly state: 'fresh' | 'stale' | 'never_read'
}

/** no: every feed of the kind is fresh and none lists it. `stale`: one that was asked is not. */
export interface ThreatMatch {
  readonly signal: Signal
  readonly stale: boolean
}

export interface ThreatLists {
  /** Replaces what a feed lists: SHA-256 in hex of addresses or files. */
  replace(name: string, read: { hashes: readonly string[]; at: Instant }): void
  /** The feed could not be read: what it listed stays, and ages. */
  fail(name: string, why: string): void
  /** null: the terminal reported nothing of this kind. */
  match(kind: ThreatKind, hashes: readonly string[] | null, now: Instant): ThreatMatch
  health(now: Instant): ThreatFeedHealth[]
}

interface Feed {
  readonly plan: ThreatFeedPlan
  prefixes: Float64Array
  readAt: Instant | null
  failure: string | null
}

/** 48 bits: exact in a double, and a chance of 1 in 280 million per lookup among a million. */
const prefixDigits = 12

/** The feeds of this process, each a sorted list of hash prefixes. */
export function createThreatLists(plans: readonly ThreatFeedPlan[]): ThreatLists {
  const feeds = new Map<string, Feed>()
  for (const plan of plans) {
    feeds.set(plan.name, { plan, prefixes: new Float64Array(), readAt: null, failure: null })
  }

  return {
    replace(name, { hashes, at }) {
      const feed = feeds.get(name)
      if (feed === undefined) return
      feed.prefixes = Float64Array.from(hashes, prefixOf).toSorted()
      feed.readAt = at
      feed.failure = null
    },
    fail(name, why) {
      const feed = feeds.get(name)
      if (feed !== undefined) feed.failure = why
    },
    match(kind, hashes, now) {
      const asked = [...feeds.values()].filter(({ plan }) => plan.kind === kind)
      if (hashes === null || asked.length === 0) return { signal: 'unknown', stale: false }
      const fresh = asked.filter((feed) => stateOf(feed, now) === 'fresh')
      const stale = fresh.length < asked.length
      const isListed = hashes.some((hash) => {
        const prefix = prefixOf(hash)
        return fresh.some(({ prefixes }) => holds(prefixes, prefix))
      })
      if (isListed) return { signal: 'yes', stale }
      return { signal: stale ? 'unknown' : 'no', stale }
    },
    health: (now) =>
      [...feeds.values()].map((feed) => ({
        ...feed.plan,
        entries: feed.prefixes.length,
        readAt: feed.readAt,
        failure: feed.failure,
        state: stateOf(feed, now),
      })),
  }
}

function stateOf({ plan, readAt }: Feed, now: Instant): ThreatFeedHealth['state'] {
  if (readAt === null) return 'never_read'
  return now - readAt < plan.maxAgeMs ? 'fresh' : 'stale'
}

function prefixOf(hash: string): number {
  return Number.parseInt(hash.slice(0, prefixDigits), 16)
}

function holds(sorted: Float64Array, wanted: number): boolean {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((sorted[middle] ?? 0) < wanted) from = middle + 1
    else to = middle
  }
  return sorted[from] === wanted
}
