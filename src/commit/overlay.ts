import { InvariantError } from '#kernel'
import { type Place, unknown } from './cache.ts'
import type { View } from './command.ts'
import { outbox, type OutboxRow } from './outbox-row.ts'
import type { Key, LogKind, RecordKind } from './record.ts'

type Rows = Map<LogKind<object>, object[]>
type Records = Map<RecordKind<object>, Map<string, object>>

/** What a whole batch has decided so far: the state the next command of the batch sees. */
export interface BatchState {
  /** Present record: changed earlier in this batch, or as the cache has it in that place. */
  get(kind: RecordKind<object>, id: string, place: Place): object | undefined
  readonly changed: Records
  readonly logs: Rows
  nextNumber: bigint
}

/** One command's changes, kept apart until it returns; dropped whole when it throws. */
export interface Overlay extends View {
  mergeIntoBatch(): void
  readonly emitted: number
}

/** Opens an overlay that may touch `keys` only. `now` dates the messages it emits. */
export function createOverlay(
  batch: BatchState,
  { keys, places }: { keys: readonly Key[]; places: readonly Place[] },
  now: number,
): Overlay {
  /** By position of the key: the record as this command sees it; null: absent; not yet read. */
  const seen = new Array<object | null | undefined>(keys.length)
  /** Positions of the records it has put. */
  const put: number[] = []
  const positions = keys.length > 32 ? positionsOf(keys) : null
  const rows: { log: LogKind<object>; row: object }[] = []
  let nextNumber = batch.nextNumber
  let emitted = 0

  function positionOf(kind: RecordKind<object>, id: string): number {
    const position =
      positions === null ? positionIn(keys, kind, id) : positions.get(`${kind.name}/${id}`)
    if (position !== undefined) return position
    throw new InvariantError(`command touched ${kind.name}/${id}, which reads() did not name`)
  }

  function takeNumber(): bigint {
    const number = nextNumber
    nextNumber += 1n
    return number
  }

  return {
    get<T extends object>(kind: RecordKind<T>, id: string): T | undefined {
      const plain = kind as unknown as RecordKind<object>
      const position = positionOf(plain, id)
      const known = seen[position]
      if (known !== undefined) return (known ?? undefined) as T | undefined
      const found = batch.get(plain, id, places[position] ?? unknown)
      seen[position] = found ?? null
      return found as T | undefined
    },
    put<T extends object>(kind: RecordKind<T>, record: T): void {
      const position = positionOf(kind as unknown as RecordKind<object>, String(record[kind.key]))
      seen[position] = record
      if (!put.includes(position)) put.push(position)
    },
    append<T extends object>(log: LogKind<T>, row: T): void {
      rows.push({ log: log, row })
    },
    emit(topic, payload) {
      const row: OutboxRow = { number: takeNumber(), topic, payload, at: now, deliveredAt: null }
      rows.push({ log: outbox, row })
      emitted += 1
    },
    nextNumber: takeNumber,
    mergeIntoBatch() {
      for (const position of put) {
        const { kind, id } = keys[position] as Key
        putIn(batch.changed, kind, { id, record: seen[position] as object })
      }
      for (const { log, row } of rows) {
        const list = batch.logs.get(log)
        if (list === undefined) batch.logs.set(log, [row])
        else list.push(row)
      }
      batch.nextNumber = nextNumber
    },
    get emitted() {
      return emitted
    },
  }
}

/** A handful of keys is searched faster than hashed. */
function positionIn(
  keys: readonly Key[],
  kind: RecordKind<object>,
  id: string,
): number | undefined {
  for (let position = 0; position < keys.length; position += 1) {
    const key = keys[position]
    if (key?.kind === kind && key.id === id) return position
  }
  return undefined
}

function positionsOf(keys: readonly Key[]): Map<string, number> {
  const positions = new Map<string, number>()
  for (const [position, { kind, id }] of keys.entries()) {
    const name = `${kind.name}/${id}`
    if (!positions.has(name)) positions.set(name, position)
  }
  return positions
}

function putIn(
  target: Records,
  kind: RecordKind<object>,
  { id, record }: { id: string; record: object },
): void {
  const records = target.get(kind)
  if (records === undefined) target.set(kind, new Map([[id, record]]))
  else records.set(id, record)
}
