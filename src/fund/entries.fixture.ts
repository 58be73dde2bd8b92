import type { MemoryStore } from '#commit'
import { entryLog } from '#ledger'

/** References of the entries of a kind, in the order posted. */
export function entriesOf(store: MemoryStore, kind: string): string[] {
  return store
    .rows(entryLog)
    .filter((entry) => entry.kind === kind)
    .map(({ ref }) => ref)
}
