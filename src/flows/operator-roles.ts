import { fail, ok, type Result } from '#kernel'
import type { OperatorActor, Problem } from './context.ts'

/** Who decides held payments. */
export const reviewRoles = ['analyst', 'supervisor', 'admin'] as const
/** Who decides claims; a claim needs two of them. */
export const claimRoles = ['claims', 'supervisor', 'admin'] as const
/** Who sets the fund's limits and notes its shadow price. */
export const fundRoles = ['supervisor', 'admin'] as const

/** Who drafts, tries and publishes policies; publishing needs two of them. */
export const policyRoles = ['supervisor', 'admin'] as const

/** Errors: role_forbidden. */
export function mayAct(operator: OperatorActor, roles: readonly string[]): Result<null, Problem> {
  return operator.roles.some((role) => roles.includes(role))
    ? ok(null)
    : fail({ code: 'role_forbidden' })
}
