import { fail, ok, type Result } from '#kernel'
import type { Tree, TreeModel } from './tree-model.ts'

/** Why a document is not a model we can score with, and where in it. */
export interface ModelFault {
  /** malformed: not XGBoost's JSON. unsupported: a model of a kind that is not scored here. */
  readonly code: 'model_malformed' | 'model_unsupported'
  /** `learner.gradient_booster.model.trees[3].left_children`. */
  readonly at: string
  readonly message: string
}

/** Above these a document is refused before its parts are looked at. */
const mostCharacters = 256_000_000
const mostTrees = 10_000
const mostFeatures = 10_000
const mostDepth = 64
const mostNesting = 16

/** Thrown inside this file only. */
class Refused extends Error {
  readonly fault: ModelFault
  constructor(fault: ModelFault) {
    super(fault.message)
    this.fault = fault
  }
}

/**
 * A model from XGBoost's JSON (1.x to 3.x; booster gbtree, objective binary:logistic, numeric
 * splits). Never throws. Errors: model_malformed, model_unsupported.
 */
export function readModel(text: string): Result<TreeModel, ModelFault> {
  try {
    return ok(modelOf(parse(text)))
  } catch (error) {
    if (error instanceof Refused) return fail(error.fault)
    throw error
  }
}

function refuse(code: ModelFault['code'], at: string, message: string): never {
  throw new Refused({ code, at, message })
}

function malformed(at: string, message: string): never {
  return refuse('model_malformed', at, message)
}

function parse(text: string): unknown {
  if (text.length > mostCharacters) return malformed('', 'larger than 256,000,000 characters')
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return malformed('', 'not JSON')
  }
  if (!isPlain(document, mostNesting)) return malformed('', 'nested too deeply, or not finite')
  return document
}

function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  if (value === null || typeof value !== 'object') return true
  if (depth === 0) return false
  for (const item of Object.values(value)) if (!isPlain(item, depth - 1)) return false
  return true
}

type Fields = Readonly<Record<string, unknown>>

function modelOf(document: unknown): TreeModel {
  const learner = fieldsOf(fieldsOf(document, '')['learner'], 'learner')
  checkObjective(fieldsOf(learner['objective'], 'learner.objective'))
  const at = 'learner.learner_model_param'
  const parameters = fieldsOf(learner['learner_model_param'], at)
  const features = wholeIn(parameters['num_feature'], `${at}.num_feature`, mostFeatures)
  if (wholeIn(parameters['num_class'] ?? '0', `${at}.num_class`, 1_000) > 1) {
    refuse('model_unsupported', `${at}.num_class`, 'only two classes are scored')
  }
  if (wholeIn(parameters['num_target'] ?? '1', `${at}.num_target`, 1_000) !== 1) {
    refuse('model_unsupported', `${at}.num_target`, 'only one target is scored')
  }
  return {
    document,
    features,
    featureNames: namesOf(learner['feature_names'], features),
    baseScore: baseScoreOf(parameters['base_score'], `${at}.base_score`),
    trees: treesOf(learner['gradient_booster'], features),
  }
}

function checkObjective({ name }: Fields): void {
  const at = 'learner.objective.name'
  if (typeof name !== 'string') malformed(at, 'is not a text')
  if (name !== 'binary:logistic') {
    refuse('model_unsupported', at, 'only binary:logistic is scored')
  }
}

function namesOf(value: unknown, features: number): string[] {
  const at = 'learner.feature_names'
  if (value === undefined) return []
  if (!Array.isArray(value)) return malformed(at, 'is not a list')
  const names = value.filter((name): name is string => typeof name === 'string')
  if (names.length !== value.length) return malformed(at, 'holds something else than texts')
  if (names.length !== 0 && names.length !== features) {
    return malformed(at, `has ${names.length} names for ${features} features`)
  }
  return names
}

/** `5E-1`, or `[5E-1]` since XGBoost 3. */
function baseScoreOf(value: unknown, at: string): number {
  if (typeof value !== 'string') return malformed(at, 'is not a text')
  const [, bracketed] = /^\[(.*)\]$/.exec(value) ?? []
  const text = bracketed ?? value
  if (!/^\d+(\.\d+)?(E[+-]?\d+)?$/i.test(text)) return malformed(at, 'is not one number')
  const score = Number(text)
  if (!(score > 0 && score < 1)) return malformed(at, 'is not between 0 and 1')
  return score
}

