import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSeededRandom, required } from '#kernel'
import { createScorer } from './create-scorer.ts'
import { defaultSettings, type TrainSettings } from './train-settings.ts'
import { trainTrees } from './train-trees.ts'
import type { TrainingSet } from './training-set.ts'
import { writeModel } from './write-model.ts'

function setOf(columns: readonly (readonly number[])[], labels: readonly number[]): TrainingSet {
  return {
    names: columns.map((_, i) => `f${i}`),
    columns: columns.map((column) => Float32Array.from(column)),
    labels: Uint8Array.from(labels),
  }
}

function train(set: TrainingSet, changed: Partial<TrainSettings>, seed = 1) {
  return trainTrees(set, { ...defaultSettings, ...changed }, { random: createSeededRandom(seed) })
}

function treeOf(set: TrainingSet, changed: Partial<TrainSettings>, index = 0) {
  return required(train(set, changed).model.trees[index], 'tree')
}

function close(actual: Iterable<number>, expected: readonly number[]): void {
  const values = [...actual]
  assert.equal(values.length, expected.length)
  for (const [i, value] of values.entries()) {
    const aim = required(expected[i], 'expected')
    assert.ok(Math.abs(value - aim) < 1e-6, `${i}: ${value} is not ${aim}`)
  }
}

// Margins 0, p = 0.5: g = -0.5 for a theft and 0.5 for an honest row, h = 0.25.
const four = setOf([[1, 2, 3, 4]], [0, 0, 1, 1])

test('one split of four rows, by hand: weights -G / (H + lambda) times the rate', () => {
  const tree = treeOf(four, { trees: 1, maxDepth: 1, minChildWeight: 0 })
  // Left: G = 1, H = 0.5: -1 / 1.5; right the mirror image.
  assert.deepEqual([...tree.left], [1, -1, -1])
  close(tree.split, [2.5, (-1 / 1.5) * 0.3, (1 / 1.5) * 0.3])
  close(tree.cover, [1, 0.5, 0.5])
})

test('the second tree learns from what the first one left over, by hand', () => {
  const tree = treeOf(four, { trees: 2, maxDepth: 1, minChildWeight: 0 }, 1)
  // Margin of a theft 0.2: p = 0.549834; g = p - 1 = -0.450166, h = 0.247517, two rows a side.
  const g = 2 * (1 / (1 + Math.exp(-0.2)) - 1)
  const p = 1 / (1 + Math.exp(-0.2))
  const weight = -g / (2 * p * (1 - p) + 1)
  close(tree.split, [2.5, -weight * 0.3, weight * 0.3])
})

test('alpha shrinks the sums, gamma takes weak splits back, min_child_weight forbids them', () => {
  const shrunk = treeOf(four, { trees: 1, maxDepth: 1, minChildWeight: 0, alpha: 0.25 })
  close(shrunk.split, [2.5, (-0.75 / 1.5) * 0.3, (0.75 / 1.5) * 0.3])
  // The split gains 1/1.5 + 1/1.5 - 0 = 1.3333.
  assert.equal(treeOf(four, { minChildWeight: 0, gamma: 1.33 }).left.length > 1, true)
  const pruned = treeOf(four, { trees: 1, minChildWeight: 0, gamma: 1.34 })
  assert.deepEqual([...pruned.left], [-1])
  close(pruned.split, [0])
  assert.equal(treeOf(four, { minChildWeight: 0.51 }).left.length, 1)
})

test('of two features the one that gains more is split, of equals the first', () => {
  const both = setOf(
    [
      [1, 2, 1, 2],
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ],
    [0, 0, 1, 1],
  )
  const tree = treeOf(both, { trees: 1, maxDepth: 1, minChildWeight: 0 })
  assert.equal(tree.feature[0], 1)
})

test('depth two, by hand: an exclusive or that leans to one side', () => {
  // Rows (a, b): (0,0) honest x2, (0,1) theft, (1,0) theft, (1,1) honest.
  const set = setOf(
    [
      [0, 0, 0, 1, 1],
      [0, 0, 1, 0, 1],
    ],
    [0, 0, 1, 1, 0],
  )
  const tree = treeOf(set, { trees: 1, maxDepth: 2, minChildWeight: 0, rate: 1 })
  // Root G = 0.5, H = 1.25; by a (or b): left G 0.5 H 0.75, right G 0 H 0.5; own .25/2.25:
  // 0.25/1.75 - 0.25/2.25 = 0.0317 > 0. Then by b on both sides.
  assert.deepEqual([...tree.left], [1, 3, 5, -1, -1, -1, -1])
  assert.deepEqual(Array.from(tree.feature).slice(0, 3), [0, 1, 1])
  close(tree.split.slice(0, 3), [0.5, 0.5, 0.5])
  close(tree.split.slice(3), [-1 / 1.5, 0.5 / 1.25, 0.5 / 1.25, -0.5 / 1.25])
})

