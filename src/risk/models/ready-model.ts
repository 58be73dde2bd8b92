import { InvariantError, invariant } from '#kernel'
import { calibrated, createPathReader, createScorer, type PathReader, type Scorer } from '#model'
import type { Facts } from '../facts.ts'
import { readModelFile, type ModelDocument } from './model-document.ts'
import { createFeatureReader } from './model-features.ts'

/** A model ready to decide. */
export interface ReadyModel {
  readonly version: string
  readonly document: ModelDocument
  readonly paths: PathReader
  /** The row of these facts, in the model's own room: used up by the next call. */
  rowOf(facts: Facts): Float32Array
  /** Log-odds of the trees. */
  marginOfRow(row: Float32Array): number
  /** Calibrated probability of a theft in parts per million, whole: what lines compare with. */
  scoreOf(facts: Facts): number
}

/** A command met a model that this process has not loaded. Load it, then submit again. */
export class ModelNotLoaded extends Error {
  readonly version: string
  constructor(version: string) {
    super(`model ${version} is not loaded in this process`)
    this.version = version
  }
}

/**
 * By version, which is the hash of the content: what is found here is the same in every process,
 * so a command that reads it is as pure as one that reads a compiled rule.
 */
const loaded = new Map<string, ReadyModel>()

/** Throws ModelNotLoaded. */
export function loadedModel(version: string): ReadyModel {
  const model = loaded.get(version)
  if (model === undefined) throw new ModelNotLoaded(version)
  return model
}

export function isModelLoaded(version: string): boolean {
  return loaded.has(version)
}

/** Makes a kept text ready. Throws InvariantError when it is not the text of that version. */
export function rememberModel(version: string, text: string): ReadyModel {
  const known = loaded.get(version)
  if (known !== undefined) return known
  const read = readModelFile(text, '')
  if (!read.ok) throw new InvariantError(`model ${version}: ${read.error.at} ${read.error.message}`)
  invariant(read.value.version === version, `model ${version} is ${read.value.version}`)
  const model = readyModel(version, read.value.document)
  loaded.set(version, model)
  return model
}

export function readyModel(version: string, document: ModelDocument): ReadyModel {
  const read = createFeatureReader(document.features)
  const scorer: Scorer = createScorer(document.model)
  const row = new Float32Array(document.model.features)
  const { calibration } = document
  function rowOf(facts: Facts): Float32Array {
    read(facts, row)
    return row
  }
  return {
    version,
    document,
    paths: createPathReader(document.model),
    rowOf,
    marginOfRow: scorer.margin,
    scoreOf: (facts) => Math.round(calibrated(scorer.margin(rowOf(facts)), calibration) * 1e6),
  }
}