function treesOf(value: unknown, features: number): Tree[] {
  const booster = fieldsOf(value, 'learner.gradient_booster')
  if (booster['name'] !== 'gbtree') {
    refuse('model_unsupported', 'learner.gradient_booster.name', 'only gbtree is scored')
  }
  const at = 'learner.gradient_booster.model'
  const model = fieldsOf(booster['model'], at)
  const trees = listOf(model['trees'], `${at}.trees`)
  if (trees.length > mostTrees) malformed(`${at}.trees`, 'more than 10,000 trees')
  const groups = listOf(model['tree_info'], `${at}.tree_info`)
  if (groups.length !== trees.length) malformed(`${at}.tree_info`, 'is not one per tree')
  if (groups.some((group) => group !== 0)) {
    refuse('model_unsupported', `${at}.tree_info`, 'trees of more than one output')
  }
  return trees.map((tree, i) => treeOf(tree, { at: `${at}.trees[${i}]`, features }))
}

function treeOf(value: unknown, { at, features }: { at: string; features: number }): Tree {
  const fields = fieldsOf(value, at)
  const left = listOf(fields['left_children'], `${at}.left_children`)
  const nodes = left.length
  if (nodes === 0) malformed(`${at}.left_children`, 'a tree without nodes')
  const list = (name: string): unknown[] => {
    const found = listOf(fields[name], `${at}.${name}`)
    if (found.length !== nodes) malformed(`${at}.${name}`, `is not one per node (${nodes})`)
    return found
  }
  const wholes = (name: string): Int32Array =>
    Int32Array.from(list(name), (item) => wholeNumber(item, `${at}.${name}`))
  const floats = (name: string): Float32Array =>
    Float32Array.from(list(name), (item) => float(item, `${at}.${name}`))
  const flags = list('default_left')
  if (flags.some((flag) => flag !== 0 && flag !== 1 && typeof flag !== 'boolean')) {
    malformed(`${at}.default_left`, 'holds something else than 0 and 1')
  }
  const kinds = fields['split_type']
  if (kinds !== undefined && listOf(kinds, `${at}.split_type`).some((kind) => kind !== 0)) {
    refuse('model_unsupported', `${at}.split_type`, 'categorical splits')
  }
  const tree: Tree = {
    left: wholes('left_children'),
    right: wholes('right_children'),
    feature: wholes('split_indices'),
    split: floats('split_conditions'),
    missingLeft: Uint8Array.from(flags, Number),
    cover: floats('sum_hessian'),
  }
  checkShape(tree, { at, features })
  return tree
}

/** Every node is reached once from the root, by at most `mostDepth` steps. */
function checkShape(tree: Tree, { at, features }: { at: string; features: number }): void {
  const nodes = tree.left.length
  const seen = new Uint8Array(nodes)
  let level = [0]
  seen[0] = 1
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > mostDepth) refuse('model_unsupported', at, `deeper than ${mostDepth}`)
    const next: number[] = []
    for (const node of level) {
      const left = tree.left[node] ?? -1
      const right = tree.right[node] ?? -1
      if (left === -1 && right === -1) continue
      const feature = tree.feature[node] ?? -1
      if (feature < 0 || feature >= features) {
        malformed(`${at}.split_indices`, `node ${node} splits by an unknown feature`)
      }
      for (const child of [left, right]) {
        if (child <= 0 || child >= nodes || seen[child] === 1) {
          malformed(`${at}.left_children`, `node ${node} has no proper children`)
        }
        seen[child] = 1
        next.push(child)
      }
    }
    level = next
  }
}

function fieldsOf(value: unknown, at: string): Fields {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return malformed(at, 'is not an object')
  }
  return value as Fields
}

function listOf(value: unknown, at: string): unknown[] {
  return Array.isArray(value) ? value : malformed(at, 'is not a list')
}

/** Counts are texts in this format. */
function wholeIn(value: unknown, at: string, most: number): number {
  if (typeof value !== 'string' || !/^\d{1,9}$/.test(value)) {
    return malformed(at, 'is not a whole number in a text')
  }
  const number = Number(value)
  return number <= most ? number : malformed(at, `is above ${most}`)
}

function wholeNumber(value: unknown, at: string): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > 0x7fff_ffff) {
    return malformed(at, 'holds something else than whole numbers')
  }
  return value
}

function float(value: unknown, at: string): number {
  if (typeof value !== 'number' || !Number.isFinite(Math.fround(value))) {
    return malformed(at, 'holds something else than float32 numbers')
  }
  return value
}
