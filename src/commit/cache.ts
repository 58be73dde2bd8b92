import type { RecordKind } from './record.ts'
import type { Stored } from './store.ts'

/**
 * Records this process has read or written, true as long as nobody else took a turn on the lane.
 * Two generations instead of a linked list: when the young one is full it becomes the old one and
 * the old one is dropped, so an entry used since the last turn-over always survives.
 */
export interface RecordCache {
  get(kind: RecordKind<object>, id: string): Stored | null | undefined
  /** null remembers that the record is known to be absent. */
  set(kind: RecordKind<object>, id: string, stored: Stored | null): void
  delete(kind: RecordKind<object>, id: string): void
  clear(): void
  readonly size: number
}

export function createRecordCache(limit: number, shortLivedLimit = 20_000): RecordCache {
  const lasting = createGenerations(limit)
  const shortLived = createGenerations(shortLivedLimit)
  return {
    get(kind, id) {
      const found = kind.shortLived === true ? undefined : lasting.get(kind, id)
      return found ?? shortLived.get(kind, id)
    },
    set(kind, id, stored) {
      // What is absent is rarely asked for twice: it must not push out what is there.
      if (stored === null || kind.shortLived === true) return shortLived.set(kind, id, stored)
      shortLived.delete(kind, id)
      lasting.set(kind, id, stored)
    },
    delete(kind, id) {
      lasting.delete(kind, id)
      shortLived.delete(kind, id)
    },
    clear() {
      lasting.clear()
      shortLived.clear()
    },
    get size() {
      return lasting.size + shortLived.size
    },
  }
}

function createGenerations(limit: number): RecordCache {
  type Generation = Map<RecordKind<object>, Map<string, Stored | null>>
  let young: Generation = new Map()
  let old: Generation = new Map()
  let youngSize = 0

  function remember(kind: RecordKind<object>, id: string, stored: Stored | null): void {
    let records = young.get(kind)
    if (records === undefined) young.set(kind, (records = new Map()))
    const sizeBefore = records.size
    records.set(id, stored)
    youngSize += records.size - sizeBefore
    if (youngSize >= limit / 2) {
      old = young
      young = new Map()
      youngSize = 0
    }
  }

  return {
    get(kind, id) {
      const recent = young.get(kind)?.get(id)
      if (recent !== undefined) return recent
      const aged = old.get(kind)?.get(id)
      if (aged !== undefined) remember(kind, id, aged)
      return aged
    },
    set: remember,
    delete(kind, id) {
      const records = young.get(kind)
      if (records?.delete(id) === true) youngSize -= 1
      old.get(kind)?.delete(id)
    },
    clear() {
      young = new Map()
      old = new Map()
      youngSize = 0
    },
    get size() {
      let total = youngSize
      for (const records of old.values()) total += records.size
      return total
    },
  }
}
