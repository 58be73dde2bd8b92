import { findOperators } from '#identity'
import { fail, ok, type Instant, type Result } from '#kernel'
import {
  activePolicyVersion,
  approvePolicy,
  backtestPolicy,
  compilePolicy,
  countPhantoms,
  decideFacts,
  decideInShadow,
  draftDocument,
  noteBacktest,
  policyDrafts,
  policyOfVersion,
  publishedPolicies,
  readPolicyDocument,
  recordedSpan,
  rollBackPolicy,
  savePolicyDraft,
  shadowPolicies,
  startShadow,
  type BacktestResult,
  type ChangedDecision,
  type CompiledPolicy,
  type PhantomCount,
  type PolicyDraftRow,
  type PublishedPolicy,
  type Verdict,
} from '#risk'
import type { FlowContext, OperatorActor, Problem } from './context.ts'
import { mayAct } from './operator-roles.ts'
import { submit } from './submit.ts'

export interface PoliciesView {
  /** null before the first publication: then `today` decides. */
  readonly active: string | null
  readonly drafts: readonly PolicyDraftRow[]
  readonly published: readonly PublishedPolicy[]
  readonly phantoms: readonly PhantomCount[]
  /** Names of those who saved, approved or published, by id. */
  readonly people: Readonly<Record<string, string>>
}

type Context = Pick<FlowContext, 'lane' | 'sql' | 'now'>
type Wish = { readonly requestId: string; readonly version: string }
const most = 5

export function createReadPolicies({ sql }: Pick<FlowContext, 'sql'>) {
  return async (): Promise<PoliciesView> => {
    const [active, drafts, published, phantoms] = await Promise.all([
      activePolicyVersion(sql),
      policyDrafts(sql),
      publishedPolicies(sql),
      countPhantoms(sql),
    ])
    const ids = [
      ...drafts.flatMap(({ savedBy, approvedBy }) => [savedBy, approvedBy ?? savedBy]),
      ...published.map(({ publishedBy }) => publishedBy),
    ]
    const known = await findOperators(sql, [...new Set(ids)])
    const people = Object.fromEntries(known.map(({ id, name }) => [id, name]))
    return { active: active ?? null, drafts, published, phantoms, people }
  }
}

/** A draft's document, or a publication's. Errors: policy_not_found. */
export function createReadPolicyDocument({ sql }: Pick<FlowContext, 'sql'>) {
  return async (
    version: string,
  ): Promise<Result<{ version: string; document: unknown }, Problem>> => {
    const document = (await draftDocument(sql, version)) ?? (await policyOfVersion(sql, version))
    if (document === undefined) return fail({ code: 'policy_not_found', param: 'version' })
    return ok({ version, document })
  }
}

/** Errors: role_forbidden (nobody has this id). For the command line, whose host says who acts. */
export function createActAs({ sql }: Pick<FlowContext, 'sql'>) {
  return async (operatorId: string): Promise<Result<OperatorActor, Problem>> => {
    const [found] = await findOperators(sql, [operatorId])
    if (found === undefined)
      return fail({ code: 'role_forbidden', detail: `no operator ${operatorId}` })
    return ok({ operatorId, roles: found.roles })
  }
}

/** Errors: role_forbidden, policy_faulty (detail: rule, line, column), those of `submit`. */
export function createSavePolicy(context: Context) {
  return async (
    operator: OperatorActor,
    { requestId: id, document }: { requestId: string; document: unknown },
  ): Promise<Result<{ version: string }, Problem>> => {
    const allowed = mayAct(operator, 'savePolicy')
    if (!allowed.ok) return allowed
    const read = readCandidate(document)
    if (!read.ok) return read
    const by = operator.operatorId
    const input = { document: read.value.document, by }
    const saved = await submit(context, savePolicyDraft, { owner: by, id, input })
    return saved.ok ? ok({ version: read.value.version }) : saved
  }
}

function readCandidate(document: unknown): Result<CompiledPolicy, Problem> {
  const read = readPolicyDocument(document)
  if (read.ok) return read
  const shown = read.error.slice(0, most).map(({ rule, line, column, message }) => {
    return rule === null ? message : `${rule}, line ${line}, column ${column}: ${message}`
  })
  const more = read.error.length > most ? [`and ${read.error.length - most} more`] : []
  const detail = [...shown, ...more].join('; ')
  return fail({ code: 'policy_faulty', param: 'document', detail })
}

/** What a document would say of given facts. Errors: policy_faulty, facts_malformed. */
export function dryRunPolicy(wish: {
  document: unknown
  facts: unknown
}): Result<Verdict, Problem> {
  const read = readCandidate(wish.document)
  if (!read.ok) return read
  const decided = decideFacts(wish.facts, read.value)
  if (decided.ok) return decided
  return fail({ code: 'facts_malformed', param: 'facts', detail: decided.error })
}

