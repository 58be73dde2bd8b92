import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createSeededRandom, required } from '#kernel'
import { createScorer } from './create-scorer.ts'
import { explainScore } from './explain-score.ts'
import { readModel } from './read-model.ts'
import { defaultSettings } from './train-settings.ts'
import { trainTrees } from './train-trees.ts'
import type { Tree, TreeModel } from './tree-model.ts'
import { xgboost17 } from './xgboost-documents.fixture.ts'

function trained(seed: number): TreeModel {
  const random = createSeededRandom(seed)
  const columns = [0, 1, 2, 3].map(() =>
    Float32Array.from({ length: 200 }, () => {
      const value = Math.floor(random.next() * 12)
      return value === 11 ? Number.NaN : value
    }),
  )
  const labels = Uint8Array.from({ length: 200 }, (_, i) =>
    (columns[0]?.[i] ?? 0) * (columns[1]?.[i] ?? 0) > random.next() * 80 ? 1 : 0,
  )
  const settings = { ...defaultSettings, trees: 6, maxDepth: 5 }
  return trainTrees({ names: ['a', 'b', 'c', 'd'], columns, labels }, settings, { random }).model
}

/** The margin to expect when only the features in `known` are known: the definition itself. */
function expected(tree: Tree, row: Float32Array, known: number): number {
  const at = (node: number): number => {
    const left = tree.left[node] ?? -1
    const right = tree.right[node] ?? -1
    if (left === -1) return tree.split[node] ?? 0
    const feature = tree.feature[node] ?? 0
    const seen = row[feature] ?? 0
    if ((known >> feature) & 1) {
      const missing = Number.isNaN(seen) ? tree.missingLeft[node] === 1 : false
      return at(missing || seen < (tree.split[node] ?? 0) ? left : right)
    }
    const l = tree.cover[left] ?? 0
    const r = tree.cover[right] ?? 0
    return (l * at(left) + r * at(right)) / (l + r)
  }
  return at(0)
}

/** Shapley values by all subsets. */
function byAllSubsets(model: TreeModel, row: Float32Array): number[] {
  const n = model.features
  const factorial = (k: number): number => (k <= 1 ? 1 : k * factorial(k - 1))
  const value = (known: number) =>
    model.trees.reduce((sum, tree) => sum + expected(tree, row, known), 0)
  return Array.from({ length: n }, (_, feature) => {
    let sum = 0
    for (let known = 0; known < 1 << n; known += 1) {
      if ((known >> feature) & 1) continue
      const size = [...known.toString(2)].filter((bit) => bit === '1').length
      const weight = (factorial(size) * factorial(n - size - 1)) / factorial(n)
      sum += weight * (value(known | (1 << feature)) - value(known))
    }
    return sum
  })
}

const rows = fc.array(fc.oneof(fc.integer({ min: -1, max: 12 }), fc.constant(Number.NaN)), {
  minLength: 4,
  maxLength: 4,
})

test('contributions and bias add up to the margin, for every model and row', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), rows, (seed, values) => {
      const model = trained(seed)
      const row = Float32Array.from(values)
      const { bias, contributions } = explainScore(model, row)
      const sum = contributions.reduce((total, part) => total + part, bias)
      assert.ok(Math.abs(sum - createScorer(model).margin(row)) < 1e-9)
    }),
    { numRuns: 60 },
  )
})

test('contributions are the Shapley values, by all subsets', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), rows, (seed, values) => {
      const model = trained(seed)
      const row = Float32Array.from(values)
      const { contributions } = explainScore(model, row)
      for (const [i, part] of byAllSubsets(model, row).entries()) {
        assert.ok(Math.abs(part - required(contributions[i], 'part')) < 1e-9)
      }
    }),
    { numRuns: 40 },
  )
})

test('the bias is what a row nothing is known of is expected to have, by hand', () => {
  const read = readModel(xgboost17)
  assert.ok(read.ok)
  const { bias, contributions } = explainScore(read.value, Float32Array.of(7, 20))
  const first = 0.6 * (0.25 * 0.4 + 0.75 * -0.2) + 0.4 * 0.6
  const second = 0.25 * -0.5 + 0.75 * 0.25
  assert.ok(Math.abs(bias - (Math.log(0.25) + first + second)) < 1e-6)
  assert.ok((contributions[0] ?? 0) > 0)
})
