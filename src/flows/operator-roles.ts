import { rolesMay, type OperatorAction } from '#contract'
import { fail, ok, type Result } from '#kernel'
import type { OperatorActor, Problem } from './context.ts'

/** By the table of roles and actions. Errors: role_forbidden. */
export function mayAct(operator: OperatorActor, action: OperatorAction): Result<null, Problem> {
  return rolesMay(operator.roles, action) ? ok(null) : fail({ code: 'role_forbidden' })
}
