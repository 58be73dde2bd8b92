import type { Sql } from '#database'
import { createSeededRandom, fail, ok, toRfc3339, type Instant, type Result } from '#kernel'
import {
  calibrateScores,
  createScorer,
  distributionOf,
  trainTrees,
  type Calibration,
  type TrainingSet,
} from '#model'
import { chooseSetting, theftsOf, usualSearch, type Chosen, type Search } from './choose-setting.ts'
import { modelFileOf, type ModelFile } from './model-document.ts'
import { modelFeatureNames, parseFeatures } from './model-features.ts'
import { recordedRows, setOf, type RecordedRows } from './training-rows.ts'

export interface TrainingWish {
  readonly name: string
  /** Training happens as if it were this moment: nothing known later exists. */
  readonly until: Instant
  /** Rows younger than this are left out: their thefts are not known yet. Ms. */
  readonly delay: number
  /** Rows in memory at most: all thefts, and a share of the rest. */
  readonly most?: number
  readonly search?: Search
  readonly say: (line: string) => void
}

/** Why there is no model: how many thefts and honest rows there were to learn from. */
export interface NotTrained {
  readonly code: 'model_labels_missing' | 'model_not_learnt'
  readonly detail: string
}

const usualMost = 50_000

/**
 * Trains on recorded facts by the features of today, choosing the setting on folds by time, and
 * calibrates on rows the folds' models had not seen. The same records give the same version.
 * Errors: model_labels_missing (no fold has thefts enough), model_not_learnt (as good as chance).
 */
export async function trainModel(
  sql: Sql,
  wish: TrainingWish,
): Promise<Result<ModelFile, NotTrained>> {
  const { until, delay, say, search = usualSearch, most = usualMost } = wish
  const to = until - delay
  const names = modelFeatureNames
  const rows = await recordedRows(sql, { names, from: 0, to, knownBy: until, most })
  const set = setOf(rows, { from: 0, to, knownBy: until })
  const thefts = theftsOf(set)
  say(`${rows.recorded} payments and withdrawals, ${set.labels.length} kept, ${thefts} thefts`)
  const chosen = chooseSetting(rows, { delay, knownBy: until, search, say })
  if (chosen === null) {
    const detail = `${thefts} known thefts among ${set.labels.length} rows: no fold has enough`
    return fail({ code: 'model_labels_missing', detail })
  }
  if (!(chosen.auc > 0.55)) {
    const detail = `area under the curve ${chosen.auc.toFixed(3)} in validation`
    return fail({ code: 'model_not_learnt', detail })
  }
  const { rate, maxDepth, minChildWeight, trees } = chosen.setting
  say(`chosen: ${trees} trees, rate ${rate}, depth ${maxDepth}, weight ${minChildWeight}`)
  return ok(fileOf(set, { wish, rows, chosen }))
}

function fileOf(
  set: TrainingSet,
  { wish, rows, chosen }: { wish: TrainingWish; rows: RecordedRows; chosen: Chosen },
): ModelFile {
  const { model } = trainTrees(set, chosen.setting, { random: createSeededRandom(1) })
  const features = parseFeatures(set.names)
  if (!features.ok) throw new RangeError('features are facts')
  return modelFileOf({
    name: wish.name,
    model,
    features: features.value,
    calibration: calibrationOf(chosen, rows.honestShare),
    distributions: {
      features: set.columns.map((column) => distributionOf(column)),
      score: distributionOf(marginsOf(set, createScorer(model).margin)),
    },
    training: {
      until: toRfc3339(wish.until),
      delayDays: wish.delay / 86_400_000,
      rows: set.labels.length,
      recorded: rows.recorded,
      thefts: theftsOf(set),
      honestShare: rows.honestShare,
      folds: chosen.folds,
      validation: { ap: rounded(chosen.ap), auc: rounded(chosen.auc) },
      setting: { ...chosen.setting },
    },
  })
}

/** With a share of the honest rows thefts look likelier than they are: the odds are put right. */
function calibrationOf({ margins, labels }: Chosen, honestShare: number): Calibration {
  const { slope, offset } = calibrateScores(margins, labels)
  return { slope, offset: offset + Math.log(honestShare) }
}

function marginsOf(
  { columns, labels }: TrainingSet,
  margin: (row: Float32Array) => number,
): Float64Array {
  const row = new Float32Array(columns.length)
  return Float64Array.from(labels, (_, at) => {
    for (const [i, column] of columns.entries()) row[i] = column[at] as number
    return margin(row)
  })
}

function rounded(value: number): number {
  return Number(value.toFixed(4))
}
