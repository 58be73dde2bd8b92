import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createSeededRandom } from '#kernel'
import { createScorer } from './create-scorer.ts'
import { floatText } from './float-text.ts'
import { readModel } from './read-model.ts'
import { defaultSettings } from './train-settings.ts'
import { trainTrees } from './train-trees.ts'
import type { TreeModel } from './tree-model.ts'
import { writeModel } from './write-model.ts'
import { xgboost17, xgboost3 } from './xgboost-documents.fixture.ts'

function modelOf(text: string): TreeModel {
  const read = readModel(text)
  assert.ok(read.ok, JSON.stringify(read))
  return read.value
}

function faultOf(text: string) {
  const read = readModel(text)
  assert.ok(!read.ok, 'was read')
  return read.error
}

test('documents of XGBoost 1.7 and 3 score as worked out by hand', () => {
  const nan = Number.NaN
  const base = Math.log(0.2 / 0.8)
  const cases = [
    { row: [1, -1], margin: 0.4 - 0.5 },
    { row: [1, -0.25], margin: -0.2 - 0.5 },
    { row: [1.5, 9.99], margin: 0.6 - 0.5 },
    { row: [1.4999999, 10], margin: -0.2 + 0.25 },
    { row: [nan, -1], margin: 0.4 - 0.5 },
    { row: [nan, nan], margin: -0.2 + 0.25 },
    { row: [7, nan], margin: 0.6 + 0.25 },
  ]
  for (const text of [xgboost17, xgboost3]) {
    const scorer = createScorer(modelOf(text))
    for (const { row, margin } of cases) {
      const found = scorer.margin(Float32Array.from(row))
      assert.ok(Math.abs(found - (base + margin)) < 1e-6, `${row.join()}: ${found}`)
      const score = scorer.score(Float32Array.from(row))
      assert.ok(Math.abs(score - 1 / (1 + Math.exp(-base - margin))) < 1e-6)
    }
  }
})

test('a document comes back byte for byte, whichever version wrote it', () => {
  for (const text of [xgboost17, xgboost3]) assert.equal(writeModel(modelOf(text)), text)
})

test('a trained model comes back byte for byte and scores the same', () => {
  const random = createSeededRandom(2)
  const columns = [0, 1].map(() => Float32Array.from({ length: 300 }, () => random.next() * 9))
  const labels = Uint8Array.from({ length: 300 }, (_, i) =>
    (columns[0]?.[i] ?? 0) > (columns[1]?.[i] ?? 0) ? 1 : 0,
  )
  const settings = { ...defaultSettings, trees: 20 }
  const { model } = trainTrees({ names: ['a', 'b'], columns, labels }, settings, { random })
  const text = writeModel(model)
  const again = modelOf(text)
  assert.equal(writeModel(again), text)
  assert.deepEqual(again.featureNames, ['a', 'b'])
  const row = Float32Array.of(3, 4)
  assert.equal(createScorer(again).margin(row), createScorer(model).margin(row))
})

test('floats are written with the shortest digits that read back, as XGBoost writes them', () => {
  const known: [number, string][] = [
    [0, '0E0'],
    [-0, '-0E0'],
    [0.5, '5E-1'],
    [1, '1E0'],
    [10, '1E1'],
    [0.1, '1E-1'],
    [4000.5312, '4.0005312E3'],
    [-0.071505, '-7.1505E-2'],
    [16_777_216, '1.6777216E7'],
  ]
  for (const [value, text] of known) assert.equal(floatText(value), text)
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      assert.ok(Object.is(Math.fround(Number(floatText(value))), value))
    }),
  )
})

test('a model of another kind is refused with where it differs', () => {
  const cases: [string, string, string][] = [
    ['"binary:logistic"', '"multi:softprob"', 'learner.objective.name'],
    ['"name":"gbtree"', '"name":"dart"', 'learner.gradient_booster.name'],
    ['"num_class":"0"', '"num_class":"3"', 'learner.learner_model_param.num_class'],
    ['"tree_info":[0,0]', '"tree_info":[0,1]', 'learner.gradient_booster.model.tree_info'],
    [
      '"split_type":[0,0,0]',
      '"split_type":[1,0,0]',
      'learner.gradient_booster.model.trees[1].split_type',
    ],
  ]
  for (const [from, to, at] of cases) {
    assert.ok(xgboost17.includes(from))
    const fault = faultOf(xgboost17.replace(from, to))
    assert.deepEqual([fault.code, fault.at], ['model_unsupported', at])
  }
})

