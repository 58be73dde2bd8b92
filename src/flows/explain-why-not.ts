import { fail, ok, type Result } from '#kernel'
import {
  compilePolicy,
  decisionById,
  nearestChanges,
  phantomsOf,
  policyOfVersion,
  type NearestChange,
  type PhantomDecision,
} from '#risk'
import type { FlowContext, Problem } from './context.ts'

/** Why a decision was no other one, and what shadow policies said of it. */
export interface WhyNot {
  readonly nearest: readonly NearestChange[]
  readonly phantoms: readonly PhantomDecision[]
}

/** Errors: decision_not_found, policy_not_found. */
export function createExplainWhyNot({ sql }: Pick<FlowContext, 'sql'>) {
  return async (id: string): Promise<Result<WhyNot, Problem>> => {
    const row = await decisionById(sql, id)
    if (row === undefined) return fail({ code: 'decision_not_found', param: 'id' })
    const document = await policyOfVersion(sql, row.policyVersion)
    const policy = document === undefined ? null : compilePolicy(document)
    if (policy === null || !policy.ok) return fail({ code: 'policy_not_found' })
    const nearest = nearestChanges(row.facts, policy.value)
    return ok({ nearest, phantoms: await phantomsOf(sql, id) })
  }
}
