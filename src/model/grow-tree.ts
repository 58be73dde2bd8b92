import { createLevel, findSplits, type Level } from './find-splits.ts'
import { clamp, gainOfWeight, leafGain, leafWeight } from './leaf-gain.ts'
import type { TrainSettings } from './train-settings.ts'
import type { SortedColumn } from './training-set.ts'

/** A tree while it grows; children always come after their parent. */
export interface GrownTree {
  readonly left: number[]
  readonly right: number[]
  readonly parent: number[]
  readonly feature: number[]
  readonly split: number[]
  readonly missingLeft: number[]
  readonly gain: number[]
  readonly cover: number[]
  /** Before the learning rate. */
  readonly weight: number[]
}

export interface Gradients {
  readonly g: Float32Array
  readonly h: Float32Array
  /** 1 for the rows drawn for this tree. */
  readonly drawn: Uint8Array
}

export interface Grown {
  readonly tree: GrownTree
  /** Per row, drawn or not: the leaf it falls into. */
  readonly leafOf: Int32Array
}

/** Gains up to this are noise of float32 (XGBoost's kRtEps). */
const leastGain = 1e-6

interface Growth {
  readonly columns: readonly Float32Array[]
  readonly sorted: readonly SortedColumn[]
  readonly gradients: Gradients
  readonly settings: TrainSettings
  readonly tree: GrownTree
  readonly leafOf: Int32Array
  readonly slotOf: Int32Array
  readonly hasLimits: boolean
}

/** Grows one tree level by level, splitting wherever a split gains anything. */
export function growTree(
  data: { columns: readonly Float32Array[]; sorted: readonly SortedColumn[] },
  gradients: Gradients,
  settings: TrainSettings,
): Grown {
  const rows = gradients.g.length
  const growth: Growth = {
    ...data,
    gradients,
    settings,
    tree: {
      left: [],
      right: [],
      parent: [],
      feature: [],
      split: [],
      missingLeft: [],
      gain: [],
      cover: [],
      weight: [],
    },
    leafOf: new Int32Array(rows),
    slotOf: Int32Array.from(gradients.drawn, (drawn) => (drawn === 1 ? 0 : -1)),
    hasLimits: settings.monotone.some((direction) => direction !== 0),
  }
  let level = createLevel(1)
  let nodes = [addNode(growth, -1)]
  for (let depth = 0; nodes.length > 0; depth += 1) {
    sumUp(growth, level)
    describe(growth, level, nodes)
    if (depth === settings.maxDepth) break
    search(growth, level)
    ;({ level, nodes } = descend(growth, level, nodes))
  }
  return { tree: growth.tree, leafOf: growth.leafOf }
}

function addNode({ tree }: Growth, parent: number): number {
  tree.parent.push(parent)
  tree.left.push(-1)
  tree.right.push(-1)
  for (const list of [tree.feature, tree.split, tree.missingLeft, tree.gain]) list.push(0)
  tree.cover.push(0)
  return tree.weight.push(0) - 1
}

function sumUp({ slotOf, gradients: { g, h } }: Growth, level: Level): void {
  for (let row = 0; row < slotOf.length; row += 1) {
    const slot = slotOf[row] as number
    if (slot < 0) continue
    level.g[slot] = (level.g[slot] as number) + (g[row] as number)
    level.h[slot] = (level.h[slot] as number) + (h[row] as number)
    level.count[slot] = (level.count[slot] as number) + 1
  }
}

function describe({ tree, settings, hasLimits }: Growth, level: Level, nodes: number[]): void {
  for (const [slot, node] of nodes.entries()) {
    const sums = { g: level.g[slot] as number, h: level.h[slot] as number }
    const limits = { lower: level.lower[slot] as number, upper: level.upper[slot] as number }
    const weight = clamp(leafWeight(sums, settings), limits)
    tree.weight[node] = weight
    tree.cover[node] = sums.h
    level.own[slot] = hasLimits
      ? gainOfWeight(sums, weight, settings)
      : leafGain(sums.g, sums.h, settings)
    level.gain[slot] = leastGain
  }
}

