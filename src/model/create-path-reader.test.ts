import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSeededRandom } from '#kernel'
import { createPathReader } from './create-path-reader.ts'
import { createScorer } from './create-scorer.ts'
import { explainScore } from './explain-score.ts'
import { trainTrees } from './train-trees.ts'
import { defaultSettings } from './train-settings.ts'

const random = createSeededRandom(3)
const rows = 400
const columns = [0, 1, 2].map(() => Float32Array.from({ length: rows }, () => random.next()))
const labels = Uint8Array.from({ length: rows }, (_, row) =>
  (columns[0]?.[row] ?? 0) > 0.8 && (columns[1]?.[row] ?? 0) > 0.3 ? 1 : 0,
)
const settings = { ...defaultSettings, trees: 20, maxDepth: 3 }
const { model } = trainTrees({ names: ['a', 'b', 'c'], columns, labels }, settings, { random })

test('contributions along the way and the bias add up to the margin', () => {
  const read = createPathReader(model)
  const { margin } = createScorer(model)
  for (const row of [
    [0.9, 0.5, 0.5],
    [0.1, 0.1, 0.9],
    [Number.NaN, 0.4, 0.2],
  ].map((values) => Float32Array.from(values))) {
    const contributions = new Float64Array(3)
    const bias = read(row, contributions)
    const sum = contributions.reduce((all, part) => all + part, bias)
    assert(Math.abs(sum - margin(row)) < 1e-4, `${sum} ${margin(row)}`)
  }
})

test('the feature that matters most is the one that the exact contributions name', () => {
  const row = Float32Array.of(0.95, 0.9, 0.5)
  const contributions = new Float64Array(3)
  const bias = createPathReader(model)(row, contributions)
  const exact = explainScore(model, row)
  assert(Math.abs(bias - exact.bias) < 1e-6)
  const largest = (parts: Float64Array) => parts.indexOf(Math.max(...parts))
  assert.equal(largest(contributions), largest(exact.contributions))
})
