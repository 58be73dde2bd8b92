import type { Grown, GrownTree } from './grow-tree.ts'

/**
 * Takes back splits that gain less than `gamma` and have only leaves below them, from the leaves
 * up, as XGBoost does: a weak split that a strong one hangs on stays.
 */
export function pruneTree(grown: Grown, gamma: number): Grown {
  const { tree, leafOf } = grown
  const nodes = tree.left.length
  const isLeaf = (node: number) => tree.left[node] === -1
  let taken = 0
  // Children come after their parent: the last node first means from the leaves up.
  for (let node = nodes - 1; node >= 0; node -= 1) {
    if (isLeaf(node) || (tree.gain[node] as number) >= gamma) continue
    if (!isLeaf(tree.left[node] as number) || !isLeaf(tree.right[node] as number)) continue
    tree.left[node] = -1
    tree.right[node] = -1
    taken += 1
  }
  return taken === 0 ? grown : compact(tree, leafOf)
}

/** Renumbers what can still be reached; rows go to the leaf that took their old one's place. */
function compact(tree: GrownTree, leafOf: Int32Array): Grown {
  const nodes = tree.left.length
  const kept: number[] = [0]
  const numberOf = new Int32Array(nodes)
  for (let node = 1; node < nodes; node += 1) {
    const parent = tree.parent[node] as number
    const parentStays = kept[numberOf[parent] as number] === parent
    const stays = parentStays && tree.left[parent] !== -1
    numberOf[node] = stays ? kept.push(node) - 1 : (numberOf[parent] as number)
  }
  const pick = (list: readonly number[]) => kept.map((node) => list[node] as number)
  const renumber = (list: readonly number[]) =>
    kept.map((node) => {
      const child = list[node] as number
      return child === -1 ? -1 : (numberOf[child] as number)
    })
  return {
    tree: {
      left: renumber(tree.left),
      right: renumber(tree.right),
      parent: renumber(tree.parent),
      feature: kept.map((node) => (tree.left[node] === -1 ? 0 : (tree.feature[node] as number))),
      split: pick(tree.split),
      missingLeft: pick(tree.missingLeft),
      gain: kept.map((node) => (tree.left[node] === -1 ? 0 : (tree.gain[node] as number))),
      cover: pick(tree.cover),
      weight: pick(tree.weight),
    },
    leafOf: leafOf.map((node) => numberOf[node] as number),
  }
}
