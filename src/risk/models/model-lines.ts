import type { FactName, Facts } from '../facts.ts'
import type { BoundModel } from './judge-by-model.ts'

/** Values tried per fact: the splits nearest to what it is now, on both sides. */
const mostLines = 6

/**
 * Where a model may change its mind: per fact the whole numbers about its nearest splits, for
 * finding the smallest change that leads to another outcome. Words and flags need none.
 */
export function modelLines(facts: Facts, { ready, steps }: BoundModel): Map<FactName, number[]> {
  const found = new Map<FactName, Set<number>>()
  if (!steps.has(facts.step)) return new Map()
  const { model, features } = ready.document
  for (const { left, feature: tested, split } of model.trees) {
    for (const [node, child] of left.entries()) {
      const feature = child === -1 ? undefined : features[tested[node] ?? -1]
      if (feature === undefined || feature.fact === 'step') continue
      const lines = found.get(feature.fact) ?? new Set<number>()
      if (feature.word === null) lines.add(Math.ceil(split[node] ?? 0))
      found.set(feature.fact, lines)
    }
  }
  return new Map(
    [...found].map(([fact, lines]) => {
      const now = Number(facts[fact])
      const near = [...lines].toSorted((a, b) => Math.abs(a - now) - Math.abs(b - now))
      const below = near.filter((line) => line <= now).slice(0, mostLines)
      const above = near.filter((line) => line > now).slice(0, mostLines)
      // A row goes right at the split itself, left just below it.
      return [fact, [...below.map((line) => line - 1), ...above]]
    }),
  )
}
