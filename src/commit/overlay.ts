import { InvariantError } from '#kernel'
import type { View } from './command.ts'
import { outbox, type OutboxRow } from './outbox-row.ts'
import type { Key, LogKind, RecordKind } from './record.ts'

type Rows = Map<LogKind<object>, object[]>
type Records = Map<RecordKind<object>, Map<string, object>>

/** What a whole batch has decided so far: the state the next command of the batch sees. */
export interface BatchState {
  /** Present record: changed earlier in this batch, or as loaded. */
  get(kind: RecordKind<object>, id: string): object | undefined
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
export function createOverlay(batch: BatchState, keys: readonly Key[], now: number): Overlay {
  const changed: Records = new Map()
  const declared =
    keys.length > 32 ? new Set(keys.map((key) => `${key.kind.name}/${key.id}`)) : null
  const rows: { log: LogKind<object>; row: object }[] = []
  let nextNumber = batch.nextNumber
  let emitted = 0

  function assertDeclared(kind: RecordKind<object>, id: string): void {
    if (declared === null) {
      for (const key of keys) if (key.id === id && key.kind === kind) return
    } else if (declared.has(`${kind.name}/${id}`)) return
    throw new InvariantError(`command touched ${kind.name}/${id}, which reads() did not name`)
  }

  function find(kind: RecordKind<object>, id: string): object | undefined {
    return changed.get(kind)?.get(id) ?? batch.get(kind, id)
  }

  function takeNumber(): bigint {
    const number = nextNumber
    nextNumber += 1n
    return number
  }

  return {
    get<T extends object>(kind: RecordKind<T>, id: string): T | undefined {
      assertDeclared(kind as unknown as RecordKind<object>, id)
      return find(kind as unknown as RecordKind<object>, id) as T | undefined
    },
    put<T extends object>(kind: RecordKind<T>, record: T): void {
      const id = String(record[kind.key])
      const plain = kind as unknown as RecordKind<object>
      assertDeclared(plain, id)
      putIn(changed, plain, { id, record })
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
      for (const [kind, records] of changed) {
        for (const [id, record] of records) putIn(batch.changed, kind, { id, record })
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

function putIn(
  target: Records,
  kind: RecordKind<object>,
  { id, record }: { id: string; record: object },
): void {
  const records = target.get(kind)
  if (records === undefined) target.set(kind, new Map([[id, record]]))
  else records.set(id, record)
}
