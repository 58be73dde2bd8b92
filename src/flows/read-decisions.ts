import { fail, ok, type Result } from '#kernel'
import {
  decisionById,
  explainDecision,
  loadModel,
  policyOfVersion,
  recentDecisions,
  replayDecision,
  type Decision,
  type DecisionRow,
  type Explanation,
  type Outcome,
  type PolicyDocument,
  type RuleResult,
} from '#risk'
import type { FlowContext, Problem } from './context.ts'

/** A decision with the rules that hit. */
export interface DecisionView {
  readonly row: DecisionRow
  readonly policyName: string
  readonly hits: readonly RuleResult[]
}

/** The same with every rule, and what the stored facts give when decided about again. */
export interface ExplainedDecision extends DecisionView {
  readonly explanation: Explanation
  readonly again: Decision
  /** The same outcome, score, hits and model's score. */
  readonly equal: boolean
}

export interface DecisionPage {
  readonly limit: number
  readonly after?: string
  readonly outcome?: Outcome
  readonly customerId?: string
}

type Documents = (version: string) => Promise<PolicyDocument | undefined>

/** Published documents never change: each is read once per process. */
function createDocuments(context: Pick<FlowContext, 'sql'>): Documents {
  const known = new Map<string, PolicyDocument>()
  return async (version) => {
    const present = known.get(version)
    if (present !== undefined) return present
    const found = await policyOfVersion(context.sql, version)
    if (found !== undefined) known.set(version, found)
    return found
  }
}

/** Puts the rules that hit to decisions, in the words of their own policy. */
export function createShowDecisions(context: Pick<FlowContext, 'sql'>) {
  const documents = createDocuments(context)
  return async (rows: readonly DecisionRow[]): Promise<DecisionView[]> => {
    const views: DecisionView[] = []
    for (const row of rows) {
      const document = await documents(row.policyVersion)
      if (row.modelVersion !== null) await loadModel(context.sql, row.modelVersion)
      const rules = document === undefined ? [] : explainDecision(row, document).rules
      const hits = rules.filter(({ result }) => result === 'hit' || result === 'error')
      views.push({ row, policyName: document?.name ?? row.policyVersion, hits })
    }
    return views
  }
}

/** Errors: decision_not_found, policy_not_found. */
export function createReadDecision(context: Pick<FlowContext, 'sql'>) {
  const documents = createDocuments(context)
  return async (id: string): Promise<Result<ExplainedDecision, Problem>> => {
    const row = await decisionById(context.sql, id)
    if (row === undefined) return fail({ code: 'decision_not_found', param: 'id' })
    const document = await documents(row.policyVersion)
    if (document === undefined) return fail({ code: 'policy_not_found' })
    if (row.modelVersion !== null) await loadModel(context.sql, row.modelVersion)
    const explanation = explainDecision(row, document)
    const again = replayDecision(row, document)
    const { outcome, score, ruleHits, model } = again
    const equal =
      outcome === row.outcome &&
      score === row.score &&
      ruleHits === row.ruleHits &&
      (model === null ? null : model.score) === row.modelScore
    const hits = explanation.rules.filter(({ result }) => result === 'hit' || result === 'error')
    return ok({ row, policyName: document.name, hits, explanation, again, equal })
  }
}

/** Decisions, newest first. Errors: cursor_unknown. */
export function createReadDecisions(context: Pick<FlowContext, 'sql'>) {
  const show = createShowDecisions(context)
  return async (page: DecisionPage): Promise<Result<DecisionView[], Problem>> => {
    const { limit, after, ...filter } = page
    if (after === undefined) {
      return ok(await show(await recentDecisions(context.sql, { ...filter, limit })))
    }
    const last = await decisionById(context.sql, after)
    if (last === undefined) return fail({ code: 'cursor_unknown', param: 'starting_after' })
    // Many decisions of one batch share an instant: read a batch more, and go on after the cursor.
    const until = last.at
    const rows = await recentDecisions(context.sql, { ...filter, until, limit: limit + 1_024 })
    const older = rows.filter(({ at, id }) => at < until || (at === until && id < after))
    return ok(await show(older.slice(0, limit)))
  }
}
