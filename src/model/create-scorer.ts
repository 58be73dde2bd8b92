import { baseMargin, sigmoid, type Tree, type TreeModel } from './tree-model.ts'

/** Scores rows: one float32 per feature, NaN where a value is missing. Nothing is allocated. */
export interface Scorer {
  /** Log-odds. */
  margin(row: Float32Array): number
  /** Between 0 and 1. */
  score(row: Float32Array): number
}

/**
 * All trees in one buffer, four words a node, so that a step of the walk costs one cache line:
 * feature, place of the left child (0 on a leaf; the right one follows it), split or leaf value as
 * float32, and 1 when missing values go left.
 */
interface Forest {
  readonly roots: Int32Array
  readonly words: Int32Array
  /** The same buffer, read as float32. */
  readonly floats: Float32Array
}

const nodeWords = 4

/** A scorer for one model; trees are laid out breadth first. */
export function createScorer(model: TreeModel): Scorer {
  const { roots, words, floats } = layOut(model.trees)
  const base = baseMargin(model)
  const trees = roots.length
  /**
   * For rows without missing values. The side is computed, not branched on: it cannot be predicted,
   * and that halves the time (8 us instead of 14 for 200 trees of depth 6 on a busy machine).
   */
  function marginOfWhole(row: Float32Array): number {
    let sum = base
    for (let tree = 0; tree < trees; tree += 1) {
      let at = roots[tree] as number
      let child = words[at + 1] as number
      while (child !== 0) {
        const seen = row[words[at] as number] as number
        at = child + Number(seen >= (floats[at + 2] as number)) * nodeWords
        child = words[at + 1] as number
      }
      sum += floats[at + 2] as number
    }
    return sum
  }
  function margin(row: Float32Array): number {
    for (let i = 0; i < row.length; i += 1) {
      if (Number.isNaN(row[i])) return marginWithMissing(row)
    }
    return marginOfWhole(row)
  }
  function marginWithMissing(row: Float32Array): number {
    let sum = base
    for (let tree = 0; tree < trees; tree += 1) {
      let at = roots[tree] as number
      let child = words[at + 1] as number
      while (child !== 0) {
        const seen = row[words[at] as number] as number
        const split = floats[at + 2] as number
        if (seen < split) at = child
        else if (seen >= split || words[at + 3] === 0) at = child + nodeWords
        else at = child
        child = words[at + 1] as number
      }
      sum += floats[at + 2] as number
    }
    return sum
  }
  return { margin, score: (row) => sigmoid(margin(row)) }
}

function layOut(trees: readonly Tree[]): Forest {
  const nodes = trees.reduce((sum, tree) => sum + tree.left.length, 0)
  const words = new Int32Array(nodes * nodeWords)
  const forest: Forest = {
    roots: new Int32Array(trees.length),
    words,
    floats: new Float32Array(words.buffer),
  }
  let end = 0
  for (const [index, tree] of trees.entries()) {
    forest.roots[index] = end
    end = place(forest, tree, end)
  }
  return forest
}

/** Puts a tree at `from`, level by level; answers where it ends. */
function place({ words, floats }: Forest, tree: Tree, from: number): number {
  const queue = [0]
  for (let i = 0; i < queue.length; i += 1) {
    const node = queue[i] as number
    const at = from + i * nodeWords
    const left = tree.left[node] as number
    floats[at + 2] = tree.split[node] as number
    if (left === -1) continue
    words[at] = tree.feature[node] as number
    words[at + 1] = from + queue.length * nodeWords
    words[at + 3] = tree.missingLeft[node] as number
    queue.push(left, tree.right[node] as number)
  }
  return from + queue.length * nodeWords
}
