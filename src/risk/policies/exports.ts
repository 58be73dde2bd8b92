/** Policies. compilePolicy: every fault with rule, line, column. publishPolicy: policy_faulty. */
export type { PolicyDocument, PolicyFault, PolicyRule } from '../policy.ts'
export { compilePolicy, policyVersion, type CompiledPolicy } from '../compile-policy.ts'
export { builtInPolicies, policyNames, type PolicyName } from './built-in-policies.ts'
export { publishPolicy, type PolicyPublished, type PublishPolicy } from '../publish-policy.ts'
