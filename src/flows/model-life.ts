import { day, fail, ok, type Instant, type Result } from '#kernel'
import {
  activeModelVersion,
  countShadowScores,
  keepModelText,
  loadModel,
  modelDrift,
  modelPublications,
  modelText,
  modelVersions,
  publishModel,
  readModelFile,
  recordedSpan,
  rollBackModel,
  saveModelDraft,
  scoreInShadow,
  shadowModel,
  shadowModels,
  trainModel,
  type ModelDrift,
  type ModelFile,
  type ModelPublication,
  type ModelRecord,
  type ShadowCount,
} from '#risk'
import type { FlowContext, OperatorActor, Problem } from './context.ts'
import { mayAct } from './operator-roles.ts'
import { submit } from './submit.ts'

type Context = Pick<FlowContext, 'lane' | 'sql' | 'now'>
type Wish = { readonly requestId: string; readonly version: string }

export interface ModelsView {
  /** null: no model decides. */
  readonly active: string | null
  readonly models: readonly ModelRecord[]
  readonly publications: readonly ModelPublication[]
}

export function createReadModels({ sql }: Pick<FlowContext, 'sql'>) {
  return async (): Promise<ModelsView> => {
    const [active, models, publications] = await Promise.all([
      activeModelVersion(sql),
      modelVersions(sql),
      modelPublications(sql),
    ])
    return { active, models, publications }
  }
}

export interface ModelView {
  readonly record: ModelRecord | null
  readonly features: readonly string[]
  readonly trees: number
  readonly calibration: { readonly slope: number; readonly offset: number }
  readonly training: Readonly<Record<string, unknown>> | null
  readonly shadow: readonly ShadowCount[]
}

/** Errors: model_not_found. */
export function createReadModel({ sql }: Pick<FlowContext, 'sql'>) {
  return async (version: string): Promise<Result<ModelView, Problem>> => {
    const ready = await loadModel(sql, version)
    if (ready === undefined) return fail({ code: 'model_not_found', param: 'version' })
    const { model, calibration, training } = ready.document
    return ok({
      record: (await modelVersions(sql)).find(({ id }) => id === version) ?? null,
      features: model.featureNames,
      trees: model.trees.length,
      calibration,
      training,
      shadow: await countShadowScores(sql, version),
    })
  }
}

/** The text of a version. Errors: model_not_found. */
export function createExportModel({ sql }: Pick<FlowContext, 'sql'>) {
  return async (version: string): Promise<Result<string, Problem>> => {
    const text = await modelText(sql, version)
    return text === undefined ? fail({ code: 'model_not_found', param: 'version' }) : ok(text)
  }
}

export interface TrainWish {
  readonly requestId: string
  readonly name: string
  /** Default: up to now, or to the newest decision if that is later. */
  readonly until?: Instant
  /** Days for which a theft may not be known yet; default 7. */
  readonly delayDays?: number
  readonly say: (line: string) => void
}

/** Errors: role_forbidden, model_labels_missing, model_not_learnt, those of `submit`. */
export function createTrainModel(context: Context) {
  return async (
    operator: OperatorActor,
    { requestId, name, until, delayDays = 7, say }: TrainWish,
  ): Promise<Result<ModelFile, Problem>> => {
    const allowed = mayAct(operator, 'savePolicy')
    if (!allowed.ok) return allowed
    const { sql, now } = context
    const newest = (await recordedSpan(sql))?.last ?? 0
    const moment = until ?? Math.max(now(), newest + 1)
    const trained = await trainModel(sql, { name, until: moment, delay: delayDays * day, say })
    return trained.ok ? keep(context, operator, { requestId, file: trained.value }) : trained
  }
}

/**
 * A model from elsewhere as a draft: our own document, or XGBoost's JSON. Errors: role_forbidden,
 * model_malformed, model_unsupported (detail: the place), those of `submit`.
 */
export function createImportModel(context: Context) {
  return async (
    operator: OperatorActor,
    { requestId, text, name }: { requestId: string; text: string; name: string },
  ): Promise<Result<ModelFile, Problem>> => {
    const allowed = mayAct(operator, 'savePolicy')
    if (!allowed.ok) return allowed
    const read = readModelFile(text, name)
    if (read.ok) return keep(context, operator, { requestId, file: read.value })
    const { code, at, message } = read.error
    return fail({ code, param: 'file', detail: at === '' ? message : `${at}: ${message}` })
  }
}

