import { openStaffChanges, staffOf, type StaffChange, type StaffView } from '#identity'
import { ok, type Result } from '#kernel'
import type { FlowContext, OperatorActor, Problem } from './context.ts'
import { mayAct } from './operator-roles.ts'

export interface StaffList {
  readonly staff: readonly StaffView[]
  /** What waits for another admin, oldest first. */
  readonly changes: readonly StaffChange[]
}

/** Everybody on the staff, and what waits for a second admin. Errors: role_forbidden. */
export function createReadStaff(context: Pick<FlowContext, 'sql'>) {
  return async (actor: OperatorActor): Promise<Result<StaffList, Problem>> => {
    const allowed = mayAct(actor, 'listStaff')
    if (!allowed.ok) return allowed
    const { sql } = context
    const [staff, changes] = await Promise.all([staffOf(sql), openStaffChanges(sql)])
    return ok({ staff, changes })
  }
}
