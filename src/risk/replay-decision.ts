import { invariant } from '#kernel'
import { compilePolicy } from './compile-policy.ts'
import { decide, isHit } from './decide.ts'
import type { DecisionRow } from './decision-log.ts'
import { decodeFacts } from './facts-codec.ts'
import type { FactName, Facts } from './facts.ts'
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
 * The decision that these stored facts give under a policy: its own (the same outcome, score and
 * hits again) or another (what would have changed). Throws InvariantError on unreadable facts or
 * a document that does not compile.
 */
export function replayDecision(
  row: Pick<DecisionRow, 'id' | 'facts'>,
  document: PolicyDocument,
): Decision {
  const policy = compilePolicy(document)
  invariant(policy.ok, `policy ${document.name} does not compile`)
  return { id: row.id, ...decide(decodeFacts(row.facts), policy.value) }
}

/** Every rule of the policy on a stored decision: hit or not, what it saw, where its line was. */
export function explainDecision(
  row: Pick<DecisionRow, 'facts'>,
  document: PolicyDocument,
): Explanation {
  const policy = compilePolicy(document)
  invariant(policy.ok, `policy ${document.name} does not compile`)
  const facts = decodeFacts(row.facts)
  const rules = policy.value.rules.map((compiled): RuleResult => {
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
  return { rules, facts, shown }
}
