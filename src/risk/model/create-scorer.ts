import { baseMargin, sigmoid, type Tree, type TreeModel } from './tree-model.ts'

/** Scores rows: one float32 per feature, NaN where a value is missing. Nothing is allocated. */
export interface Scorer {
  /** Log-odds. */
  margin(row: Float32Array): number
  /** Between 0 and 1. */
  score(row: Float32Array): number
}

/** All trees in one set of arrays, children side by side: right = left + 1. */
interface Forest {
  readonly roots: Int32Array
  readonly feature: Int32Array
  /** A split, or the value of a leaf. */
  readonly value: Float32Array
  /** 0 on a leaf: no node has the first root as its child. */
  readonly left: Int32Array
  readonly missingLeft: Uint8Array
}

/** A scorer for one model; trees are laid out breadth first, so that a walk stays in few lines. */
export function createScorer(model: TreeModel): Scorer {
  const forest = layOut(model.trees)
  const base = baseMargin(model)
  const { roots, feature, value, left, missingLeft } = forest
  const trees = roots.length
  function margin(row: Float32Array): number {
    let sum = base
    for (let tree = 0; tree < trees; tree += 1) {
      let node = roots[tree] as number
      let child = left[node] as number
      while (child !== 0) {
        const seen = row[feature[node] as number] as number
        if (seen < (value[node] as number)) node = child
        else if (seen >= (value[node] as number) || missingLeft[node] === 0) node = child + 1
        else node = child
        child = left[node] as number
      }
      sum += value[node] as number
    }
    return sum
  }
  return { margin, score: (row) => sigmoid(margin(row)) }
}

function layOut(trees: readonly Tree[]): Forest {
  const nodes = trees.reduce((sum, tree) => sum + tree.left.length, 0)
  const forest: Forest = {
    roots: new Int32Array(trees.length),
    feature: new Int32Array(nodes),
    value: new Float32Array(nodes),
    left: new Int32Array(nodes),
    missingLeft: new Uint8Array(nodes),
  }
  let end = 0
  for (const [index, tree] of trees.entries()) {
    forest.roots[index] = end
    end = place(forest, tree, end)
  }
  return forest
}

/** Puts a tree at `from`, level by level; answers where it ends. */
function place(forest: Forest, tree: Tree, from: number): number {
  const queue = [0]
  for (let i = 0; i < queue.length; i += 1) {
    const node = queue[i] as number
    const at = from + i
    const left = tree.left[node] as number
    forest.value[at] = tree.split[node] as number
    if (left === -1) continue
    forest.feature[at] = tree.feature[node] as number
    forest.missingLeft[at] = tree.missingLeft[node] as number
    forest.left[at] = from + queue.length
    queue.push(left, tree.right[node] as number)
  }
  return from + queue.length
}
