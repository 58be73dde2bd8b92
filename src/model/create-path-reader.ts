import { baseMargin, type Tree, type TreeModel } from './tree-model.ts'

/** Adds to `contributions`, one per feature, what each split on a row's way did to its margin. */
export type PathReader = (row: Float32Array, contributions: Float64Array) => number

/**
 * Contributions along the row's own way (Saabas): at each split the expected margin moves, and the
 * split's feature gets the difference. They add up to the margin as the Shapley values of
 * `explainScore` do, in microseconds instead of milliseconds, but a feature high up in the trees
 * gets less than its fair share: good for naming the few features that mattered, live. Answers the
 * bias.
 */
export function createPathReader(model: TreeModel): PathReader {
  const means = model.trees.map(meansOf)
  const bias = means.reduce((sum, mean) => sum + (mean[0] as number), baseMargin(model))
  return (row, contributions) => {
    for (const [index, tree] of model.trees.entries()) {
      const mean = means[index] as Float64Array
      let node = 0
      while (tree.left[node] !== -1) {
        const feature = tree.feature[node] as number
        const seen = row[feature] as number
        const isMissing = Number.isNaN(seen)
        const goesLeft = isMissing
          ? tree.missingLeft[node] === 1
          : seen < (tree.split[node] as number)
        const next = (goesLeft ? tree.left[node] : tree.right[node]) as number
        const moved = (mean[next] as number) - (mean[node] as number)
        contributions[feature] = (contributions[feature] as number) + moved
        node = next
      }
    }
    return bias
  }
}

/** Per node what to expect of a training row that comes there; halves where none ever came. */
function meansOf(tree: Tree): Float64Array {
  const means = new Float64Array(tree.left.length)
  const meanOf = (node: number): number => {
    const left = tree.left[node] as number
    const mean = left === -1 ? (tree.split[node] as number) : meanOfBoth(left, node)
    means[node] = mean
    return mean
  }
  const meanOfBoth = (left: number, node: number): number => {
    const right = tree.right[node] as number
    const [a, b] = [tree.cover[left] as number, tree.cover[right] as number]
    const share = a + b > 0 ? a / (a + b) : 0.5
    return share * meanOf(left) + (1 - share) * meanOf(right)
  }
  meanOf(0)
  return means
}