test('a malformed document is refused with the field that is wrong', () => {
  const model = 'learner.gradient_booster.model'
  const cases: [string, string, string][] = [
    ['"base_score":"2E-1"', '"base_score":"2"', 'learner.learner_model_param.base_score'],
    ['"base_score":"2E-1"', '"base_score":0.2', 'learner.learner_model_param.base_score'],
    ['"num_feature":"2"', '"num_feature":"-2"', 'learner.learner_model_param.num_feature'],
    ['["amount","hour"]', '["amount"]', 'learner.feature_names'],
    ['"left_children":[1,3,', '"left_children":[0,3,', `${model}.trees[0].left_children`],
    ['"left_children":[1,3,', '"left_children":[1,1,', `${model}.trees[0].left_children`],
    ['"left_children":[1,3,', '"left_children":[1,9,', `${model}.trees[0].left_children`],
    ['"left_children":[1,3,', '"left_children":[1.5,3,', `${model}.trees[0].left_children`],
    ['"right_children":[2,4,', '"right_children":[-1,4,', `${model}.trees[0].left_children`],
    ['"split_indices":[0,1,', '"split_indices":[0,2,', `${model}.trees[0].split_indices`],
    ['1E1,-5E-1,2.5E-1', '1E1,-5E-1', `${model}.trees[1].split_conditions`],
    ['1E1,-5E-1,2.5E-1', '1E99,-5E-1,0', `${model}.trees[1].split_conditions`],
    ['"default_left":[0,0,0]', '"default_left":[0,0,2]', `${model}.trees[1].default_left`],
  ]
  const last = xgboost17.lastIndexOf('"num_feature":"2"')
  for (const [from, to, at] of cases) {
    assert.ok(xgboost17.includes(from), from)
    const start = from.startsWith('"num_feature"') ? last : xgboost17.indexOf(from)
    const text = xgboost17.slice(0, start) + to + xgboost17.slice(start + from.length)
    const fault = faultOf(text)
    assert.deepEqual([fault.code, fault.at], ['model_malformed', at], to)
  }
  for (const text of ['', '{', 'null', '[]', '7', '{"learner":[]}', '['.repeat(100_000)]) {
    assert.equal(faultOf(text).code, 'model_malformed')
  }
  const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`
  assert.equal(faultOf(deep).code, 'model_malformed')
})

test('whatever is done to a document, reading never throws and what is read can be scored', () => {
  const junk = fc.constantFrom('null', '[]', '{}', '-1', '1e999', '"x"', 'true', '', '7', ',', ']')
  const cut = fc.record({ at: fc.nat(xgboost17.length), length: fc.nat(40), put: junk })
  fc.assert(
    fc.property(fc.array(cut, { minLength: 1, maxLength: 3 }), (cuts) => {
      let text = xgboost17
      for (const { at, length, put } of cuts) {
        text = text.slice(0, at) + put + text.slice(at + length)
      }
      const read = readModel(text)
      if (!read.ok) return
      const margin = createScorer(read.value).margin(new Float32Array(read.value.features))
      assert.ok(Number.isFinite(margin))
      assert.ok(readModel(writeModel(read.value)).ok)
    }),
    { numRuns: 2_000 },
  )
  fc.assert(
    fc.property(fc.json(), (text) => {
      assert.equal(readModel(text).ok, false)
    }),
  )
})

test('every value of a document may be replaced by anything, and nothing throws', () => {
  const holder = JSON.parse(xgboost17) as Record<string, unknown>
  const paths: string[][] = []
  const collect = (value: unknown, path: string[]): void => {
    paths.push(path)
    if (value === null || typeof value !== 'object') return
    for (const [key, item] of Object.entries(value)) collect(item, [...path, key])
  }
  collect(holder, [])
  for (const path of paths.slice(1)) {
    for (const put of [null, [], {}, -1, 1e300, 'x', true, [[]], 3]) {
      const copy = structuredClone(holder)
      const parent = path
        .slice(0, -1)
        .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], copy) as Record<
        string,
        unknown
      >
      parent[path.at(-1) ?? ''] = put
      const read = readModel(JSON.stringify(copy))
      if (read.ok) createScorer(read.value).margin(new Float32Array(read.value.features))
      else assert.match(read.error.code, /^model_(malformed|unsupported)$/)
    }
  }
})
