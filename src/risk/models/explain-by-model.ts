import { explainScore } from '#model'
import type { FactName, Facts } from '../facts.ts'
import { formatFact } from '../reason.ts'
import { formatScore, judgeByModel, type BoundModel } from './judge-by-model.ts'
import { wordingOf, type ModelReasonCode } from './model-reasons.ts'

/** What one feature did to a score. */
export interface ModelContribution {
  /** As the model calls it: `deviceAge`, `proof=sms`. */
  readonly feature: string
  readonly fact: FactName
  /** The fact as people read it. */
  readonly observed: string
  /** Added to the log-odds. */
  readonly contribution: number
  readonly code: ModelReasonCode
}

/** Why a model scored as it did: bias + all contributions = margin; the largest come first. */
export interface ModelExplanation {
  readonly version: string
  /** Parts per million. */
  readonly score: number
  /** The score as people read it, and the lines it was held against; null: no such line. */
  readonly shown: string
  readonly lines: readonly { readonly outcome: string; readonly from: string }[]
  /** What the model expects of a payment it knows nothing of, in log-odds. */
  readonly bias: number
  readonly contributions: readonly ModelContribution[]
}

/** Exact Shapley values: milliseconds, for a decision that somebody looks at. null: not asked. */
export function explainByModel(facts: Facts, bound: BoundModel): ModelExplanation | null {
  const judged = judgeByModel(facts, bound)
  if (judged === null) return null
  const { ready, lines } = bound
  const { model, features } = ready.document
  const { bias, contributions } = explainScore(model, ready.rowOf(facts))
  const named = features.map(({ fact }, index): ModelContribution => {
    const observed = formatFact(fact, facts[fact])
    const contribution = contributions[index] ?? 0
    const feature = model.featureNames[index] ?? fact
    return { feature, fact, observed, contribution, code: wordingOf(fact).code }
  })
  const names = ['challenge', 'hold', 'deny']
  return {
    version: ready.version,
    score: judged.scored.score,
    shown: formatScore(judged.scored.score),
    lines: names.flatMap((outcome, i) => {
      const line = lines[i + 1] ?? null
      return line === null ? [] : [{ outcome, from: formatScore(line) }]
    }),
    bias,
    contributions: named
      .filter(({ contribution }) => contribution !== 0)
      .toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution)),
  }
}
