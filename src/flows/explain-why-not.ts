import { fail, ok, type Result } from '#kernel'
import {
  compilePolicy,
  decisionById,
  explainModel,
  loadModel,
  modelSentencesZh,
  nearestChanges,
  phantomsOf,
  policyWithModel,
  replayDecision,
  sentencesZh,
  policyOfVersion,
  shadowScoresOf,
  type ModelExplanation,
  type NearestChange,
  type PhantomDecision,
} from '#risk'
import type { FlowContext, Problem } from './context.ts'

/** One rule that hit, for whom it is said. */
export interface ReasonSentences {
  readonly code: string
  /** null: a policy of the host's own, which says it in one language. */
  readonly zh: string | null
  readonly en: string
  readonly analyst: string
}

/** Why a decision was no other one, and what shadow policies said of it. */
export interface WhyNot {
  readonly reasons: readonly ReasonSentences[]
  readonly nearest: readonly NearestChange[]
  readonly phantoms: readonly PhantomDecision[]
  /** What each fact did to the model's score; null: no model was asked. */
  readonly model: ModelExplanation | null
  /** What shadow models said, in parts per million. */
  readonly shadowScores: readonly { readonly version: string; readonly score: number }[]
}

/** Errors: decision_not_found, policy_not_found. */
export function createExplainWhyNot({ sql }: Pick<FlowContext, 'sql'>) {
  return async (id: string): Promise<Result<WhyNot, Problem>> => {
    const row = await decisionById(sql, id)
    if (row === undefined) return fail({ code: 'decision_not_found', param: 'id' })
    const document = await policyOfVersion(sql, row.policyVersion)
    const policy = document === undefined ? null : compilePolicy(document)
    if (policy === null || !policy.ok) return fail({ code: 'policy_not_found' })
    if (row.modelVersion !== null) await loadModel(sql, row.modelVersion)
    const asked = policyWithModel(policy.value, row.modelVersion)
    const nearest = nearestChanges(row.facts, asked, row.measures)
    const again = replayDecision(row, policy.value.document)
    const reasons = again.reasons.map(({ code, sentence: en, analystSentence: analyst }) => {
      return { code, zh: sentencesZh[code] ?? modelSentencesZh[code] ?? null, en, analyst }
    })
    const [phantoms, shadowScores] = await Promise.all([
      phantomsOf(sql, id),
      shadowScoresOf(sql, id),
    ])
    const model = explainModel(row, policy.value.document)
    return ok({ reasons, nearest, phantoms, model, shadowScores })
  }
}
