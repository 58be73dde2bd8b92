import { invariant } from '#kernel'
import { compilePolicy, type CompiledPolicy } from './compile-policy.ts'
import { decide, isHit } from './decide.ts'
import type { DecisionRow } from './decision-log.ts'
import { decodeFacts } from './facts-codec.ts'
import type { FactName, Facts } from './facts.ts'
import { explainByModel, type ModelExplanation } from './models/explain-by-model.ts'
import { judgeByModel, reasonsOfModel } from './models/judge-by-model.ts'
import { policyWithModel } from './models/policy-with-model.ts'
import type { Decision } from './outcome.ts'
import type { PolicyDocument } from './policy.ts'
import { formatFact, reasonOf } from './reason.ts'

/** One rule of the policy as it stood before these facts. */
export interface RuleResult {
  readonly rule: string
  readonly code: string
  readonly result: 'hit' | 'no_hit' | 'not_asked'
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

/**
 * The decision that these stored facts give under a policy and the model that was asked then: its
 * own policy (the same outcome, score and hits again) or another (what would have changed). Throws
 * InvariantError on unreadable facts or a document that does not compile, ModelNotLoaded.
 */
export function replayDecision(
  row: Pick<DecisionRow, 'id' | 'facts' | 'modelVersion'>,
  document: PolicyDocument,
): Decision {
  return { id: row.id, ...decide(decodeFacts(row.facts), policyOf(row, document)) }
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
 * Every rule of the policy on a stored decision: hit or not, what it saw, where its line was; then
 * the model's reasons, where it asked for more than `allow`. Throws as `replayDecision` does.
 */
export function explainDecision(
  row: Pick<DecisionRow, 'facts' | 'modelVersion'>,
  document: PolicyDocument,
): Explanation {
  const policy = policyOf(row, document)
  const facts = decodeFacts(row.facts)
  const rules = policy.rules.map((compiled): RuleResult => {
    const { rule } = compiled
    const reason = reasonOf(rule, facts, document)
    const asked = rule.steps.includes(facts.step)
    return {
      rule: rule.id,
      code: rule.code,
      result: asked ? (isHit(compiled, facts) ? 'hit' : 'no_hit') : 'not_asked',
      observed: reason.observed,
      threshold: reason.threshold,
      points: rule.points,
      floor: rule.floor,
      condition: rule.when,
      why: rule.analystSentence,
      sentence: rule.sentence,
    }
  })
  const shown = Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, formatFact(name as FactName, value)]),
  )
  return { rules: [...rules, ...modelResults(facts, policy)], facts, shown }
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
