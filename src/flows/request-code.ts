import type { CodePurpose } from '#identity'
import type { Result } from '#kernel'
import type { FlowContext, Problem } from './context.ts'
import { sendCode, type CodeSent } from './send-code.ts'

/**
 * Sends a one-time code to whatever number was given. It never looks whether the number is a
 * customer's, so neither its answer nor its time can tell.
 * Errors: partner_not_configured, partner_unavailable, partner_refused, too_many_tries.
 */
export function createRequestCode(context: FlowContext) {
  return (input: { phone: string; purpose: CodePurpose }): Promise<Result<CodeSent, Problem>> =>
    sendCode(context, input)
}
