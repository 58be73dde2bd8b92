import { invariant } from '#kernel'
import { compilePolicy, type CompiledPolicy, type CompiledRule } from './compile-policy.ts'
import { decide, resultOf } from './decide.ts'
import type { DecisionRow } from './decision-log.ts'
import { decodeFacts } from './facts-codec.ts'
import type { FactName, Facts } from './facts.ts'
import type { Measures } from './lists/measures.ts'
import { explainByModel, type ModelExplanation } from './models/explain-by-model.ts'
import { judgeByModel, reasonsOfModel } from './models/judge-by-model.ts'
import { policyWithModel } from './models/policy-with-model.ts'
import type { Decision, Reason } from './outcome.ts'
import type { PolicyDocument } from './policy.ts'
import { listReasons } from './lists/list-verdict.ts'
import { formatFact, reasonOf } from './reason.ts'
import { typologyResult, type CompiledTypology } from './typology.ts'

/**
 * One rule of the policy as it stood before these facts; also a list entry that was in force, and
 * a typology with its sum. `snoozed`: it hit and did not count. `error`: it could not be computed,
 * and counted as hit.
 */
export interface RuleResult {
  readonly rule: string
  readonly code: string
  readonly result: 'hit' | 'no_hit' | 'snoozed' | 'error' | 'not_asked'
  readonly observed: string
  readonly threshold: string
  readonly points: number
  readonly floor: string | null
  readonly condition: string
  /** For the analyst. */
  readonly why: string
  /** For the customer. */
  readonly sentence: string
}

export interface Explanation {
  readonly rules: readonly RuleResult[]
  readonly facts: Facts
  /** Facts as people read them. */
  readonly shown: Readonly<Record<string, string>>
}

type Stored = Pick<DecisionRow, 'facts' | 'measures' | 'modelVersion'>

/**
 * The decision that these stored facts give under a policy and the model that was asked then: its
 * own policy (the same outcome, score and hits again) or another (what would have changed). Throws
 * InvariantError on unreadable facts or a document that does not compile, ModelNotLoaded.
 */
export function replayDecision(
  row: Stored & Pick<DecisionRow, 'id'>,
  document: PolicyDocument,
): Decision {
  return { id: row.id, ...decide(decodeFacts(row.facts), policyOf(row, document), row.measures) }
}

function policyOf(
  { modelVersion }: Pick<DecisionRow, 'modelVersion'>,
  document: PolicyDocument,
): CompiledPolicy {
  const policy = compilePolicy(document)
  invariant(policy.ok, `policy ${document.name} does not compile`)
  return policyWithModel(policy.value, modelVersion)
}

/**
 * Every rule of the policy on a stored decision: what became of it, what it saw, where its line
 * was; before them the list entries in force then, after them the typologies, and the model's
 * reasons where it asked for more than `allow`. Throws as `replayDecision` does.
 */
export function explainDecision(row: Stored, document: PolicyDocument): Explanation {
  const policy = policyOf(row, document)
  const facts = decodeFacts(row.facts)
  const snoozed = row.measures?.snoozed ?? []
  const counted: CompiledRule[] = []
  const rules = policy.rules.map((compiled): RuleResult => {
    const { rule } = compiled
    const said = rule.steps.includes(facts.step) ? resultOf(compiled, facts) : 'not_asked'
    const hit = said === 'hit' || said === 'error'
    if (hit && !snoozed.includes(rule.id)) counted.push(compiled)
    return {
      ...shownOf(reasonOf(rule, facts, document)),
      result: hit && snoozed.includes(rule.id) ? 'snoozed' : said,
      points: rule.points,
      floor: rule.floor,
      condition: rule.when,
    }
  })
  const shown = Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, formatFact(name as FactName, value)]),
  )
  const typologies = policy.typologies.map((each) => typologyShown(each, counted, facts))
  const byModel = modelResults(facts, policy)
  const all = [...listsShown(row.measures), ...rules, ...typologies, ...byModel]
  return { rules: all, facts, shown }
}

function shownOf({ code, rule, observed, threshold, sentence, analystSentence: why }: Reason) {
  return { code, rule, observed, threshold, sentence, why }
}

function listsShown(measures: Measures | null): RuleResult[] {
  if (measures === null) return []
  return listReasons(measures).map((reason) => {
    const floor = reason.code === 'LISTED_BLOCK' ? 'deny' : null
    const condition = `${reason.observed} is listed`
    return { ...shownOf(reason), result: 'hit', points: 0, floor, condition }
  })
}

function typologyShown(
  compiled: CompiledTypology,
  counted: readonly CompiledRule[],
  facts: Facts,
): RuleResult {
  const { typology } = compiled
  const { score, alert, interdiction } = typologyResult(compiled, counted, facts)
  const asked = typology.steps.includes(facts.step)
  const terms = typology.rules.map(({ rule, weight }) => `${weight} x ${rule}`)
  return {
    rule: typology.id,
    code: typology.code,
    result: asked ? (alert ? 'hit' : 'no_hit') : 'not_asked',
    observed: String(score),
    threshold: `alert ${typology.alertFrom}, interdiction ${typology.interdictFrom}`,
    points: 0,
    floor: interdiction ? typology.interdiction : null,
    condition: `${typology.when} && ${terms.join(' + ')}`,
    why: typology.analystSentence,
    sentence: typology.sentence,
  }
}

function modelResults(facts: Facts, { model }: CompiledPolicy): RuleResult[] {
  const judged = model === null ? null : judgeByModel(facts, model)
  if (model === null || judged === null) return []
  return reasonsOfModel(facts, model, judged).map((reason) => {
    const { rule, code, observed, threshold, sentence, analystSentence: why } = reason
    const shown = { rule, code, observed, threshold, sentence, why }
    const isScore = code === 'MODEL_RISK'
    const floor = isScore ? judged.outcome : null
    const condition = isScore ? `probability >= ${threshold}` : 'added to the log-odds'
    return { ...shown, result: 'hit' as const, points: 0, floor, condition }
  })
}

/** What each fact did to the model's score on a stored decision; null: no model was asked. */
export function explainModel(
  row: Pick<DecisionRow, 'facts' | 'modelVersion'>,
  document: PolicyDocument,
): ModelExplanation | null {
  const { model } = policyOf(row, document)
  return model === null ? null : explainByModel(decodeFacts(row.facts), model)
}