function search({ sorted, slotOf, gradients, settings, hasLimits }: Growth, level: Level): void {
  const { lambda, alpha, minChildWeight, monotone } = settings
  const { g, h } = gradients
  for (const [feature, column] of sorted.entries()) {
    const direction = monotone[feature] ?? 0
    const penalty = { lambda, alpha, minChildWeight, monotone: direction }
    findSplits(level, { feature, column }, { slotOf, g, h, hasLimits, ...penalty })
  }
}

/** Makes the children of all nodes that a split was found for, and sends the rows down. */
function descend(growth: Growth, level: Level, nodes: number[]): { level: Level; nodes: number[] } {
  const split = [...nodes.keys()].filter((slot) => (level.feature[slot] as number) >= 0)
  const next = createLevel(split.length * 2)
  const children: number[] = []
  const childSlot = new Int32Array(nodes.length).fill(-1)
  for (const slot of split) {
    childSlot[slot] = children.length
    limitChildren(growth, { level, next }, { slot, child: children.length })
    children.push(...splitNode(growth, nodes[slot] as number, { level, slot }))
  }
  sendDown(growth, { first: nodes[0] as number, childSlot }, children)
  return { level: next, nodes: children }
}

function splitNode(
  growth: Growth,
  node: number,
  { level, slot }: { level: Level; slot: number },
): [number, number] {
  const { tree } = growth
  tree.feature[node] = level.feature[slot] as number
  tree.split[node] = level.split[slot] as number
  tree.missingLeft[node] = level.missingLeft[slot] as number
  tree.gain[node] = level.gain[slot] as number
  const left = addNode(growth, node)
  const right = addNode(growth, node)
  tree.left[node] = left
  tree.right[node] = right
  return [left, right]
}

/** Below a constrained split nothing on one side may cross the middle of the two weights. */
function limitChildren(
  { settings, hasLimits }: Growth,
  { level, next }: { level: Level; next: Level },
  { slot, child }: { slot: number; child: number },
): void {
  if (!hasLimits) return
  const limits = { lower: level.lower[slot] as number, upper: level.upper[slot] as number }
  for (const at of [child, child + 1]) {
    next.lower[at] = limits.lower
    next.upper[at] = limits.upper
  }
  const direction = settings.monotone[level.feature[slot] as number] ?? 0
  if (direction === 0) return
  const g = level.leftG[slot] as number
  const h = level.leftH[slot] as number
  const rest = { g: (level.g[slot] as number) - g, h: (level.h[slot] as number) - h }
  const left = clamp(leafWeight({ g, h }, settings), limits)
  const right = clamp(leafWeight(rest, settings), limits)
  const middle = (left + right) / 2
  if (direction > 0) {
    next.upper[child] = middle
    next.lower[child + 1] = middle
  } else {
    next.lower[child] = middle
    next.upper[child + 1] = middle
  }
}

/** Nodes of a level are numbered one after another: `first` is that of slot 0. */
function sendDown(
  { tree, columns, leafOf, slotOf }: Growth,
  { first, childSlot }: { first: number; childSlot: Int32Array },
  children: readonly number[],
): void {
  for (let row = 0; row < leafOf.length; row += 1) {
    const node = leafOf[row] as number
    const slot = node - first
    if (slot < 0) continue
    const child = childSlot[slot] as number
    if (child < 0) {
      slotOf[row] = -1
      continue
    }
    const value = (columns[tree.feature[node] as number] as Float32Array)[row] as number
    const toLeft = value < (tree.split[node] as number)
    const missing = value !== value && tree.missingLeft[node] === 1
    const side = toLeft || missing ? 0 : 1
    leafOf[row] = children[child + side] as number
    if ((slotOf[row] as number) >= 0) slotOf[row] = child + side
  }
}
