import { createSeededRandom } from '#kernel'
import { defaultSettings, trainTrees, type TrainingSet } from '#model'
import {
  createFeatureReader,
  modelFeatureNames,
  modelFileOf,
  parseFeatures,
  rememberModel,
  type Facts,
  type ModelFile,
  type ReadyModel,
} from '#risk'

export const benchTrees = 200
export const benchDepth = 6

export interface BenchModel {
  readonly file: ModelFile
  readonly model: ReadyModel
  readonly meanLeaves: number
}

/** Thefts drawn with odds that rise with several facts at once: trees grow to full depth. */
export function trainBenchModel(facts: readonly Facts[]): BenchModel {
  const random = createSeededRandom(6)
  const features = parseFeatures(modelFeatureNames)
  if (!features.ok) throw new Error('features are facts')
  const read = createFeatureReader(features.value)
  const rows = facts.map((each) => {
    const row = new Float32Array(modelFeatureNames.length)
    read(each, row)
    return row
  })
  const set: TrainingSet = {
    names: modelFeatureNames,
    columns: modelFeatureNames.map((_, i) => Float32Array.from(rows, (row) => row[i] as number)),
    labels: Uint8Array.from(facts, (each) => (random.next() < oddsOf(each) ? 1 : 0)),
  }
  const setting = {
    ...defaultSettings,
    trees: benchTrees,
    maxDepth: benchDepth,
    rate: 0.05,
    minChildWeight: 0.2,
  }
  const { model } = trainTrees(set, setting, { random })
  const leaves = model.trees.map(({ left }) => left.filter((child) => child === -1).length)
  const meanLeaves = leaves.reduce((sum, count) => sum + count, 0) / leaves.length
  const calibration = { slope: 1, offset: 0 }
  const rest = { name: 'bench', features: features.value, distributions: null, training: null }
  const file = modelFileOf({ ...rest, model, calibration })
  return { file, model: rememberModel(file.version, file.text), meanLeaves }
}

function oddsOf(facts: Facts): number {
  let odds = 0.02
  if (facts.newPayee) odds += 0.1
  if (facts.networkAge < 1_440) odds += 0.1
  if (!facts.deviceTrusted) odds += 0.15
  if (facts.amount > 150_000) odds += 0.1
  if (facts.hourShare < 10) odds += 0.05
  return odds
}
