import type { Waiting } from './batch.ts'
import { type RecordCache, unknown } from './cache.ts'
import type { Key } from './record.ts'
import type { Store } from './store.ts'

/**
 * Reads what waiting requests miss while the batches before them are written, so that customers
 * nobody has seen for a while hold up neither the lane nor each other. No lock: a record that is
 * not cached is written by no batch under way, and whatever another process changes meanwhile
 * moves the lane, so that nothing decided on it can commit.
 */
export interface FetchAhead {
  /** Has what the request misses read soon; `done` is called when it was tried. */
  want(waiting: Waiting): void
  /** How many batches had landed when the oldest read under way was sent; null: none is. */
  readonly oldest: number | null
}

export function createFetchAhead(options: {
  store: Store
  cache: RecordCache
  landed: () => number
  done: () => void
}): FetchAhead {
  const { store, cache, landed, done } = options
  const underWay: number[] = []
  let cold: Waiting[] = []

  async function send(): Promise<void> {
    const asked = cold
    cold = []
    const keys = missingKeys(asked, cache, false)
    const since = landed()
    underWay.push(since)
    const clearedBefore = cache.cleared
    const forgottenBefore = cache.forgotten
    let fetched: Waiting['fetch'] = 'done'
    try {
      const loaded = await store.load(keys)
      // What bulk work changed meanwhile may have been read before it: read again.
      if (cache.forgotten !== forgottenBefore) fetched = 'none'
      // What was created meanwhile is newer and stays.
      else
        for (const [index, { kind, id }] of keys.entries()) {
          if (cache.cleared !== clearedBefore) break
          if (cache.locate(kind, id) === unknown) cache.set(kind, id, loaded[index] ?? null)
        }
    } catch {
      // Then it is read under the lock, where a lost database is dealt with.
    }
    underWay.splice(underWay.indexOf(since), 1)
    for (const waiting of asked) {
      waiting.fetch = fetched
      if (fetched === 'none') want(waiting)
    }
    done()
  }

  function want(waiting: Waiting): void {
    waiting.fetch = 'sent'
    // One read for all requests of this turn of the event loop.
    if (cold.push(waiting) === 1) setImmediate(() => void send())
  }

  return {
    want,
    get oldest() {
      return underWay[0] ?? null
    },
  }
}

/** Keys the cache does not know; fresh ones only when everything must be read. Each once. */
export function missingKeys(
  batch: readonly Waiting[],
  cache: RecordCache,
  readEverything: boolean,
): Key[] {
  const missing: Key[] = []
  const seen = new Set<string>()
  for (const { keys } of batch) {
    for (const key of keys) {
      if (key.fresh && !readEverything) continue
      if (cache.locate(key.kind, key.id) !== unknown) continue
      const name = `${key.kind.name}/${key.id}`
      if (seen.has(name)) continue
      seen.add(name)
      missing.push(key)
    }
  }
  return missing
}
