import { createSeededRandom, required } from '#kernel'
import {
  averagePrecision,
  cardPrecisionAt,
  defaultSettings,
  sortColumns,
  trainTrees,
  type TrainSettings,
} from '#model'
import type { FeatureTable } from './handbook-features.ts'
import { cardPayments, earlier, publishedFold, rowsOf, trainingSet } from './handbook-folds.ts'

const say = (line: string) => process.stderr.write(`${line}\n`)

/** Every setting tried: the number of trees is chosen along the way, at these counts. */
const counts = [25, 50, 75, 100, 125, 150]
const tried: readonly Partial<TrainSettings>[] = [
  { rate: 0.1, maxDepth: 3, minChildWeight: 1 },
  { rate: 0.1, maxDepth: 3, minChildWeight: 10 },
  { rate: 0.1, maxDepth: 4, minChildWeight: 1 },
  { rate: 0.1, maxDepth: 4, minChildWeight: 10 },
  { rate: 0.1, maxDepth: 5, minChildWeight: 1 },
  { rate: 0.1, maxDepth: 6, minChildWeight: 1 },
  { rate: 0.2, maxDepth: 3, minChildWeight: 1 },
  { rate: 0.3, maxDepth: 6, minChildWeight: 1 },
]

/**
 * Weeks that the published fold is moved back for validation. The latest of them is judged by the
 * published training week itself: nothing later than what may be learnt from is looked at, and the
 * test week is not touched.
 */
export const foldsBack = [2, 3, 4] as const

/** Chooses by the mean average precision over the folds; says all it tried. */
export function chooseSetting(table: FeatureTable): TrainSettings {
  const folds = foldsBack.map((weeks) => {
    const rows = rowsOf(table, earlier(publishedFold, weeks))
    const train = trainingSet(table, rows.train)
    const test = trainingSet(table, rows.test)
    return { rows, train, sorted: sortColumns(train), test }
  })
  let best = { setting: defaultSettings, ap: Number.NEGATIVE_INFINITY }
  say(`validation: mean of ${folds.length} folds, ${foldsBack.join(', ')} weeks before the test`)
  say('rate depth minChildWeight trees  AP     CP@100')
  for (const changed of tried) {
    const sums = counts.map(() => ({ ap: 0, cp: 0 }))
    const setting = { ...defaultSettings, ...changed, trees: counts.at(-1) ?? 0 }
    for (const { rows, train, sorted, test } of folds) {
      let grown = 0
      const measure = (margins: Float64Array, labels: Uint8Array): number => {
        grown += 1
        const at = counts.indexOf(grown)
        if (at === -1) return 0
        const sum = required(sums[at], 'count')
        sum.ap += averagePrecision({ scores: margins, labels }) / folds.length
        const payments = cardPayments(table, rows.test, margins)
        sum.cp += cardPrecisionAt(100, payments) / folds.length
        return 0
      }
      const validation = { set: test, measure, patience: setting.trees + 1 }
      trainTrees(train, setting, { random: createSeededRandom(1), sorted, validation })
    }
    for (const [i, { ap, cp }] of sums.entries()) {
      const trees = required(counts[i], 'count')
      const { rate, maxDepth, minChildWeight } = setting
      const words = [rate, maxDepth, minChildWeight, trees].map((n) => String(n).padEnd(5))
      say(`${words.join(' ')} ${ap.toFixed(4)} ${cp.toFixed(4)}`)
      if (ap > best.ap) best = { setting: { ...setting, trees }, ap }
    }
  }
  const { trees, rate, maxDepth, minChildWeight } = best.setting
  say(
    `chosen: ${trees} trees, rate ${rate}, depth ${maxDepth}, ` +
      `min_child_weight ${minChildWeight} (AP ${best.ap.toFixed(4)} in validation)`,
  )
  return best.setting
}
