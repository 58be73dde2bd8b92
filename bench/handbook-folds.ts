import { required } from '#kernel'
import { createScorer, type CardPayment, type TrainingSet, type TreeModel } from '#model'
import { featureNames, type FeatureTable } from './handbook-features.ts'

/** Days since 2018-04-01; both included. */
interface Days {
  readonly first: number
  readonly last: number
}

/** A week to learn from and, a week of waiting for labels later, a week to be judged by. */
export interface Fold {
  readonly train: Days
  readonly test: Days
}

/** Train 2018-07-25 to 07-31, test 08-08 to 08-14: the published one. */
export const publishedFold: Fold = {
  train: { first: 115, last: 121 },
  test: { first: 129, last: 135 },
}

/** The same, so many weeks earlier. */
export function earlier({ train, test }: Fold, weeks: number): Fold {
  const move = ({ first, last }: Days) => ({ first: first - weeks * 7, last: last - weeks * 7 })
  return { train: move(train), test: move(test) }
}

/** Rows of a fold; those of the test week in the order of time. */
export interface FoldRows {
  readonly train: Int32Array
  readonly test: Int32Array
}

/**
 * Every payment of the training week; of each test day those by cards not yet known to be in a
 * thief's hands: no theft in the training week, nor later up to eight days before that day.
 */
export function rowsOf(table: FeatureTable, { train, test }: Fold): FoldRows {
  const learnt: number[] = []
  const judged: number[] = []
  /** Per card the first day of a theft since the training week began. */
  const stolen = new Map<number, number>()
  for (let row = 0; row < table.rows; row += 1) {
    const day = table.days[row] as number
    if (day < train.first || day > test.last) continue
    const card = table.customers[row] as number
    if (table.labels[row] === 1 && !stolen.has(card)) stolen.set(card, day)
    if (day <= train.last) learnt.push(row)
  }
  for (let row = 0; row < table.rows; row += 1) {
    const day = table.days[row] as number
    if (day < test.first || day > test.last) continue
    const since = stolen.get(table.customers[row] as number) ?? Number.POSITIVE_INFINITY
    if (since > day - 8) judged.push(row)
  }
  return { train: Int32Array.from(learnt), test: Int32Array.from(judged) }
}

export function trainingSet(table: FeatureTable, rows: Int32Array): TrainingSet {
  const width = featureNames.length
  return {
    names: featureNames,
    columns: featureNames.map((_, feature) =>
      Float32Array.from(rows, (row) => table.features[row * width + feature] as number),
    ),
    labels: labelsOf(table, rows),
  }
}

export function labelsOf(table: FeatureTable, rows: Int32Array): Uint8Array {
  return Uint8Array.from(rows, (row) => table.labels[row] as number)
}

/** The score of every row, by the scorer that decides on live payments. */
export function scoresOf(table: FeatureTable, rows: Int32Array, model: TreeModel): Float64Array {
  const scorer = createScorer(model)
  const width = featureNames.length
  return Float64Array.from(rows, (row) =>
    scorer.margin(table.features.subarray(row * width, (row + 1) * width)),
  )
}

export function cardPayments(
  table: FeatureTable,
  rows: Int32Array,
  scores: Float64Array,
): CardPayment[] {
  return Array.from(rows, (row, i) => ({
    day: table.days[row] as number,
    card: table.customers[row] as number,
    score: required(scores[i], 'score'),
    isTheft: table.labels[row] === 1,
  }))
}
