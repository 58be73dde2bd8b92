import { InvariantError } from '#kernel'
import type { Key, LogKind, RecordKind } from './record.ts'
import {
  StoreConflict,
  type BatchWrite,
  type LaneState,
  type LaneTurn,
  type Store,
  type Stored,
} from './store.ts'

/** Bytes in a record may be the cache's own memory, which is used again. */
function detached(record: object): object {
  const bytes = Object.entries(record).filter(([, value]) => value instanceof Uint8Array)
  if (bytes.length === 0) return record
  const copies = bytes.map(([name, value]) => [name, Uint8Array.from(value as Uint8Array)])
  return { ...record, ...Object.fromEntries(copies) }
}

/** Everything in memory, for property tests and simulated years. Nothing outlives the process. */
export interface MemoryStore extends Store {
  /** All records of a kind, by id. */
  records<T extends object>(kind: RecordKind<T>): ReadonlyMap<string, T>
  /** All rows of a log, in the order written. */
  rows<T extends object>(log: LogKind<T>): readonly T[]
}

/**
 * A store with the same promises as PostgreSQL's: one turn at a time, absent ids proved by the
 * insert, versions asserted, a batch whole or not at all. Several lanes may share one store.
 */
export function createMemoryStore(): MemoryStore {
  const records = new Map<RecordKind<object>, Map<string, Stored>>()
  const logs = new Map<LogKind<object>, object[]>()
  let lane: LaneState = { seq: 0n, lastInstant: 0, nextNumber: 1n }
  let turnTaken: Promise<void> = Promise.resolve()

  const find = (key: Key): Stored | undefined => records.get(key.kind)?.get(key.id)

  function apply(write: BatchWrite): void {
    for (const { kind, id, version } of write.records) {
      const present = records.get(kind)?.get(id)?.version ?? null
      if (present !== version) throw new StoreConflict(`${kind.name}/${id}`)
    }
    for (const { kind, id, record, version } of write.records) {
      let table = records.get(kind)
      if (table === undefined) records.set(kind, (table = new Map()))
      table.set(id, { record: detached(record), version: (version ?? 0) + 1 })
    }
    for (const [log, rows] of write.logs) {
      const table = logs.get(log)
      if (table === undefined) logs.set(log, [...rows])
      else for (const row of rows) table.push(row)
    }
    lane = write.after
  }

  async function takeTurn(): Promise<() => void> {
    const previous = turnTaken
    let release: () => void = () => undefined
    turnTaken = new Promise((resolve) => {
      release = resolve
    })
    await previous
    return release
  }

  return {
    rowMates: (kind) => [kind],
    async begin(keys): Promise<LaneTurn> {
      const release = await takeTurn()
      return {
        lane,
        loaded: keys.map(find),
        load: (more) => Promise.resolve(more.map(find)),
        commit(write) {
          try {
            apply(write)
          } finally {
            release()
          }
          return Promise.resolve()
        },
        rollback() {
          release()
          return Promise.resolve()
        },
      }
    },
    load: (keys) => Promise.resolve(keys.map(find)),
    handedOver: () => null,
    async commitOn(write) {
      const release = await takeTurn()
      try {
        if (lane.seq !== write.before.seq) throw new StoreConflict('the lane has moved on')
        apply(write)
      } finally {
        release()
      }
    },
    bulk: () => Promise.reject(new InvariantError('memory has no statements: use commands')),
    recover: () => Promise.resolve(),
    close: () => Promise.resolve(),
    records<T extends object>(kind: RecordKind<T>) {
      const plain = records.get(kind as unknown as RecordKind<object>) ?? new Map<string, Stored>()
      return new Map([...plain].map(([id, stored]) => [id, stored.record as T]))
    },
    rows<T extends object>(log: LogKind<T>) {
      return (logs.get(log) ?? []) as unknown as readonly T[]
    },
  }
}
