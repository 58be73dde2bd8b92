import { z } from 'zod'
import { operatorRole } from './operator.ts'
import { anyId, newPassword, reasonText, time } from './scalars.ts'

const roles = z.array(operatorRole).max(7)

/** `hire`: with at least one role. `roles`: those he is to have; none, and he has left. */
export const staffChangeRequest = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('hire'),
    login: z
      .string()
      .trim()
      .regex(/^[a-zA-Z][\w.-]{1,39}$/),
    name: z.string().trim().min(1).max(80),
    roles: roles.min(1),
    password: newPassword,
    reason: reasonText,
  }),
  z.strictObject({ kind: z.literal('roles'), operator_id: anyId, roles, reason: reasonText }),
  z.strictObject({ kind: z.literal('reset_factors'), operator_id: anyId, reason: reasonText }),
])

export const staffDecisionRequest = z.strictObject({
  decision: z.enum(['approve', 'decline']),
  reason: reasonText,
})

export const staffChange = z
  .object({
    id: anyId,
    kind: z.enum(['hire', 'roles', 'reset_factors']),
    operator_id: anyId,
    login: z.string(),
    name: z.string(),
    roles: z.array(operatorRole),
    reason: z.string(),
    state: z.enum(['open', 'done', 'declined']),
    proposed_by: anyId,
    proposed_at: time,
    decided_by: anyId.nullable(),
    decided_at: time.nullable(),
  })
  .meta({ id: 'StaffChange' })

export const staffList = z
  .object({
    data: z.array(
      z.object({
        id: anyId,
        login: z.string(),
        name: z.string(),
        roles: z.array(operatorRole),
        /** Since when he has a second factor; null: at his next sign-in he must set one up. */
        factor_since: time.nullable(),
        last_sign_in_at: time.nullable(),
        created_at: time,
      }),
    ),
    /** What waits for another admin. */
    changes: z.array(staffChange),
  })
  .meta({ id: 'StaffList' })
