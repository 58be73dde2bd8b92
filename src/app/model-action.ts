import { readFile, writeFile } from 'node:fs/promises'
import type { ModelOptions } from '#cli'
import {
  createActAs,
  createExportModel,
  createImportModel,
  createPublishModel,
  createReadDrift,
  createReadModel,
  createReadModels,
  createRollBackModel,
  createShadowModel,
  createTrainModel,
  type FlowProblem,
  type OperatorActor,
} from '#flows'
import { addDays, fail, ok, startOfLocalDay, toRfc3339, type Result } from '#kernel'
import type { ModelFile } from '#risk'
import type { Config } from './config.ts'
import { withBooks, type BooksContext } from './with-books.ts'

/** An answer for stdout; `failed` when a check found something. */
type Done = Result<object & { readonly failed?: boolean }, FlowProblem>
type Acting = Extract<ModelOptions, { readonly as: string }>

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** `coffer model …`. Exit 2: refused; 1: drifted. stdout has the answer as JSON. */
export async function modelAction(config: Config, options: ModelOptions): Promise<number> {
  const done = await withBooks(config, 'coffer model', (context) => actOn(context, options))
  if (!done.ok) {
    const { code, detail } = done.error
    say(detail === undefined ? code : `${code}: ${detail}`)
    if (options.json) print({ error: done.error })
    return 2
  }
  const { failed = false, ...answer } = done.value
  if (Object.keys(answer).length > 0) print(answer)
  return failed ? 1 : 0
}

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

async function actOn(context: BooksContext, options: ModelOptions): Promise<Done> {
  switch (options.wish) {
    case 'list':
      return ok(await createReadModels(context)())
    case 'show':
      return createReadModel(context)(options.version)
    case 'export':
      return exportTo(await createExportModel(context)(options.version), options)
    case 'drift':
      return driftOf(context, options)
    default: {
      const actor = await createActAs(context)(options.as)
      return actor.ok ? actAs(context, actor.value, options) : actor
    }
  }
}

async function actAs(
  context: BooksContext,
  operator: OperatorActor,
  options: Acting,
): Promise<Done> {
  const requestId = context.ids.next('req')
  switch (options.wish) {
    case 'train': {
      const { name, until, delay: delayDays, out } = options
      const moment = until === undefined ? {} : { until: startOfLocalDay(addDays(until, 1)) }
      const wish = { requestId, name, delayDays, say, ...moment }
      return keptOf(await createTrainModel(context)(operator, wish), out)
    }
    case 'import': {
      const { file, name } = options
      const text = await readText(file)
      if (!text.ok) return text
      const wish = { requestId, text: text.value, name }
      return keptOf(await createImportModel(context)(operator, wish))
    }
    case 'shadow': {
      const { version, off } = options
      const done = createShadowModel(context)(operator, { requestId, version, on: !off })
      return saidOf(version, await done)
    }
    case 'publish': {
      const { version } = options
      return saidOf(version, await createPublishModel(context)(operator, { requestId, version }))
    }
    case 'roll-back': {
      const version = options.version === 'none' ? null : options.version
      const done = createRollBackModel(context)(operator, { requestId, version })
      return saidOf(version, await done)
    }
  }
}

async function keptOf(made: Result<ModelFile, FlowProblem>, out?: string): Promise<Done> {
  if (!made.ok) return made
  const { version, text, document } = made.value
  if (out !== undefined) await writeFile(out, text)
  const { training, calibration, model } = document
  return ok({ version, trees: model.trees.length, calibration, training })
}

function saidOf(version: string | null, done: Result<null, FlowProblem>): Done {
  return done.ok ? ok({ version, done: true }) : done
}

async function exportTo(
  text: Result<string, FlowProblem>,
  { version, out, json }: Extract<ModelOptions, { wish: 'export' }>,
): Promise<Done> {
  if (!text.ok) return text
  if (out !== undefined) await writeFile(out, text.value)
  else process.stdout.write(`${text.value}\n`)
  return ok(json && out !== undefined ? { version, out } : {})
}

async function driftOf(
  context: BooksContext,
  { version, days }: Extract<ModelOptions, { wish: 'drift' }>,
): Promise<Done> {
  const found = await createReadDrift(context)({ version: version ?? null, days })
  if (!found.ok) return found
  const { from, to, ...rest } = found.value
  for (const { name, psi, state } of [rest.score, ...rest.features]) {
    if (state !== 'stable') say(`${state}: ${name} ${psi}`)
  }
  const window = { from: toRfc3339(from), to: toRfc3339(to) }
  return ok({ ...rest, ...window, failed: rest.score.state === 'alarm' })
}

async function readText(file: string): Promise<Result<string, FlowProblem>> {
  try {
    return ok(await readFile(file, 'utf8'))
  } catch (error) {
    return fail({ code: 'request_malformed', param: file, detail: (error as Error).message })
  }
}
