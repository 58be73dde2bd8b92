/** A range of addresses, first and last included, and what is known of it. */
export interface RangeRow {
  readonly first: bigint
  readonly last: bigint
  /** Below 2^31. */
  readonly value: number
}

export interface RangeTable {
  readonly segments: number
  /** The value of the narrowest range around high * 2^32 + low; -1: there is none. */
  find(high: number, low: number): number
}

interface Segment {
  readonly first: bigint
  readonly value: number
}

/**
 * Ranges, nested or apart, as disjoint segments in sorted typed arrays: a lookup is one binary
 * search without allocation. `bits` is the length of an address.
 */
export function rangeTable(rows: readonly RangeRow[], bits: number): RangeTable {
  const segments = segmentsOf(rows, (1n << BigInt(bits)) - 1n)
  const size = segments.length
  const highs = new Uint32Array(size)
  const lows = new Uint32Array(size)
  const values = new Int32Array(size)
  for (const [at, { first, value }] of segments.entries()) {
    highs[at] = Number(first >> 32n)
    lows[at] = Number(first & 0xffff_ffffn)
    values[at] = value
  }
  return {
    segments: size,
    find(high, low) {
      let from = 0
      let to = size
      while (from < to) {
        const middle = (from + to) >>> 1
        const there = highs[middle] ?? 0
        const isAfter = there > high || (there === high && (lows[middle] ?? 0) > low)
        if (isAfter) to = middle
        else from = middle + 1
      }
      return from === 0 ? -1 : (values[from - 1] ?? -1)
    },
  }
}

/** Wider ranges first where they begin together; an inner range cuts a hole into an outer one. */
function segmentsOf(rows: readonly RangeRow[], end: bigint): Segment[] {
  const sorted = rows.toSorted((a, b) => order(a.first, b.first) || order(b.last, a.last))
  const segments: Segment[] = []
  const open: RangeRow[] = []
  const begin = (first: bigint, value: number): void => {
    if (first > end) return
    const before = segments.at(-1)
    if (before?.first === first) segments.pop()
    if (segments.at(-1)?.value !== value) segments.push({ first, value })
  }
  const closeUntil = (first: bigint | null): void => {
    for (;;) {
      const inner = open.at(-1)
      if (inner === undefined || (first !== null && inner.last >= first)) return
      open.pop()
      begin(inner.last + 1n, open.at(-1)?.value ?? -1)
    }
  }
  for (const row of sorted) {
    closeUntil(row.first)
    begin(row.first, row.value)
    open.push(row)
  }
  closeUntil(null)
  return segments
}

function order(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
