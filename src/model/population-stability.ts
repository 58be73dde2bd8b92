import { invariant } from '#kernel'

/** How the values of a feature, or the scores, lay when the model was trained. */
export interface Distribution {
  /** Upper ends of all bins but the last; a value belongs to the first bin it is not above. */
  readonly edges: readonly number[]
  /** Rows per bin; the last one counts missing values. */
  readonly counts: readonly number[]
}

/** Bins at the training values' own quantiles: equal values never part, so there may be fewer. */
export function distributionOf(values: ArrayLike<number>, bins = 10): Distribution {
  invariant(bins >= 2, 'at least two bins')
  const present = Array.from(values).filter((value) => !Number.isNaN(value))
  present.sort((a, b) => a - b)
  const edges: number[] = []
  for (let bin = 1; bin < bins && present.length > 0; bin += 1) {
    const edge = present[Math.ceil((present.length * bin) / bins) - 1] as number
    if (edge !== edges.at(-1) && edge !== present.at(-1)) edges.push(edge)
  }
  return { edges, counts: countIn(edges, values) }
}

/**
 * Population stability index of values now against those in training: sum over the bins of
 * (now - then) x ln(now / then). Below 0.1 nothing changed, above 0.25 the model sees another
 * world than it learnt (the credit industry's usual lines). An empty bin counts as half a row,
 * so that a handful of rows cannot make it infinite. 0 when there are no rows on a side.
 */
export function populationStability(then: Distribution, values: ArrayLike<number>): number {
  const now = countIn(then.edges, values)
  const allThen = total(then.counts)
  const allNow = total(now)
  if (allThen === 0 || allNow === 0) return 0
  return then.counts.reduce((sum, before, bin) => {
    const after = now[bin] ?? 0
    if (before === 0 && after === 0) return sum
    const a = Math.max(before, 0.5) / allThen
    const b = Math.max(after, 0.5) / allNow
    return sum + (b - a) * Math.log(b / a)
  }, 0)
}

export const driftLines = { watch: 0.1, alarm: 0.25 } as const

function countIn(edges: readonly number[], values: ArrayLike<number>): number[] {
  const counts = Array.from({ length: edges.length + 2 }, () => 0)
  for (let i = 0; i < values.length; i += 1) {
    const bin = binOf(edges, values[i] as number)
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return counts
}

function binOf(edges: readonly number[], value: number): number {
  if (Number.isNaN(value)) return edges.length + 1
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (value <= (edges[middle] as number)) high = middle
    else low = middle + 1
  }
  return low
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}
