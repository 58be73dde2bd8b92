import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSeededRandom } from '#kernel'
import { defaultSettings, trainTrees, writeModel } from '#model'
import { compilePolicy } from '../compile-policy.ts'
import { factNames } from '../facts.ts'
import { factsWith } from '../facts.fixture.ts'
import { readPolicyDocument } from '../read-policy-document.ts'
import { modelFileOf, readModelFile } from './model-document.ts'
import {
  createFeatureReader,
  modelFeatureNames,
  modelFeatures,
  parseFeatures,
} from './model-features.ts'
import { policyAsking } from './recorded.fixture.ts'

const random = createSeededRandom(5)
const names = ['deviceAge', 'proof=sms', 'newPayee']
const rows = 80
const columns = names.map(() => Float32Array.from({ length: rows }, () => random.between(0, 9)))
const labels = Uint8Array.from({ length: rows }, (_, i) => ((columns[0]?.[i] ?? 0) < 2 ? 1 : 0))
const settings = { ...defaultSettings, trees: 2, maxDepth: 2 }
const { model } = trainTrees({ names, columns, labels }, settings, { random })
const xgboost = writeModel(model)
const bin = { edges: [1], counts: [1, 2, 3] }

function ours(changes: object = {}): string {
  return JSON.stringify({
    format: 1,
    name: 'takeover',
    calibration: { slope: 1, offset: -2 },
    distributions: { features: [bin, bin, bin], score: bin },
    training: { rows },
    model: JSON.parse(xgboost) as object,
    ...changes,
  })
}

function refused(text: string, name = 'bank') {
  const read = readModelFile(text, name)
  assert(!read.ok)
  return `${read.error.code} ${read.error.at}`
}

test('a file written comes back with the same version, whatever the order of its keys', () => {
  const read = readModelFile(ours(), '')
  assert(read.ok)
  const again = readModelFile(read.value.text, '')
  assert(again.ok)
  assert.equal(again.value.version, read.value.version)
  assert.equal(again.value.text, read.value.text)
  assert.equal(modelFileOf(again.value.document).text, read.value.text)
})

test('a zero keeps its sign, and with it the version', () => {
  const signed = xgboost.replace(/"loss_changes":\[[^,]*,/, '"loss_changes":[-0E0,')
  const read = readModelFile(signed, 'bank')
  assert(read.ok && signed.includes('-0E0') && read.value.text.includes('-0E0'))
  const again = readModelFile(read.value.text, '')
  assert(again.ok && again.value.version === read.value.version)
})

test('a bank’s own XGBoost file is taken as it is, with the logistic function', () => {
  const read = readModelFile(xgboost, 'bank')
  assert(read.ok)
  const { name, calibration, distributions, features } = read.value.document
  assert.deepEqual([name, calibration, distributions], ['bank', { slope: 1, offset: 0 }, null])
  assert.deepEqual(features[1], { fact: 'proof', word: 'sms' })
})

test('malformed files are refused with a stable code and the place', () => {
  const learner = (JSON.parse(xgboost) as { learner: object }).learner
  const withNames = (feature_names: string[]) =>
    JSON.stringify({ learner: { ...learner, feature_names }, version: [1, 7, 4] })
  assert.equal(refused('{'), 'model_malformed ')
  assert.equal(refused('[]'), 'model_malformed ')
  assert.equal(refused('{}'), 'model_malformed format')
  assert.equal(refused(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`), 'model_malformed ')
  assert.equal(refused(xgboost, 'No Name'), 'model_malformed name')
  assert.equal(refused(ours({ name: 'A B' })), 'model_malformed name')
  assert.equal(refused(ours({ extra: 1 })), 'model_malformed ')
  const flat = { slope: 0, offset: 0 }
  assert.equal(refused(ours({ calibration: flat })), 'model_malformed calibration.slope')
  const few = { features: [bin], score: bin }
  assert.equal(refused(ours({ distributions: few })), 'model_malformed distributions.features')
  const torn = { features: [bin, bin, bin], score: { edges: [1], counts: [1] } }
  assert.equal(refused(ours({ distributions: torn })), 'model_malformed distributions.score')
  assert.equal(refused(ours({ model: 7 })), 'model_malformed model.')
  assert.equal(refused(ours({ model: { learner: 1 } })), 'model_malformed model.learner')
  const unknown = withNames(['deviceAge', 'proof=fax', 'newPayee'])
  assert.equal(refused(unknown), 'model_malformed learner.feature_names[1]')
  const enumAlone = withNames(['deviceAge', 'proof', 'newPayee'])
  assert.equal(refused(enumAlone), 'model_malformed learner.feature_names[1]')
  assert.equal(refused(withNames([])), 'model_malformed learner.feature_names')
  const cut = xgboost.replace('"left_children":[', '"left_children":[99,')
  assert.match(refused(cut), /^model_malformed learner\.gradient_booster\.model\.trees\[0\]/)
  const dart = xgboost.replace('"name":"gbtree"', '"name":"dart"')
  assert.match(refused(dart), /^model_unsupported learner/)
})

test('features are facts, one code path fills their row, and a newer device never helps', () => {
  const parsed = parseFeatures(modelFeatureNames)
  assert(parsed.ok)
  assert(parsed.value.every(({ fact }) => factNames.includes(fact)))
  const row = new Float32Array(modelFeatureNames.length)
  createFeatureReader(parsed.value)(factsWith({ proof: 'sms', deviceAge: 7, newPayee: true }), row)
  const at = (name: string) => row[modelFeatureNames.indexOf(name)]
  assert.deepEqual(
    [at('proof=sms'), at('proof=trusted_device'), at('deviceAge'), at('newPayee')],
    [1, 0, 7, 1],
  )
  const ages = [modelFeatures.deviceAge, modelFeatures.networkAge, modelFeatures.payeeAge]
  assert.deepEqual(ages, [-1, -1, -1])
  for (const name of ['amount=1', 'proof', 'proof=sms=x', 'constructor', 'amount=']) {
    assert.equal(parseFeatures([name]).ok, false, name)
  }
})

test('a policy’s lines on the model are checked when it is saved', () => {
  const { model: use } = policyAsking
  assert(use !== undefined)
  const faultsOf = (changes: object) => {
    const read = readPolicyDocument({ ...policyAsking, model: { ...use, ...changes } })
    return read.ok ? [] : read.error.map(({ message }) => message)
  }
  assert.deepEqual(faultsOf({}), [])
  assert.match(faultsOf({ holdFrom: 0.1 })[0] ?? '', /severer outcome begins at a lower line/)
  assert.match(faultsOf({ challengeFrom: null, holdFrom: null })[0] ?? '', /no line at all/)
  assert.match(faultsOf({ challengeFrom: 1.2 })[0] ?? '', /model\.challengeFrom/)
  assert.match(faultsOf({ steps: ['dance'] })[0] ?? '', /model\.steps/)
  const unread = compilePolicy({ ...policyAsking, model: { ...use, denyFrom: 7, steps: [] } })
  assert(!unread.ok && unread.error.length === 2)
})
