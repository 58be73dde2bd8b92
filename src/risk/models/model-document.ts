import { z } from 'zod'
import { fail, ok, sha256Hex, type Result } from '#kernel'
import {
  readModel,
  writeModel,
  type Calibration,
  type Distribution,
  type ModelFault,
  type TreeModel,
} from '#model'
import { canonical } from '../compile-policy.ts'
import { parseFeatures, type Feature } from './model-features.ts'
import { modelNamePattern } from './policy-model-faults.ts'

/** How the values lay in training: what drift is measured against. */
export interface ModelDistributions {
  /** One per feature, in the model's order. */
  readonly features: readonly Distribution[]
  /** Of the margins. */
  readonly score: Distribution
}

/** A model as it is kept: XGBoost's document with what a decision needs beside it. */
export interface ModelDocument {
  readonly name: string
  readonly model: TreeModel
  readonly features: readonly Feature[]
  /** Margin to probability; of a foreign model the logistic function itself. */
  readonly calibration: Calibration
  /** null: of a foreign model nobody told. */
  readonly distributions: ModelDistributions | null
  /** Where it comes from, for people. */
  readonly training: Readonly<Record<string, unknown>> | null
}

/** A document with the text that is kept and the version: its name and the hash of that text. */
export interface ModelFile {
  readonly version: string
  readonly text: string
  readonly document: ModelDocument
}

const format = 1
/** Refused before anything is looked at. */
const mostCharacters = 64_000_000
const mostNesting = 24
const plain: Calibration = { slope: 1, offset: 0 }
const name = z.string().regex(modelNamePattern)
const distribution = z
  .strictObject({
    edges: z.array(z.number()).max(1_000),
    counts: z.array(z.int().min(0)).max(1_002),
  })
  .refine(({ edges, counts }) => counts.length === edges.length + 2, 'two counts more than edges')

const shape = z.strictObject({
  format: z.literal(format),
  name,
  calibration: z.strictObject({ slope: z.number().positive(), offset: z.number() }),
  distributions: z
    .strictObject({ features: z.array(distribution), score: distribution })
    .nullable(),
  training: z.record(z.string(), z.unknown()).nullable(),
  model: z.unknown(),
})

/**
 * A model from a file: our own document, or XGBoost's JSON as it is (its `feature_names` must be
 * features of the facts), which then gets `foreignName`. Never throws. Errors: model_malformed,
 * model_unsupported, each with the place.
 */
export function readModelFile(text: string, foreignName: string): Result<ModelFile, ModelFault> {
  if (text.length > mostCharacters) return malformed('', 'larger than 64,000,000 characters')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return malformed('', 'not JSON')
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return malformed('', 'not an object')
  }
  if (!isNestedAtMost(mostNesting, value)) return malformed('', 'nested too deeply')
  if ('learner' in value) {
    if (!modelNamePattern.test(foreignName)) return malformed('name', 'not a name')
    const rest = { name: foreignName, calibration: plain, distributions: null, training: null }
    return withTrees(rest, { text, at: '' })
  }
  const read = shape.safeParse(value)
  if (!read.success) {
    const [issue] = read.error.issues
    return malformed(issue?.path.join('.') ?? '', issue?.message ?? 'not a model')
  }
  const { format: _format, model, ...rest } = read.data
  // Written as XGBoost writes it: JSON.stringify would lose the sign of a zero, and the version.
  const shell = { document: model, features: 0, featureNames: [], baseScore: 0.5, trees: [] }
  return withTrees(rest, { text: writeModel(shell), at: 'model.' })
}

/** A document just made. Throws nothing: what was trained here reads back. */
export function modelFileOf(document: ModelDocument): ModelFile {
  const { model, features: _features, ...rest } = document
  const fields = Object.entries({ format, ...rest }).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const texts = fields.map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`)
  const text = `{${texts.join(',')},"model":${writeModel(model)}}`
  return { version: `${document.name}-${sha256Hex(text).slice(0, 12)}`, text, document }
}

function isNestedAtMost(depth: number, value: unknown): boolean {
  if (value === null || typeof value !== 'object') return true
  return depth > 0 && Object.values(value).every((item) => isNestedAtMost(depth - 1, item))
}

type Rest = Omit<ModelDocument, 'model' | 'features'>

function withTrees(
  rest: Rest,
  { text, at }: { text: string; at: string },
): Result<ModelFile, ModelFault> {
  const read = readModel(text)
  if (!read.ok) return fail({ ...read.error, at: `${at}${read.error.at}` })
  const model = read.value
  if (model.featureNames.length === 0) {
    return malformed(`${at}learner.feature_names`, 'a model must name its features')
  }
  const features = parseFeatures(model.featureNames)
  if (!features.ok) {
    const unknown = model.featureNames[features.error] ?? ''
    return malformed(
      `${at}learner.feature_names[${features.error}]`,
      `no feature of the facts is called ${unknown.slice(0, 60)}`,
    )
  }
  const known = rest.distributions
  if (known !== null && known.features.length !== model.features) {
    return malformed('distributions.features', 'one for each feature of the model')
  }
  return ok(modelFileOf({ ...rest, model, features: features.value }))
}

function malformed(at: string, message: string): Result<never, ModelFault> {
  return fail({ code: 'model_malformed', at, message })
}
