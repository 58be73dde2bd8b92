import type { Key, RecordKind } from './record.ts'
import { createRecordTable, type RecordTable, type Written } from './record-table.ts'
import type { Stored } from './store.ts'

/**
 * Records this process has read or written, true as long as nobody else took a turn on the lane.
 * What is read is a copy made for the reader.
 */
export interface RecordCache {
  /** Where a record is kept; a row holds as long as the epoch, anything else until a `set`. */
  locate(kind: RecordKind<object>, id: string): Place
  /** undefined: absent, or not known. */
  read(kind: RecordKind<object>, id: string, place: Place): object | undefined
  /** Version of a record's row, if the row is known; `place` is where `locate` has it now. */
  version(kind: RecordKind<object>, id: string, place?: Place): number | undefined
  /**
   * null remembers that the record is known to be absent. `batch` is the one that wrote it; left
   * out for what was read.
   */
  set(kind: RecordKind<object>, id: string, stored: (Stored & { batch?: number }) | null): void
  /** What a batch wrote, in the place its record has in this epoch of the cache. */
  update(place: Place, change: { kind: RecordKind<object>; record: object }, now: WrittenAt): void
  /** Records written by batches up to this one may be forgotten when room is needed. */
  settledUpTo(batch: number): void
  /**
   * From `hold` to `release` nothing is forgotten and no bytes are used again: what a batch under
   * the lock looks up stays what it is from the first look until it is remembered as written.
   */
  hold(): void
  release(): void
  /** These are not known any more: they were changed behind the cache's back. */
  forget(keys: readonly Key[]): void
  clear(): void
  /** Changes when rows may have gone. */
  readonly epoch: number
  /** How often it was cleared. */
  readonly cleared: number
  /** How often it was told to forget: what was read before that may be older. */
  readonly forgotten: number
  readonly size: number
}

/** Which version of a row which batch wrote. */
export type WrittenAt = Omit<Written, 'record'>

/** A row of the kind's table, or one of the two below. */
export type Place = number
/** Nothing is known of it. */
export const unknown: Place = -1
/** Known to be absent, or short-lived: to be looked up by its id. */
export const recent: Place = -2

export interface CacheLimits {
  readonly lasting: number
  /** Of short-lived records and of known absences, each. */
  readonly shortLived: number
  /** Of the indexes; random in production. */
  readonly seed: number
}

/** `rowMates`: the kinds kept in the same row of the store as this one, itself included. */
export function createRecordCache(
  limits: CacheLimits,
  rowMates: (kind: RecordKind<object>) => readonly RecordKind<object>[],
): RecordCache {
  let lasting = new Map<RecordKind<object>, RecordTable>()
  const tables: RecordTable[] = []
  let size = 0
  let settled = 0
  let latest = 0
  let epoch = 1
  let cleared = 0
  let forgotten = 0
  let held = false
  const shortLived = createGenerations(limits.shortLived, () => held)

  function tableOf(kind: RecordKind<object>): RecordTable {
    const present = lasting.get(kind)
    if (present !== undefined) return present
    const mates = rowMates(kind)
    const table = createRecordTable(mates, limits.seed)
    tables.push(table)
    for (const mate of mates) lasting.set(mate, table)
    return table
  }

  /** The table with most rows gives one up, until there is room for one more. */
  function makeRoom(): void {
    while (!held && size >= limits.lasting) {
      let largest: RecordTable | null = null
      for (const table of tables) {
        if (largest === null || table.size > largest.size) largest = table
      }
      if (largest?.evict(settled, latest) !== true) return
      size -= 1
      epoch += 1
    }
  }

  return {
    locate(kind, id) {
      if (kind.shortLived !== true) {
        const row = lasting.get(kind)?.find(kind, id) ?? unknown
        if (row !== unknown) return row
      }
      return shortLived.get(kind, id) === undefined ? unknown : recent
    },
    read(kind, id, place) {
      if (place >= 0) return lasting.get(kind)?.read(kind, place)
      return place === recent ? shortLived.get(kind, id)?.record : undefined
    },
    version(kind, id, place = unknown) {
      if (kind.shortLived === true) return shortLived.get(kind, id)?.version
      // A record that is not there may have a row mate that is: then the row has a version.
      const table = lasting.get(kind)
      return place >= 0 ? table?.versionAt(place) : table?.version(id)
    },
    update(place, { kind, record }, { version, batch }) {
      latest = batch
      tableOf(kind).update(kind, place, { record, version, batch })
    },
    set(kind, id, stored) {
      // What is absent is rarely asked for twice: it must not push out what is there.
      if (stored === null || kind.shortLived === true) return shortLived.set(kind, id, stored)
      shortLived.delete(kind, id)
      const table = tableOf(kind)
      if (size >= limits.lasting && table.find(kind, id) === unknown) makeRoom()
      const before = table.size
      const { record, version, batch = latest } = stored
      latest = batch
      table.set(kind, id, { record, version, batch })
      size += table.size - before
    },
    settledUpTo(batch) {
      settled = batch
      if (!held) for (const table of tables) table.settle(batch)
    },
    hold() {
      held = true
    },
    release() {
      held = false
      for (const table of tables) table.settle(settled)
    },
    forget(keys) {
      for (const { kind, id } of keys) {
        shortLived.delete(kind, id)
        if (lasting.get(kind)?.forget(id, latest) === true) size -= 1
      }
      epoch += 1
      forgotten += 1
    },
    clear() {
      lasting = new Map()
      tables.length = 0
      size = 0
      epoch += 1
      cleared += 1
      shortLived.clear()
    },
    get cleared() {
      return cleared
    },
    get forgotten() {
      return forgotten
    },
    get epoch() {
      return epoch
    },
    get size() {
      return size + shortLived.size
    },
  }
}

/** Remembers what was read, in the order of the keys. */
export function rememberAll(
  cache: RecordCache,
  keys: readonly Key[],
  loaded: readonly (Stored | undefined)[],
): void {
  for (const [index, { kind, id }] of keys.entries()) cache.set(kind, id, loaded[index] ?? null)
}

interface Generations {
  get(kind: RecordKind<object>, id: string): Stored | null | undefined
  set(kind: RecordKind<object>, id: string, stored: Stored | null): void
  delete(kind: RecordKind<object>, id: string): void
  clear(): void
  readonly size: number
}

/**
 * Two generations instead of a linked list: when the young one is full it becomes the old one and
 * the old one is dropped, so an entry used since the last turn-over always survives.
 */
function createGenerations(limit: number, isHeld: () => boolean): Generations {
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
    if (youngSize >= limit / 2 && !isHeld()) {
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
