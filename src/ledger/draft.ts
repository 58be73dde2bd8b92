import type { LogKind, RecordKind, View } from '#commit'

/** A view whose changes reach the state below only when they are kept. */
export interface Draft extends View {
  /** Hands all changes down; without it nothing has happened. Numbers drawn stay used. */
  keep(): void
}

/**
 * Several acts on top of a state, to be kept together or dropped together. Reading goes through to
 * the state, so the command's `reads` bind here as well.
 */
export function draftOn(state: View): Draft {
  const records = new Map<RecordKind<object>, Map<string, object>>()
  const later: (() => void)[] = []
  return {
    get<T extends object>(kind: RecordKind<T>, id: string): T | undefined {
      const changed = records.get(kind as unknown as RecordKind<object>)?.get(id)
      return (changed as T | undefined) ?? state.get(kind, id)
    },
    put<T extends object>(kind: RecordKind<T>, record: T): void {
      const plain = kind as unknown as RecordKind<object>
      const id = String(record[kind.key])
      const changed = records.get(plain)
      if (changed === undefined) records.set(plain, new Map([[id, record]]))
      else changed.set(id, record)
    },
    append: <T extends object>(log: LogKind<T>, row: T) => {
      later.push(() => state.append(log, row))
    },
    emit: (topic, payload) => {
      later.push(() => state.emit(topic, payload))
    },
    nextNumber: () => state.nextNumber(),
    keep() {
      for (const [kind, changed] of records) {
        for (const record of changed.values()) state.put(kind, record)
      }
      for (const act of later) act()
    },
  }
}
