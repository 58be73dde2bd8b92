import type { FactName } from './facts.ts'
import type { PolicyDocument, PolicyRule } from './policy.ts'

/** A rule as written in this repository: what a policy carries, and for whom it was written. */
export interface Rule extends PolicyRule {
  readonly observed: FactName
  /** The thief (or the trick) it was written for, in one sentence. */
  readonly thief: string
  /** Number of the detection in the design of the guard. */
  readonly detection: number
}

/** What a policy may say otherwise than the rule's own file. */
export type RuleChoice = Partial<Pick<PolicyRule, 'points' | 'floor' | 'steps'>>

/** The rule as a policy carries it. */
export function inPolicy(rule: Rule, choice: RuleChoice = {}): PolicyDocument['rules'][number] {
  const { thief: _thief, detection: _detection, ...carried } = rule
  return { ...carried, ...choice }
}
