import type { Clock } from '#kernel'
import type { Store } from './store.ts'

export interface LaneOptions {
  readonly store: Store
  readonly clock: Clock
  /** Requests that may wait; beyond it callers get `unavailable`. Default 4096. */
  readonly queueLimit?: number
  /** Requests decided in one commit. Default 512: more only adds latency on two cores. */
  readonly batchLimit?: number
  /** Records kept in memory. Default 1,000,000. */
  readonly cacheLimit?: number
  /** Of the cache's indexes: random where strangers choose ids. */
  readonly seed?: number
  /** How long a request may wait for a lost database before it is told `unavailable`. */
  readonly patienceMs?: number
  /** Waits that long; injected so that tests need no real time. */
  readonly sleep: (ms: number) => Promise<void>
}
