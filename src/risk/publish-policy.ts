import type { Command, View } from '#commit'
import type { Instant } from '#kernel'
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

/** Makes a document the active one, in the caller's command, whose `reads` named `policyKey`. */
export function activatePolicy(
  state: View,
  { version, document, by }: PublishPolicy & { readonly version: string },
  now: Instant,
): void {
  const { name } = document
  const published = { name, version, document, publishedAt: now, publishedBy: by }
  const before = state.get(policyRecord, activePolicyId)
  const measures = before?.measures ?? null
  const modelVersion = before?.modelVersion ?? null
  state.put(policyRecord, { id: activePolicyId, ...published, measures, modelVersion })
  state.append(policyVersionLog, published)
}

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
    activatePolicy(state, { version, document, by }, now)
    return { status: 'published', version }
  },
}
