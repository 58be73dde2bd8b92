import type { Facts } from '../facts.ts'
import { outcomes, type Outcome, type Reason, type Step } from '../outcome.ts'
import type { PolicyModel } from '../policy.ts'
import { formatFact } from '../reason.ts'
import { modelRisk, wordingOf } from './model-reasons.ts'
import type { ReadyModel } from './ready-model.ts'

/** A model with the lines that a policy has drawn on its probability. */
export interface BoundModel {
  readonly ready: ReadyModel
  readonly steps: ReadonlySet<Step>
  /** Lowest score of each outcome in parts per million, mildest first; null: never. */
  readonly lines: readonly (number | null)[]
}

/** What a model said of facts; `version` and `score` are stored with the decision. */
export interface ModelScore {
  readonly version: string
  /** Calibrated probability of a theft in parts per million. */
  readonly score: number
}

export interface ModelJudgement {
  readonly scored: ModelScore
  readonly outcome: Outcome
}

/** Features named beside the score. */
const mostReasons = 3

export function bindModel(ready: ReadyModel, use: PolicyModel): BoundModel {
  const { challengeFrom, holdFrom, denyFrom } = use
  const lines = [0, challengeFrom, holdFrom, denyFrom]
  return {
    ready,
    steps: new Set(use.steps),
    lines: lines.map((line) => (line === null ? null : Math.round(line * 1e6))),
  }
}

/** Scores the facts and holds the score against the policy's lines; null where it is not asked. */
export function judgeByModel(
  facts: Facts,
  { ready, steps, lines }: BoundModel,
): ModelJudgement | null {
  if (!steps.has(facts.step)) return null
  const score = ready.scoreOf(facts)
  let severity = 0
  for (let i = 1; i < lines.length; i += 1) {
    const line = lines[i]
    if (line !== null && line !== undefined && score >= line) severity = i
  }
  const outcome = outcomes[severity] ?? 'deny'
  return { scored: { version: ready.version, score }, outcome }
}

/**
 * Why a model asked for more than `allow`: its score against the line it crossed, then the few
 * features that raised it most, each with the value seen and what it added to the log-odds. One
 * feature per reason code, so that nobody reads the same sentence twice.
 */
export function reasonsOfModel(
  facts: Facts,
  { ready, lines }: BoundModel,
  { scored, outcome }: ModelJudgement,
): Reason[] {
  if (outcome === 'allow') return []
  const rule = `model:${scored.version}`
  const { zh: _zh, ...risk } = modelRisk
  const line = lines[outcomes.indexOf(outcome)] ?? 0
  const reasons: Reason[] = [
    { ...risk, rule, observed: formatScore(scored.score), threshold: formatScore(line) },
  ]
  const row = ready.rowOf(facts)
  const contributions = new Float64Array(row.length)
  ready.paths(row, contributions)
  const order = [...contributions.keys()].sort(
    (a, b) => (contributions[b] as number) - (contributions[a] as number) || a - b,
  )
  const told = new Set<string>()
  for (const index of order) {
    const added = contributions[index] as number
    const feature = ready.document.features[index]
    if (feature === undefined || added <= 0 || told.size === mostReasons) break
    const { code, sentence, analystSentence } = wordingOf(feature.fact)
    if (told.has(code)) continue
    told.add(code)
    const observed = `${feature.fact} ${formatFact(feature.fact, facts[feature.fact])}`
    const threshold = `+${added.toFixed(2)}`
    reasons.push({ code, rule, observed, threshold, sentence, analystSentence })
  }
  return reasons
}

/** Parts per million as people read them: 1.25 %. */
export function formatScore(score: number): string {
  return `${(score / 10_000).toFixed(2)} %`
}
