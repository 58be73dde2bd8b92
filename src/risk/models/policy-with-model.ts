import type { CompiledPolicy } from '../compile-policy.ts'
import { bindModel } from './judge-by-model.ts'
import { loadedModel } from './ready-model.ts'

/** The latest binding: there is one policy and one model in force at a time. */
let latest: { policy: CompiledPolicy; version: string; bound: CompiledPolicy } | null = null

/**
 * The policy with a model's version to ask; as it is when it asks no model, when none is published,
 * or when the model has another name than the one it asks for. Throws ModelNotLoaded.
 */
export function policyWithModel(policy: CompiledPolicy, version: string | null): CompiledPolicy {
  const use = policy.document.model
  if (version === null || use === undefined) return policy
  if (latest?.policy === policy && latest.version === version) return latest.bound
  const ready = loadedModel(version)
  const isMeant = ready.document.name === use.name
  const bound = isMeant ? { ...policy, model: bindModel(ready, use) } : policy
  latest = { policy, version, bound }
  return bound
}
