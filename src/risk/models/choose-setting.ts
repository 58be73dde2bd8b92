import { createSeededRandom, type Instant } from '#kernel'
import {
  areaUnderRoc,
  averagePrecision,
  defaultSettings,
  sortColumns,
  trainTrees,
  type TrainingSet,
  type TrainSettings,
} from '#model'
import { modelFeatures } from './model-features.ts'
import { setOf, type RecordedRows } from './training-rows.ts'

/** What is tried: settings, and along the way of each the number of trees. */
export interface Search {
  readonly settings: readonly Partial<TrainSettings>[]
  /** Rising. */
  readonly trees: readonly number[]
}

export const usualSearch: Search = {
  settings: [
    { rate: 0.1, maxDepth: 3, minChildWeight: 1 },
    { rate: 0.1, maxDepth: 4, minChildWeight: 5 },
    { rate: 0.2, maxDepth: 3, minChildWeight: 1 },
    { rate: 0.1, maxDepth: 6, minChildWeight: 5 },
  ],
  trees: [25, 50, 100, 200],
}

/** A time to learn up to, and the time after it to be judged by. */
interface Fold {
  readonly learnt: TrainingSet
  readonly judged: TrainingSet
}

export interface Chosen {
  readonly setting: TrainSettings
  /** Mean over the folds. */
  readonly ap: number
  readonly auc: number
  readonly folds: number
  /** Of the rows that were judged, by models that had not seen them: for calibration. */
  readonly margins: Float64Array
  readonly labels: Uint8Array
}

/** Where the folds end learning, as parts of all rows in the order of time. */
const cuts = [0.4, 0.6, 0.8]
const leastThefts = 5

/**
 * Folds by time. What is learnt of a fold are rows older than its cut by `delay`, with labels as
 * they were known at the cut: nothing that became known later. It is judged by the rows between
 * its cut and the next with all that is known now. Folds with too few thefts are left out.
 */
function foldsOf(
  rows: RecordedRows,
  { delay, knownBy }: { delay: number; knownBy: Instant },
): Fold[] {
  const { at } = rows
  const first = at[0] ?? 0
  const moments = cuts.map((cut) => at[Math.floor(at.length * cut)] ?? first)
  const end = (at.at(-1) ?? first) + 1
  return moments.flatMap((moment, i) => {
    const to = moments[i + 1] ?? end
    const learnt = setOf(rows, { from: first, to: moment - delay, knownBy: moment })
    const judged = setOf(rows, { from: moment, to, knownBy })
    return theftsOf(learnt) >= leastThefts && theftsOf(judged) >= leastThefts
      ? [{ learnt, judged }]
      : []
  })
}

export function theftsOf({ labels }: Pick<TrainingSet, 'labels'>): number {
  return labels.reduce((sum, label) => sum + label, 0)
}

/** Senses for the features of these names; 0 for one that is not on the list. */
export function sensesOf(names: readonly string[]): (-1 | 0 | 1)[] {
  const senses: Readonly<Record<string, -1 | 0 | 1>> = modelFeatures
  return names.map((name) => senses[name] ?? 0)
}

/** Chooses by the mean average precision over the folds, and says all it tried. null: no folds. */
export function chooseSetting(
  rows: RecordedRows,
  asked: { delay: number; knownBy: Instant; search: Search; say: (line: string) => void },
): Chosen | null {
  const { search, say } = asked
  const folds = foldsOf(rows, asked).map((fold) => ({ ...fold, sorted: sortColumns(fold.learnt) }))
  if (folds.length === 0) return null
  say(`validation: ${folds.length} folds by time; labels as they were known at each fold's cut`)
  say('rate  depth weight trees AP     AUC')
  let best: Chosen | null = null
  for (const changed of search.settings) {
    const most = search.trees.at(-1) ?? 0
    const setting = { ...defaultSettings, ...changed, trees: most, monotone: sensesOf(rows.names) }
    const tried = search.trees.map(() => ({ ap: 0, auc: 0, margins: [] as Float64Array[] }))
    for (const { learnt, judged, sorted } of folds) {
      let grown = 0
      const measure = (scores: Float64Array, labels: Uint8Array): number => {
        const found = tried[search.trees.indexOf((grown += 1))]
        if (found === undefined) return 0
        found.ap += averagePrecision({ scores, labels }) / folds.length
        found.auc += areaUnderRoc({ scores, labels }) / folds.length
        found.margins.push(scores.slice())
        return 0
      }
      const validation = { set: judged, measure, patience: most + 1 }
      trainTrees(learnt, setting, { random: createSeededRandom(1), sorted, validation })
    }
    for (const [i, { ap, auc, margins }] of tried.entries()) {
      const trees = search.trees[i] ?? most
      const words = [setting.rate, setting.maxDepth, setting.minChildWeight, trees]
      say(`${words.map((n) => String(n).padEnd(5)).join(' ')} ${ap.toFixed(4)} ${auc.toFixed(4)}`)
      if (best !== null && ap <= best.ap) continue
      const labels = folds.map(({ judged }) => judged.labels)
      best = {
        setting: { ...setting, trees },
        ap,
        auc,
        folds: folds.length,
        margins: Float64Array.from(margins.flatMap((part) => [...part])),
        labels: Uint8Array.from(labels.flatMap((part) => [...part])),
      }
    }
  }
  return best
}