/** Errors: role_forbidden, draft_not_found, draft_published, those of `submit`. */
export function createShadowPolicy(context: Context) {
  return async (
    operator: OperatorActor,
    { requestId: id, version, on }: Wish & { on: boolean },
  ): Promise<Result<null, Problem>> => {
    const allowed = mayAct(operator, 'shadowPolicy')
    if (!allowed.ok) return allowed
    const owner = operator.operatorId
    const done = await submit(context, startShadow, { owner, id, input: { version, on } })
    if (!done.ok) return done
    return done.value.status === 'done' ? ok(null) : fail({ code: done.value.status })
  }
}

/** Decides for every shadow policy what is waiting; a job runs it after each round. */
export function createDecideInShadow({ sql }: Pick<FlowContext, 'sql'>) {
  return async (): Promise<number> => {
    let decided = 0
    for (const { version, since } of await shadowPolicies(sql)) {
      const document = await draftDocument(sql, version)
      if (document !== undefined) decided += await decideInShadow(sql, { version, since, document })
    }
    return decided
  }
}

export interface BacktestWish {
  readonly from?: Instant
  /** Not included; default: up to now. */
  readonly to?: Instant
  readonly onChanged?: (decision: ChangedDecision) => void
  readonly onProgress?: (decisions: number) => void
}

/** A document on the recorded decisions; keeps nothing. Errors: policy_faulty. */
export function createBacktest({ sql, now }: Pick<FlowContext, 'sql' | 'now'>) {
  return async (
    document: unknown,
    wish: BacktestWish = {},
  ): Promise<Result<BacktestResult, Problem>> => {
    const read = readCandidate(document)
    if (!read.ok) return read
    const recorded = await recordedSpan(sql)
    const labelsKnownBy = Math.max(now(), recorded?.last ?? 0)
    const to = wish.to ?? labelsKnownBy + 1
    const span = { from: wish.from ?? recorded?.first ?? 0, to, labelsKnownBy }
    return ok(await backtestPolicy(sql, { policy: read.value, span }, wish))
  }
}

/** Backtests a draft and keeps the figures for its approver. Errors: + draft_not_found. */
export function createBacktestDraft(context: Context) {
  const backtest = createBacktest(context)
  return async (
    operator: OperatorActor,
    { requestId: id, version, ...wish }: Wish & BacktestWish,
  ): Promise<Result<BacktestResult, Problem>> => {
    const allowed = mayAct(operator, 'backtestPolicy')
    if (!allowed.ok) return allowed
    const document = await draftDocument(context.sql, version)
    if (document === undefined) return fail({ code: 'draft_not_found' })
    const found = await backtest(document, wish)
    if (!found.ok) return found
    const { decisions, changed, recorded, candidate } = found.value
    const { from, to } = found.value.span
    const figures = JSON.parse(
      JSON.stringify({ from, to, decisions, changed, recorded, candidate }, plain),
    ) as object
    const content = { version, from: wish.from ?? null, to: wish.to ?? null }
    const input = { version, figures }
    const request = { owner: operator.operatorId, id, content, input }
    const noted = await submit(context, noteBacktest, request)
    if (!noted.ok) return noted
    return noted.value.status === 'done' ? found : fail({ code: noted.value.status })
  }
}

/** Amounts in fen as digits. */
function plain(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}

/** Errors: role_forbidden, draft_*, second_person_needed, those of `submit`. */
export function createApprovePolicy(context: Context) {
  return async (
    operator: OperatorActor,
    { requestId: id, version }: Wish,
  ): Promise<Result<null, Problem>> => {
    const allowed = mayAct(operator, 'publishPolicy')
    if (!allowed.ok) return allowed
    const by = operator.operatorId
    const done = await submit(context, approvePolicy, { owner: by, id, input: { version, by } })
    if (!done.ok) return done
    return done.value.status === 'published' ? ok(null) : fail({ code: done.value.status })
  }
}

/** Errors: role_forbidden, policy_not_found, policy_changed_meanwhile, already_active. */
export function createRollBackPolicy(context: Context) {
  return async (
    operator: OperatorActor,
    { requestId: id, version, from }: Wish & { from: string },
  ): Promise<Result<null, Problem>> => {
    const allowed = mayAct(operator, 'rollBackPolicy')
    if (!allowed.ok) return allowed
    const document = await policyOfVersion(context.sql, version)
    if (document === undefined || !compilePolicy(document).ok) {
      return fail({ code: 'policy_not_found', param: 'version' })
    }
    const by = operator.operatorId
    const input = { from, version, document, by }
    const content = { from, version }
    const done = await submit(context, rollBackPolicy, { owner: by, id, content, input })
    if (!done.ok) return done
    return done.value.status === 'rolled_back' ? ok(null) : fail({ code: done.value.status })
  }
}
