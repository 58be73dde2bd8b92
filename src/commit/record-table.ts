import { required } from '#kernel'
import { createByteArena } from './byte-arena.ts'
import { createIdIndex } from './id-index.ts'
import {
  clearField,
  headAt,
  layOut,
  newChunk,
  storeRecord,
  type Chunk,
  type Layout,
} from './row-layout.ts'
import type { RecordKind } from './record.ts'

/**
 * Records packed in rows of fixed width instead of objects: a quarter of the memory, little for
 * the garbage collector to walk through, and an object only for as long as a command looks at it.
 * Kinds that share a row in the store share it here. A record is found once (`find`) and then
 * known by its row, which holds until the next `set` or `evict`.
 */
export interface RecordTable {
  /** The row of a record, or -1. */
  find(kind: RecordKind<object>, id: string): number
  /** A new object with the record's fields; bytes in it are good until its batch is settled. */
  read(kind: RecordKind<object>, row: number): object
  /** The row's version; undefined when there is none. */
  version(id: string): number | undefined
  versionAt(row: number): number
  /** `batch`: the one that wrote it, or was decided last when it was read; see `evict`. */
  set(kind: RecordKind<object>, id: string, written: Written): void
  /** The same for a row that is known. */
  update(kind: RecordKind<object>, row: number, written: Written): void
  /**
   * Gives up a row that was not looked at since the hand last came by, unless a batch later than
   * `settled` put it there. false: there is none such. `latest`: the batch decided last.
   */
  evict(settled: number, latest: number): boolean
  /** Gives up a record's row, its row mates with it. false: it had none. See `evict`. */
  forget(id: string, latest: number): boolean
  /** Batches up to this one are committed: what they gave up may be used again. */
  settle(batch: number): void
  readonly size: number
}

export interface Written {
  readonly record: object
  readonly version: number
  readonly batch: number
}

/** Rows per chunk: tables grow by chunks, so growing copies nothing and wastes little. */
const chunkBits = 10
const inChunk = 2 ** chunkBits - 1

/** `seed`: of the index of its ids. */
export function createRecordTable(kinds: readonly RecordKind<object>[], seed: number): RecordTable {
  const layout: Layout = layOut(kinds)
  const arena = createByteArena()
  const ids: (string | null)[] = []
  const index = createIdIndex((row) => ids[row] ?? null, seed)
  const chunks: Chunk[] = []
  const spare: number[] = []
  let hand = 0

  function chunkOf(row: number): Chunk {
    return required(chunks[row >>> chunkBits], 'chunk')
  }

  function rowFor(id: string): number {
    const present = index.find(id)
    if (present >= 0) return present
    const row = spare.pop() ?? ids.length
    if (row >>> chunkBits === chunks.length) chunks.push(newChunk(layout, inChunk + 1))
    ids[row] = id
    index.add(id, row)
    return row
  }

  function drop(row: number, batch: number): void {
    index.remove(required(ids[row], 'id'))
    ids[row] = null
    const place = { chunk: chunkOf(row), row: row & inChunk, layout, arena, batch }
    for (const { fields } of layout.kinds.values()) {
      for (const field of fields) clearField(place, field)
    }
    const { words } = place.chunk
    const head = place.row * layout.slots * 2
    words[head + headAt.kinds] = 0
    words[head + headAt.version] = 0
    spare.push(row)
  }

  function versionAt(row: number): number {
    return chunkOf(row).words[(row & inChunk) * layout.slots * 2 + headAt.version] ?? 0
  }

  function update(kind: RecordKind<object>, row: number, written: Written): void {
    const { record, version, batch } = written
    const chunk = chunkOf(row)
    const local = row & inChunk
    const { bit, fields } = layoutOf(kind)
    storeRecord(record, fields, { chunk, row: local, layout, arena, batch })
    const { words } = chunk
    const head = local * layout.slots * 2
    words[head + headAt.kinds] = (words[head + headAt.kinds] ?? 0) | bit
    // A row mate that was read meanwhile cannot make the row older than it is.
    words[head + headAt.version] = Math.max(version, words[head + headAt.version] ?? 0)
    words[head + headAt.batch] = batch
    words[head + headAt.used] = 1
  }

  return {
    find(kind, id) {
      const row = index.find(id)
      if (row < 0 || layout.kinds.size === 1) return row
      const present = chunkOf(row).words[(row & inChunk) * layout.slots * 2 + headAt.kinds] ?? 0
      return (present & layoutOf(kind).bit) === 0 ? -1 : row
    },
    read(kind, row) {
      const chunk = chunkOf(row)
      const local = row & inChunk
      chunk.words[local * layout.slots * 2 + headAt.used] = 1
      const id = required(ids[row], 'id')
      return layoutOf(kind).read({ chunk, row: local, layout, arena, batch: 0 }, id)
    },
    version(id) {
      const row = index.find(id)
      return row < 0 ? undefined : versionAt(row)
    },
    versionAt,
    set: (kind, id, written) => update(kind, rowFor(id), written),
    update,
    evict(settled, latest) {
      // Twice around: the first time every record may have been looked at.
      for (let steps = ids.length * 2; steps > 0; steps -= 1) {
        const row = hand
        hand = hand + 1 < ids.length ? hand + 1 : 0
        const { words } = chunkOf(row)
        const head = (row & inChunk) * layout.slots * 2
        if (ids[row] === null || (words[head + headAt.batch] ?? 0) > settled) continue
        if (words[head + headAt.used] === 1) words[head + headAt.used] = 0
        else {
          drop(row, latest)
          return true
        }
      }
      return false
    },
    forget(id, latest) {
      const row = index.find(id)
      if (row < 0) return false
      drop(row, latest)
      return true
    },
    settle: arena.settle,
    get size() {
      return index.size
    },
  }

  function layoutOf(kind: RecordKind<object>) {
    return required(layout.kinds.get(kind), kind.name)
  }
}
