import type { CompiledPolicy, CompiledRule } from './compile-policy.ts'
import type { Facts } from './facts.ts'
import { outcomes, type Level, type Outcome, type Step, type Verdict } from './outcome.ts'
import type { PolicyDocument } from './policy.ts'
import { judgeByModel, reasonsOfModel } from './models/judge-by-model.ts'
import { reasonOf } from './reason.ts'

const none: readonly never[] = []

/**
 * The guard's one judgement, pure: no state, no clock. Every rule of the step is asked; points add
 * up to the score; then the model, if the policy asks one. The most severe of the rules' floors,
 * the model's line and the score's own outcome wins.
 */
export function decide(facts: Facts, policy: CompiledPolicy): Verdict {
  const { document, version } = policy
  let score = 0
  let severity = 0
  let ruleHits = 0n
  let hits: CompiledRule[] | null = null
  for (const candidate of policy.byStep[facts.step]) {
    if (!isHit(candidate, facts)) continue
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
  const byRules = hits === null ? none : hits.map(({ rule }) => reasonOf(rule, facts, document))
  return {
    outcome: fold(outcomes[severity] ?? 'deny', facts.step, document),
    score,
    level: levelOfScore(score, document),
    reasons:
      judged === null || policy.model === null
        ? byRules
        : [...byRules, ...reasonsOfModel(facts, policy.model, judged)],
    ruleHits,
    policyVersion: version,
    model: judged === null ? null : judged.scored,
  }
}

/** A condition that cannot be computed counts as hit: money leaving fails closed. */
export function isHit({ hits }: CompiledRule, facts: Facts): boolean {
  try {
    return hits(facts)
  } catch {
    return true
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
