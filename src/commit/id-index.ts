/** Which row has which id: a hash table outside of the garbage collector's sight. */
export interface IdIndex {
  /** The row of an id, or -1. */
  find(id: string): number
  /** `id` must not be there yet. */
  add(id: string, row: number): void
  remove(id: string): void
  readonly size: number
}

const firstCapacity = 1_024
const noRow = 0

/**
 * `idAt` answers the id of a row. A Map of a hundred thousand ids takes three times the memory, all
 * of it walked through by every full garbage collection. `seed` keeps callers, who choose some of
 * the ids, from choosing them to collide.
 */
export function createIdIndex(idAt: (row: number) => string | null, seed: number): IdIndex {
  let capacity = firstCapacity
  let hashes = new Uint32Array(capacity)
  /** Row plus one; 0: nothing here. */
  let rows = new Uint32Array(capacity)
  let size = 0

  function hashOf(id: string): number {
    let hash = seed
    for (let i = 0; i < id.length; i += 1) {
      hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
      hash ^= hash >>> 15
    }
    return hash >>> 0
  }

  /** Where the id is, or the free place at which to put it. */
  function placeOf(id: string, hash: number): number {
    const mask = capacity - 1
    let at = hash & mask
    for (;;) {
      const row = rows[at] ?? noRow
      if (row === noRow) return at
      if (hashes[at] === hash && idAt(row - 1) === id) return at
      at = (at + 1) & mask
    }
  }

  function put(hash: number, row: number): void {
    const mask = capacity - 1
    let at = hash & mask
    while (rows[at] !== noRow) at = (at + 1) & mask
    hashes[at] = hash
    rows[at] = row
  }

  function grow(): void {
    const [oldHashes, oldRows] = [hashes, rows]
    capacity *= 2
    hashes = new Uint32Array(capacity)
    rows = new Uint32Array(capacity)
    for (const [at, row] of oldRows.entries()) if (row !== noRow) put(oldHashes[at] ?? 0, row)
  }

  return {
    find: (id) => (rows[placeOf(id, hashOf(id))] ?? noRow) - 1,
    add(id, row) {
      if (size * 2 >= capacity) grow()
      put(hashOf(id), row + 1)
      size += 1
    },
    remove(id) {
      const mask = capacity - 1
      let free = placeOf(id, hashOf(id))
      if (rows[free] === noRow) return
      size -= 1
      // What follows without a gap moves up, unless that would put it before its own place.
      for (let at = (free + 1) & mask; rows[at] !== noRow; at = (at + 1) & mask) {
        const home = (hashes[at] ?? 0) & mask
        if (((at - home) & mask) < ((at - free) & mask)) continue
        hashes[free] = hashes[at] ?? 0
        rows[free] = rows[at] ?? noRow
        free = at
      }
      rows[free] = noRow
    },
    get size() {
      return size
    },
  }
}