test('missing values go to the side that gains more', () => {
  const nan = Number.NaN
  const highLike = treeOf(setOf([[1, 2, 3, nan]], [0, 0, 1, 1]), {
    trees: 1,
    maxDepth: 1,
    minChildWeight: 0,
    rate: 1,
  })
  assert.equal(highLike.missingLeft[0], 0)
  close(highLike.split, [2.5, -1 / 1.5, 1 / 1.5])
  const lowLike = treeOf(setOf([[1, 2, 3, nan]], [0, 0, 1, 0]), {
    trees: 1,
    maxDepth: 1,
    minChildWeight: 0,
    rate: 1,
  })
  assert.equal(lowLike.missingLeft[0], 1)
  close(lowLike.split, [2.5, -1.5 / 1.75, 0.5 / 1.25])
  const onlyMissing = treeOf(setOf([[5, 5, nan, nan]], [0, 0, 1, 1]), {
    trees: 1,
    maxDepth: 1,
    minChildWeight: 0,
    rate: 1,
  })
  const scorer = createScorer(
    train(setOf([[5, 5, nan, nan]], [0, 0, 1, 1]), { minChildWeight: 0 }).model,
  )
  assert.equal(onlyMissing.left.length, 3)
  assert.ok(scorer.score(Float32Array.of(nan)) > scorer.score(Float32Array.of(5)))
})

function noisySet(rows: number, seed: number): TrainingSet {
  const random = createSeededRandom(seed)
  const columns = [0, 1, 2].map(() => Float32Array.from({ length: rows }, () => random.next()))
  const labels = Uint8Array.from({ length: rows }, (_, row) => {
    const chance = (columns[0]?.[row] ?? 0) * 0.4 + (columns[1]?.[row] ?? 0) ** 4 * 0.5
    return random.next() < chance ? 1 : 0
  })
  return { names: ['a', 'b', 'c'], columns, labels }
}

test('a monotone score never falls as its feature grows, and rises somewhere', () => {
  const set = noisySet(2_000, 3)
  for (const direction of [1, -1] as const) {
    const model = train(set, { trees: 30, monotone: [direction, 0, 0] }).model
    const scorer = createScorer(model)
    const random = createSeededRandom(4)
    let moved = 0
    for (let n = 0; n < 200; n += 1) {
      const row = Float32Array.of(0, random.next(), random.next())
      let before = scorer.margin(row)
      for (let a = 0.05; a <= 1; a += 0.05) {
        row[0] = a
        const now = scorer.margin(row)
        assert.ok((now - before) * direction >= -1e-9, `${now} after ${before} at ${a}`)
        moved += Math.abs(now - before)
        before = now
      }
    }
    if (direction === 1) assert.ok(moved > 0)
  }
})

test('the same seed gives the same bytes, another seed draws other rows', () => {
  const set = noisySet(500, 5)
  const drawn = { trees: 5, subsample: 0.5 }
  const first = writeModel(train(set, drawn, 7).model)
  assert.equal(writeModel(train(set, drawn, 7).model), first)
  assert.notEqual(writeModel(train(set, drawn, 8).model), first)
})

test('training stops when validation gets no better, and keeps the best tree as its last', () => {
  const measured: number[] = []
  const trained = trainTrees(
    noisySet(400, 6),
    { ...defaultSettings, trees: 200 },
    {
      random: createSeededRandom(1),
      validation: {
        set: noisySet(400, 7),
        patience: 10,
        measure(margins, labels) {
          const loss = margins.reduce(
            (sum, margin, i) => sum + Math.log1p(Math.exp(labels[i] === 1 ? -margin : margin)),
            0,
          )
          measured.push(-loss)
          return -loss
        },
      },
    },
  )
  assert.deepEqual(trained.measures, measured)
  const best = measured.indexOf(Math.max(...measured)) + 1
  assert.equal(trained.model.trees.length, best)
  assert.equal(measured.length, best + 10)
})

test('what it scores is what its own tree walk added up while training', () => {
  const set = noisySet(300, 9)
  const margins: number[][] = []
  const { model } = trainTrees(
    set,
    { ...defaultSettings, trees: 20, gamma: 0.5 },
    {
      random: createSeededRandom(1),
      validation: {
        set,
        patience: 100,
        measure: (found) => margins.push([...found]),
      },
    },
  )
  const scorer = createScorer(model)
  const row = new Float32Array(3)
  for (let i = 0; i < set.labels.length; i += 1) {
    for (const [f, column] of set.columns.entries()) row[f] = column[i] ?? 0
    const walked = required(margins.at(-1)?.[i], 'margin')
    assert.ok(Math.abs(scorer.margin(row) - walked) < 1e-9)
  }
})

test('settings and rows that make no sense are refused', () => {
  assert.throws(() => train(four, { rate: 0 }), /rate/)
  assert.throws(() => train(four, { maxDepth: 17 }), /maxDepth/)
  assert.throws(() => train(four, { monotone: [1, 1] }), /constraint/)
  assert.throws(() => train({ ...four, names: [] }, {}), /name/)
  assert.throws(() => train({ ...four, labels: Uint8Array.of(1) }, {}), /per row/)
})
