import type { CompiledPolicy, CompiledRule } from './compile-policy.ts'
import type { Facts } from './facts.ts'
import { listReasons, listVerdict } from './lists/list-verdict.ts'
import type { Measures } from './lists/measures.ts'
import {
  outcomes,
  type Level,
  type Outcome,
  type Reason,
  type Step,
  type Verdict,
} from './outcome.ts'
import type { PolicyDocument } from './policy.ts'
import { judgeByModel, reasonsOfModel } from './models/judge-by-model.ts'
import { reasonOf, typologyReason } from './reason.ts'
import { typologyResult, type TypologyResult } from './typology.ts'

const none: readonly never[] = []

/**
 * The guard's one judgement, pure: no state, no clock. Every rule of the step is asked; points add
 * up to the score; typologies and the model, if the policy asks one, come after them. The most
 * severe of all their outcomes and the score's own wins. `measures`: lists go before all of it, and
 * a snoozed rule does not count.
 */
export function decide(
  facts: Facts,
  policy: CompiledPolicy,
  measures: Measures | null = null,
): Verdict {
  const { document, version } = policy
  let score = 0
  let severity = 0
  let ruleHits = 0n
  let hits: CompiledRule[] | null = null
  for (const candidate of policy.byStep[facts.step]) {
    if (!isHit(candidate, facts)) continue
    if (measures !== null && measures.snoozed.includes(candidate.rule.id)) continue
    hits ??= []
    hits.push(candidate)
    ruleHits |= 1n << BigInt(candidate.index)
    score = Math.min(100, score + candidate.rule.points)
    severity = Math.max(severity, severityOf(candidate.rule.floor))
  }
  const judged = policy.model === null ? null : judgeByModel(facts, policy.model)
  if (judged !== null && judged.outcome !== 'allow') {
    score = Math.max(score, lineOf(judged.outcome, document))
    severity = Math.max(severity, severityOf(judged.outcome))
  }
  severity = Math.max(severity, severityOf(outcomeOfScore(score, document)))
  const found = hits === null ? none : typologiesOf(hits, facts, policy)
  for (const { interdiction, typology } of found) {
    if (interdiction) severity = Math.max(severity, severityOf(typology.interdiction))
  }
  const level = levelOfScore(score, document)
  const byRules = hits === null ? none : reasonsOf(hits, found, { facts, document })
  const verdict = {
    outcome: fold(outcomes[severity] ?? 'deny', facts.step, document),
    score,
    level: found.length > 0 && level === 'normal' ? 'elevated' : level,
    reasons:
      judged === null || policy.model === null
        ? byRules
        : [...byRules, ...reasonsOfModel(facts, policy.model, judged)],
    ruleHits,
    policyVersion: version,
    model: judged === null ? null : judged.scored,
  }
  return measures === null ? verdict : underLists(verdict, measures, hits ?? none)
}

/** Typologies of the step that have reached their alert threshold. */
function typologiesOf(
  hits: readonly CompiledRule[],
  facts: Facts,
  { typologies }: CompiledPolicy,
): readonly TypologyResult[] {
  if (typologies.length === 0) return none
  return typologies
    .filter(({ typology }) => typology.steps.includes(facts.step))
    .map((candidate) => typologyResult(candidate, hits, facts))
    .filter(({ alert }) => alert)
}

function reasonsOf(
  hits: readonly CompiledRule[],
  found: readonly TypologyResult[],
  { facts, document }: { facts: Facts; document: PolicyDocument },
): Reason[] {
  const reasons = hits.map(({ rule }) => reasonOf(rule, facts, document))
  return found.length === 0 ? reasons : [...reasons, ...found.map(typologyReason)]
}

/**
 * Lists go before rules: a final block denies; an allow entry lets through what no rule denies
 * outright (a hijacked SMS stays no proof); any other block denies; a watched step goes on as it
 * would, at a level of at least `elevated`. What the rules found stays with the verdict.
 */
function underLists(verdict: Verdict, measures: Measures, hits: readonly CompiledRule[]): Verdict {
  const said = listVerdict(measures)
  if (said === 'none') return verdict
  const reasons = [...listReasons(measures), ...verdict.reasons]
  if (said === 'final_block' || said === 'block') {
    return { ...verdict, outcome: 'deny', score: 100, level: 'highest', reasons }
  }
  if (said === 'watch') {
    const level = verdict.level === 'normal' ? 'elevated' : verdict.level
    return { ...verdict, level, reasons }
  }
  if (hits.some(({ rule }) => rule.floor === 'deny')) return verdict
  return { ...verdict, outcome: 'allow', reasons }
}

/** A condition that cannot be computed counts as hit: money leaving fails closed. */
export function isHit({ hits }: CompiledRule, facts: Facts): boolean {
  try {
    return hits(facts)
  } catch {
    return true
  }
}

/** What a rule says of facts, told apart from one that could not be computed. */
export function resultOf({ hits }: CompiledRule, facts: Facts): 'hit' | 'no_hit' | 'error' {
  try {
    return hits(facts) ? 'hit' : 'no_hit'
  } catch {
    return 'error'
  }
}

function severityOf(outcome: Outcome | null): number {
  return outcome === null ? 0 : outcomes.indexOf(outcome)
}

/** The score that goes with an outcome the model asks for; 0 where no score leads to it. */
function lineOf(outcome: Exclude<Outcome, 'allow'>, { outcomeFrom }: PolicyDocument): number {
  return outcomeFrom[outcome] > 100 ? 0 : outcomeFrom[outcome]
}

function outcomeOfScore(score: number, { outcomeFrom }: PolicyDocument): Outcome {
  if (score >= outcomeFrom.deny) return 'deny'
  if (score >= outcomeFrom.hold) return 'hold'
  return score >= outcomeFrom.challenge ? 'challenge' : 'allow'
}

function levelOfScore(score: number, { levelFrom }: PolicyDocument): Level {
  if (score >= levelFrom.highest) return 'highest'
  return score >= levelFrom.elevated ? 'elevated' : 'normal'
}

/** Only payments can be held; elsewhere the policy says what a hold becomes. */
function fold(outcome: Outcome, step: Step, { holdBecomes }: PolicyDocument): Outcome {
  return outcome === 'hold' && step !== 'payment' ? holdBecomes[step] : outcome
}
