import { createWriteStream, type WriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { once } from 'node:events'
import type { PolicyOptions } from '#cli'
import {
  createActAs,
  createApprovePolicy,
  createBacktest,
  createBacktestDraft,
  createReadPolicies,
  createRollBackPolicy,
  createSavePolicy,
  createShadowPolicy,
  dryRunPolicy,
  type FlowProblem,
  type OperatorActor,
} from '#flows'
import { addDays, fail, ok, startOfLocalDay, toRfc3339, type Result } from '#kernel'
import type { BacktestResult, ChangedDecision } from '#risk'
import type { Config } from './config.ts'
import { withBooks, type BooksContext as Context } from './with-books.ts'

type Done = Result<object, FlowProblem>

/** How many changed decisions are shown; a file takes all. */
const shownChanges = 50
const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** `coffer policy …`. Exit 2: refused; stdout has the answer as JSON, stderr the words. */
export async function policyAction(config: Config, options: PolicyOptions): Promise<number> {
  const done =
    options.wish === 'dry-run'
      ? await dryRun(options)
      : await withBooks(config, 'coffer policy', (context) => actOn(context, options))
  if (!done.ok) {
    const { code, detail } = done.error
    say(detail === undefined ? code : `${code}: ${detail}`)
    if (options.json) print({ error: done.error })
    return 2
  }
  print(done.value)
  return 0
}

function print(value: object): void {
  const plain = (_name: string, part: unknown) => (typeof part === 'bigint' ? `${part}` : part)
  process.stdout.write(`${JSON.stringify(value, plain)}\n`)
}

async function actOn(context: Context, options: PolicyOptions): Promise<Done> {
  if (options.wish === 'list') return ok(await createReadPolicies(context)())
  if (options.wish === 'dry-run') return dryRun(options)
  if (options.wish === 'backtest' && options.candidate !== undefined) {
    const document = await readJson(options.candidate)
    return document.ok
      ? backtestWith(options, (w) => createBacktest(context)(document.value, w))
      : document
  }
  const actor = await createActAs(context)(options.as ?? '')
  if (!actor.ok) return actor
  return actAs(context, actor.value, options)
}

async function actAs(
  context: Context,
  operator: OperatorActor,
  options: Exclude<PolicyOptions, { wish: 'list' | 'dry-run' }>,
): Promise<Done> {
  const requestId = context.ids.next('req')
  if (options.wish === 'save') {
    const document = await readJson(options.file)
    if (!document.ok) return document
    return createSavePolicy(context)(operator, { requestId, document: document.value })
  }
  const version = options.version ?? ''
  const wish = { requestId, version }
  switch (options.wish) {
    case 'shadow':
      return saidOf(version, createShadowPolicy(context)(operator, { ...wish, on: !options.off }))
    case 'publish':
      return saidOf(version, createApprovePolicy(context)(operator, wish))
    case 'rollback': {
      const from = (await createReadPolicies(context)()).active ?? ''
      return saidOf(version, createRollBackPolicy(context)(operator, { ...wish, from }))
    }
    case 'backtest':
      return backtestWith(options, (span) =>
        createBacktestDraft(context)(operator, { ...wish, ...span }),
      )
  }
}

async function saidOf(version: string, done: Promise<Result<null, FlowProblem>>): Promise<Done> {
  const { ok: fine, ...rest } = await done
  return fine ? ok({ version, done: true }) : ({ ok: false, ...rest } as Done)
}

async function dryRun(options: Extract<PolicyOptions, { wish: 'dry-run' }>): Promise<Done> {
  const document = await readJson(options.candidate)
  if (!document.ok) return document
  const facts = await readJson(options.facts)
  return facts.ok ? dryRunPolicy({ document: document.value, facts: facts.value }) : facts
}

async function readJson(file: string): Promise<Result<unknown, FlowProblem>> {
  try {
    return ok(JSON.parse(await readFile(file, 'utf8')) as unknown)
  } catch (error) {
    return fail({ code: 'request_malformed', param: file, detail: (error as Error).message })
  }
}

type Span = NonNullable<Parameters<ReturnType<typeof createBacktest>>[1]>

async function backtestWith(
  { from, to, changes }: Extract<PolicyOptions, { wish: 'backtest' }>,
  backtest: (span: Span) => Promise<Result<BacktestResult, FlowProblem>>,
): Promise<Done> {
  const shown: object[] = []
  const file = changes === undefined ? null : createWriteStream(changes)
  let nextSaid = 100_000
  const found = await backtest({
    ...(from !== undefined && { from: startOfLocalDay(from) }),
    ...(to !== undefined && { to: startOfLocalDay(addDays(to, 1)) }),
    onChanged(decision) {
      if (shown.length < shownChanges) shown.push(decision)
      writeChange(file, decision)
    },
    onProgress(decisions) {
      if (decisions < nextSaid) return
      nextSaid += 100_000
      say(`${decisions} decisions`)
    },
  })
  if (file !== null) {
    file.end()
    await once(file, 'close')
  }
  if (!found.ok) return found
  const { span, decisions, seconds } = found.value
  const days = { from: toRfc3339(span.from), to: toRfc3339(span.to) }
  const perSecond = seconds === 0 ? null : Math.round(decisions / seconds)
  return ok({ ...found.value, span: days, perSecond, changes: shown })
}

function writeChange(file: WriteStream | null, decision: ChangedDecision): void {
  if (file === null) return
  const amount = decision.amount === null ? null : decision.amount.toString()
  file.write(`${JSON.stringify({ ...decision, amount })}\n`)
}
