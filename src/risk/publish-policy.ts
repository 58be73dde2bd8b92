import type { Command } from '#commit'
import { compilePolicy } from './compile-policy.ts'
import type { PolicyDocument, PolicyFault } from './policy.ts'
import { activePolicyId, policyKey, policyRecord, policyVersionLog } from './policy-record.ts'

export interface PublishPolicy {
  readonly document: PolicyDocument
  /** Operator, or `program` for a built-in policy at the first start. */
  readonly by: string
}

export type PolicyPublished =
  | { readonly status: 'published' | 'already_active'; readonly version: string }
  | { readonly status: 'policy_faulty'; readonly faults: readonly PolicyFault[] }

/** Makes a policy the one that decides from the next command on. Errors: policy_faulty. */
export const publishPolicy: Command<PublishPolicy, PolicyPublished> = {
  name: 'risk.publish_policy',
  reads: () => [policyKey],
  apply(state, { document, by }, now) {
    const compiled = compilePolicy(document)
    if (!compiled.ok) return { status: 'policy_faulty', faults: compiled.error }
    const { version } = compiled.value
    if (state.get(policyRecord, activePolicyId)?.version === version) {
      return { status: 'already_active', version }
    }
    const published = {
      name: document.name,
      version,
      document,
      publishedAt: now,
      publishedBy: by,
    }
    state.put(policyRecord, { id: activePolicyId, ...published })
    state.append(policyVersionLog, published)
    return { status: 'published', version }
  },
}
