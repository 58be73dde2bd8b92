import type { Command } from '#commit'
import type { PolicyDocument } from '../policy.ts'
import { activePolicyId, policyKey, policyRecord } from '../policy-record.ts'
import { activatePolicy } from '../publish-policy.ts'

export interface RollBackPolicy {
  /** The one that decided when the roll-back was wished: nobody rolls back what he has not seen. */
  readonly from: string
  /** One that was published before, as `policyOfVersion` found it. */
  readonly version: string
  readonly document: PolicyDocument
  readonly by: string
}

export interface PolicyRolledBack {
  readonly status: 'rolled_back' | 'policy_changed_meanwhile' | 'already_active'
}

/**
 * Makes an earlier publication decide again. One person is enough: two have looked at it before,
 * and a policy that hurts must go at once. Errors: policy_changed_meanwhile, already_active.
 */
export const rollBackPolicy: Command<RollBackPolicy, PolicyRolledBack> = {
  name: 'risk.roll_back_policy',
  reads: () => [policyKey],
  apply(state, { from, ...wanted }, now) {
    const active = state.get(policyRecord, activePolicyId)
    if (active?.version !== from) return { status: 'policy_changed_meanwhile' }
    if (active.version === wanted.version) return { status: 'already_active' }
    activatePolicy(state, wanted, now)
    return { status: 'rolled_back' }
  },
}
