import { steps } from '../outcome.ts'
import type { PolicyModel } from '../policy.ts'

/** Names of models, as a policy and a model's own document say them. */
export const modelNamePattern = /^[a-z0-9][a-z0-9-]{0,39}$/

/** What is wrong with the model that a policy asks for; nothing when it asks none. */
export function policyModelFaults(use: PolicyModel | undefined): string[] {
  if (use === undefined) return []
  const faults: string[] = []
  if (!modelNamePattern.test(use.name)) faults.push(`model: ${use.name} is not a name`)
  if (use.steps.length === 0 || use.steps.some((step) => !steps.includes(step))) {
    faults.push('model: unknown step, or none')
  }
  const lines = [use.challengeFrom, use.holdFrom, use.denyFrom].filter((line) => line !== null)
  if (lines.length === 0) faults.push('model: no line at all')
  if (lines.some((line) => !(line > 0 && line <= 1))) {
    faults.push('model: a line is above 0 and at most 1')
  }
  if (lines.some((line, i) => i > 0 && line < (lines[i - 1] ?? 0))) {
    faults.push('model: a severer outcome begins at a lower line')
  }
  return faults
}
