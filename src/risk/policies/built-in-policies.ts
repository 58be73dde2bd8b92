import { invariant } from '#kernel'
import { compilePolicy, type CompiledPolicy } from '../compile-policy.ts'
import type { PolicyDocument } from '../policy.ts'
import { policy2013 } from './policy-2013.ts'
import { policyNone } from './policy-none.ts'
import { policyToday } from './policy-today.ts'

export const policyNames = ['today', '2013', 'none'] as const
export type PolicyName = (typeof policyNames)[number]

/** The policies that come with the program. */
export const builtInPolicies: Readonly<Record<PolicyName, PolicyDocument>> = {
  today: policyToday,
  '2013': policy2013,
  none: policyNone,
}

let compiledDefault: CompiledPolicy | undefined

/** `today`: what decides while nothing has been published. */
export function defaultPolicy(): CompiledPolicy {
  if (compiledDefault === undefined) {
    const result = compilePolicy(policyToday)
    invariant(result.ok, `built-in policy does not compile: ${JSON.stringify(result)}`)
    compiledDefault = result.value
  }
  return compiledDefault
}