async function keep(
  context: Context,
  { operatorId: by }: OperatorActor,
  { requestId: id, file }: { requestId: string; file: ModelFile },
): Promise<Result<ModelFile, Problem>> {
  await keepModelText(context.sql, file)
  const input = { version: file.version, name: file.document.name, by }
  const saved = await submit(context, saveModelDraft, { owner: by, id, input })
  return saved.ok ? ok(file) : saved
}

/** Errors: role_forbidden, model_not_found, model_published, those of `submit`. */
export function createShadowModel(context: Context) {
  return async (
    operator: OperatorActor,
    { requestId: id, version, on }: Wish & { on: boolean },
  ): Promise<Result<null, Problem>> => {
    const allowed = mayAct(operator, 'shadowPolicy')
    if (!allowed.ok) return allowed
    const owner = operator.operatorId
    const done = await submit(context, shadowModel, { owner, id, input: { version, on } })
    if (!done.ok) return done
    return done.value.status === 'done' ? ok(null) : fail({ code: done.value.status })
  }
}

/** Scores for every shadow model what is waiting; a job runs it after each round. */
export function createScoreInShadow({ sql }: Pick<FlowContext, 'sql'>) {
  return async (): Promise<number> => {
    let scored = 0
    for (const { version, since } of await shadowModels(sql)) {
      const model = await loadModel(sql, version)
      if (model !== undefined) scored += await scoreInShadow(sql, { model, since })
    }
    return scored
  }
}

/** Errors: role_forbidden, model_*, second_person_needed, those of `submit`. */
export function createPublishModel(context: Context) {
  return async (
    operator: OperatorActor,
    { requestId: id, version }: Wish,
  ): Promise<Result<null, Problem>> => {
    const allowed = mayAct(operator, 'publishPolicy')
    if (!allowed.ok) return allowed
    // Ready here before the first decision asks for it; other processes load it when theirs does.
    if ((await loadModel(context.sql, version)) === undefined) {
      return fail({ code: 'model_not_found', param: 'version' })
    }
    const by = operator.operatorId
    const from = await activeModelVersion(context.sql)
    const request = { owner: by, id, content: { version }, input: { version, from, by } }
    const done = await submit(context, publishModel, request)
    if (!done.ok) return done
    return done.value.status === 'published' ? ok(null) : fail({ code: done.value.status })
  }
}

/** `version` null: no model any more. Errors: role_forbidden, model_*, already_active. */
export function createRollBackModel(context: Context) {
  return async (
    operator: OperatorActor,
    wish: { requestId: string; version: string | null },
  ): Promise<Result<null, Problem>> => {
    const allowed = mayAct(operator, 'rollBackPolicy')
    if (!allowed.ok) return allowed
    const { requestId: id, version } = wish
    if (version !== null && (await loadModel(context.sql, version)) === undefined) {
      return fail({ code: 'model_not_found', param: 'version' })
    }
    const by = operator.operatorId
    const from = await activeModelVersion(context.sql)
    const request = { owner: by, id, content: { version }, input: { version, from, by } }
    const done = await submit(context, rollBackModel, request)
    if (!done.ok) return done
    return done.value.status === 'rolled_back' ? ok(null) : fail({ code: done.value.status })
  }
}

/**
 * The newest recorded days against training. Errors: model_not_found, model_without_training,
 * model_window_empty.
 */
export function createReadDrift({ sql }: Pick<FlowContext, 'sql'>) {
  return async (wish: {
    version: string | null
    days: number
  }): Promise<Result<ModelDrift, Problem>> => {
    const version = wish.version ?? (await activeModelVersion(sql))
    const model = version === null ? undefined : await loadModel(sql, version)
    if (model === undefined) return fail({ code: 'model_not_found', param: 'version' })
    const to = ((await recordedSpan(sql))?.last ?? 0) + 1
    const found = await modelDrift(sql, { model, from: to - wish.days * day, to })
    return found.ok ? found : fail({ code: found.error })
  }
}
