import { InvariantError } from '#kernel'
import { type Place, unknown } from './cache.ts'
import type { View } from './command.ts'
import { outbox, type OutboxRow } from './outbox-row.ts'
import type { Key, LogKind, RecordKind } from './record.ts'
import type { RecordChange } from './store.ts'

type Rows = Map<LogKind<object>, object[]>
type Records = Map<RecordKind<object>, Map<string, RecordChange>>

/** What a whole batch has decided so far: the state the next command of the batch sees. */
export interface BatchState {
  /** Present record: changed earlier in this batch, or as the cache has it in that place. */
  get(kind: RecordKind<object>, id: string, place: Place): object | undefined
  /** Version of the row a record had before the batch; null: there was none. */
  version(kind: RecordKind<object>, id: string, place: Place): number | null
  readonly changed: Records
  readonly logs: Rows
  nextNumber: bigint
}

/**
 * One command's changes, kept apart until it returns; dropped whole when it throws. A class: made
 * once per command, and closures would be eight objects more each time.
 */
export class Overlay implements View {
  readonly #batch: BatchState
  readonly #keys: readonly Key[]
  readonly #places: readonly Place[]
  readonly #now: number
  /** By position of the key: the record as this command sees it; null: absent; not yet read. */
  readonly #seen: (object | null | undefined)[] = []
  readonly #positions: ReadonlyMap<string, number> | null
  /** Positions of the records it has put. */
  readonly #put: number[] = []
  readonly #logs: LogKind<object>[] = []
  readonly #rows: object[] = []
  #nextNumber: bigint
  /** Messages left for the jobs. */
  emitted = 0

  /** May touch the waiting request's keys only; `now` dates the messages it emits. */
  constructor(
    batch: BatchState,
    { keys, places }: { readonly keys: readonly Key[]; readonly places: readonly Place[] },
    now: number,
  ) {
    this.#batch = batch
    this.#keys = keys
    this.#places = places
    this.#now = now
    this.#positions = keys.length > 32 ? positionsOf(keys) : null
    this.#nextNumber = batch.nextNumber
  }

  get<T extends object>(kind: RecordKind<T>, id: string): T | undefined {
    const plain = kind as unknown as RecordKind<object>
    const position = this.#positionOf(plain, id)
    const known = this.#seen[position]
    if (known !== undefined) return (known ?? undefined) as T | undefined
    const found = this.#batch.get(plain, id, this.#places[position] ?? unknown)
    this.#seen[position] = found ?? null
    return found as T | undefined
  }

  put<T extends object>(kind: RecordKind<T>, record: T): void {
    const plain = kind as unknown as RecordKind<object>
    const position = this.#positionOf(plain, String(record[kind.key]))
    this.#seen[position] = record
    if (!this.#put.includes(position)) this.#put.push(position)
  }

  append<T extends object>(log: LogKind<T>, row: T): void {
    this.#logs.push(log)
    this.#rows.push(row)
  }

  emit(topic: string, payload: unknown): void {
    const row: OutboxRow = {
      number: this.nextNumber(),
      topic,
      payload,
      at: this.#now,
      deliveredAt: null,
    }
    this.append(outbox, row)
    this.emitted += 1
  }

  nextNumber(): bigint {
    const number = this.#nextNumber
    this.#nextNumber += 1n
    return number
  }

  mergeIntoBatch(): void {
    const { changed, logs } = this.#batch
    for (const position of this.#put) {
      const { kind, id } = this.#keys[position] as Key
      let records = changed.get(kind)
      if (records === undefined) changed.set(kind, (records = new Map()))
      const record = this.#seen[position] as object
      const earlier = records.get(id)
      if (earlier === undefined) {
        const place = this.#places[position] ?? unknown
        const version = this.#batch.version(kind, id, place)
        records.set(id, { kind, id, record, version, place })
      } else earlier.record = record
    }
    for (let i = 0; i < this.#rows.length; i += 1) {
      const log = this.#logs[i] as LogKind<object>
      const list = logs.get(log)
      if (list === undefined) logs.set(log, [this.#rows[i] as object])
      else list.push(this.#rows[i] as object)
    }
    this.#batch.nextNumber = this.#nextNumber
  }

  #positionOf(kind: RecordKind<object>, id: string): number {
    const position =
      this.#positions === null
        ? positionIn(this.#keys, kind, id)
        : this.#positions.get(`${kind.name}/${id}`)
    if (position !== undefined) return position
    throw new InvariantError(`command touched ${kind.name}/${id}, which reads() did not name`)
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
