import { operatorActions } from './operator-actions.ts'
import type { Route } from './route.ts'
import { idParams } from './scalars.ts'
import { staffChange, staffChangeRequest, staffDecisionRequest, staffList } from './staff.ts'

const ofStaff = { auth: 'operator', tag: 'Operators' } as const

/** Who works here, and what it takes two admins to change. */
export const staffRoutes = {
  listStaff: {
    ...ofStaff,
    method: 'GET',
    idempotent: false,
    roles: operatorActions.listStaff,
    path: '/v1/operator/staff',
    summary: 'Operators with their roles, and changes that wait for a second admin',
    status: 200,
    answer: staffList,
    errors: ['role_forbidden'],
  },
  proposeStaffChange: {
    ...ofStaff,
    method: 'POST',
    idempotent: true,
    roles: operatorActions.proposeStaffChange,
    path: '/v1/operator/staff/changes',
    summary: 'Propose to hire somebody, to change roles, or to take lost factors away',
    body: staffChangeRequest,
    status: 201,
    answer: staffChange,
    errors: ['operator_not_found', 'login_taken', 'password_weak', 'role_forbidden'],
  },
  decideStaffChange: {
    ...ofStaff,
    method: 'POST',
    idempotent: true,
    roles: operatorActions.decideStaffChange,
    path: '/v1/operator/staff/changes/:id/decide',
    summary: 'Approve what another admin proposed, or decline it',
    params: idParams,
    body: staffDecisionRequest,
    status: 200,
    answer: staffChange,
    errors: [
      'staff_change_not_found',
      'staff_change_not_open',
      'approver_is_maker',
      'login_taken',
      'admins_too_few',
      'role_forbidden',
    ],
  },
} as const satisfies Record<string, Route>
