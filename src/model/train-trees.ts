import { invariant, required, type Random } from '#kernel'
import { growTree, type GrownTree } from './grow-tree.ts'
import { pruneTree } from './prune-tree.ts'
import { readModel } from './read-model.ts'
import type { TrainSettings } from './train-settings.ts'
import { sortColumns, type SortedColumn, type TrainingSet } from './training-set.ts'
import { sigmoid, type TreeModel } from './tree-model.ts'
import { treeDocument, modelDocument } from './model-document.ts'
import { writeModel } from './write-model.ts'

/** Rows the trees do not learn from; training stops when they stop getting better at them. */
export interface Validation {
  readonly set: TrainingSet
  /** How good these margins are for these labels; greater is better. */
  readonly measure: (margins: Float64Array, labels: Uint8Array) => number
  /** So many trees without a better measure end the training. */
  readonly patience: number
}

export interface Trained {
  /** Up to and with the best tree. */
  readonly model: TreeModel
  /** The measure on the validation rows after each tree; empty without validation. */
  readonly measures: readonly number[]
}

export interface TrainOptions {
  readonly random: Random
  readonly validation?: Validation
  /** The columns as `sortColumns` gave them, when several models learn from the same rows. */
  readonly sorted?: readonly SortedColumn[]
}

/**
 * Trains on the logistic loss with exact greedy splits, as XGBoost's `exact` tree method: second
 * order gradients in float32, sums in float64. The same rows, settings and seed give the same
 * model, byte for byte. Throws InvariantError on settings or rows that make no sense.
 */
export function trainTrees(
  set: TrainingSet,
  settings: TrainSettings,
  { random, validation, sorted = sortColumns(set) }: TrainOptions,
): Trained {
  checkSettings(set, settings)
  const base = -Math.log(1 / settings.baseScore - 1)
  const margins = new Float64Array(set.labels.length).fill(base)
  const validated = new Float64Array(validation?.set.labels.length ?? 0).fill(base)
  const trees: unknown[] = []
  const measures: number[] = []
  let best = { trees: 0, measure: Number.NEGATIVE_INFINITY }
  while (trees.length < settings.trees) {
    const gradients = gradientsOf(margins, set.labels)
    const drawn = draw(set.labels.length, settings.subsample, random)
    const columns = { columns: set.columns, sorted }
    const grown = pruneTree(growTree(columns, { ...gradients, drawn }, settings), settings.gamma)
    const { tree, leafOf } = grown
    const leaves = leafValues(tree, settings.rate)
    for (let row = 0; row < margins.length; row += 1) {
      margins[row] = (margins[row] as number) + (leaves[leafOf[row] as number] as number)
    }
    const naming = { features: set.columns.length, id: trees.length }
    trees.push(treeDocument(tree, leaves, naming))
    if (validation === undefined) continue
    addTree({ tree, leaves }, validation.set.columns, validated)
    const measure = validation.measure(validated, validation.set.labels)
    measures.push(measure)
    if (measure > best.measure) best = { trees: trees.length, measure }
    if (trees.length - best.trees >= validation.patience) break
  }
  const kept = validation === undefined ? trees : trees.slice(0, best.trees)
  return { model: modelFrom(modelDocument(set.names, settings.baseScore, kept)), measures }
}

function checkSettings({ columns }: TrainingSet, settings: TrainSettings): void {
  const { trees, rate, maxDepth, lambda, alpha, gamma, subsample, baseScore, monotone } = settings
  invariant(Number.isInteger(trees) && trees >= 0 && trees <= 10_000, 'trees: 0 to 10,000')
  invariant(Number.isInteger(maxDepth) && maxDepth >= 0 && maxDepth <= 16, 'maxDepth: 0 to 16')
  invariant(rate > 0 && rate <= 1, 'rate: above 0, at most 1')
  invariant(lambda >= 0 && alpha >= 0 && gamma >= 0, 'penalties are not negative')
  invariant(settings.minChildWeight >= 0, 'minChildWeight is not negative')
  invariant(subsample > 0 && subsample <= 1, 'subsample: above 0, at most 1')
  invariant(baseScore > 0 && baseScore < 1, 'baseScore: between 0 and 1')
  invariant(monotone.length === 0 || monotone.length === columns.length, 'one constraint each')
}

function gradientsOf(margins: Float64Array, labels: Uint8Array) {
  const g = new Float32Array(margins.length)
  const h = new Float32Array(margins.length)
  for (let row = 0; row < margins.length; row += 1) {
    const p = sigmoid(margins[row] as number)
    g[row] = p - (labels[row] as number)
    h[row] = Math.max(p * (1 - p), 1e-16)
  }
  return { g, h }
}

function draw(rows: number, share: number, random: Random): Uint8Array {
  const drawn = new Uint8Array(rows).fill(1)
  if (share < 1) for (let row = 0; row < rows; row += 1) drawn[row] = random.next() < share ? 1 : 0
  return drawn
}

/** What each leaf adds, in float32 as it will be stored; 0 for inner nodes. */
function leafValues({ left, weight }: GrownTree, rate: number): Float32Array {
  return Float32Array.from(left, (child, node) =>
    child === -1 ? (weight[node] as number) * rate : 0,
  )
}

function addTree(
  { tree, leaves }: { tree: GrownTree; leaves: Float32Array },
  columns: readonly Float32Array[],
  margins: Float64Array,
): void {
  for (let row = 0; row < margins.length; row += 1) {
    let node = 0
    while (tree.left[node] !== -1) {
      const value = (columns[tree.feature[node] as number] as Float32Array)[row] as number
      const toLeft = value < (tree.split[node] as number)
      const missing = value !== value && tree.missingLeft[node] === 1
      node = (toLeft || missing ? tree.left[node] : tree.right[node]) as number
    }
    margins[row] = (margins[row] as number) + (leaves[node] as number)
  }
}

/** Read back from its own text: what was trained is exactly what will be loaded. */
function modelFrom(document: unknown): TreeModel {
  const shell = { document, features: 0, featureNames: [], baseScore: 0.5, trees: [] }
  const read = readModel(writeModel(shell))
  invariant(read.ok, 'a trained model reads back')
  return required(read.value, 'model')
}
