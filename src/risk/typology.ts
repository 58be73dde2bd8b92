import type { CompiledRule } from './compile-policy.ts'
import type { Condition } from './condition.ts'
import type { PolicyTypology } from './policy.ts'
import type { Facts } from './facts.ts'

/** A typology ready to be added up. */
export interface CompiledTypology {
  readonly typology: PolicyTypology
  /** By position of the rule in the document. */
  readonly weights: ReadonlyMap<number, number>
  readonly applies: Condition
}

/** What a typology makes of the rules that hit. */
export interface TypologyResult {
  readonly typology: PolicyTypology
  readonly score: number
  readonly alert: boolean
  readonly interdiction: boolean
}

/** Adds up the weights of the rules that hit; below its alert threshold it says nothing. */
export function typologyResult(
  { typology, weights, applies }: CompiledTypology,
  hits: readonly CompiledRule[],
  facts: Facts,
): TypologyResult {
  let score = 0
  for (const { index } of hits) score += weights.get(index) ?? 0
  const reached = score >= typology.alertFrom && holds(applies, facts)
  const interdiction = reached && score >= typology.interdictFrom
  return { typology, score, alert: reached, interdiction }
}

/** As with rules, a condition that cannot be computed counts as true. */
function holds(applies: Condition, facts: Facts): boolean {
  try {
    return applies(facts)
  } catch {
    return true
  }
}
