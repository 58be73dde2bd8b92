import type { Command, View } from '#commit'
import {
  adminCountKey,
  adminsIn,
  countAdmins,
  fewestAdmins,
  operator,
  operatorKey,
  operatorLogin,
  operatorLoginKey,
  removeTotp,
  staffChange,
  staffChangeById,
  staffChangeKey,
  totpKey,
  type StaffChange,
} from '#identity'
import { fail, ok, required, type Instant, type Result } from '#kernel'
import { submitAudited } from './audited.ts'
import type { FlowContext, OperatorActor, Problem } from './context.ts'
import { mayAct } from './operator-roles.ts'

interface Decide {
  readonly change: Pick<StaffChange, 'id' | 'operatorId' | 'login'>
  readonly decision: 'approve' | 'decline'
  readonly by: string
}
type Decided = StaffChange | { readonly code: Problem['code'] }

const decide: Command<Decide, Decided> = {
  name: 'identity.decide-staff-change',
  reads: ({ change }) => [
    staffChangeKey(change.id),
    operatorKey(change.operatorId),
    operatorLoginKey(change.login),
    totpKey(change.operatorId),
    adminCountKey(),
  ],
  apply(state, { change: { id }, decision, by }, now) {
    const change = required(state.get(staffChange, id), `staff change ${id}`)
    if (change.state !== 'open') return { code: 'staff_change_not_open' }
    // Whoever proposed may take it back; to approve takes somebody else, and never for oneself.
    if (decision === 'approve') {
      if (change.proposedBy === by || change.operatorId === by) return { code: 'approver_is_maker' }
      const refused = carryOut(state, { change, by }, now)
      if (refused !== null) return { code: refused }
    }
    const reached = decision === 'approve' ? 'done' : 'declined'
    const ended = { state: reached, decidedBy: by, decidedAt: now, passwordHash: null } as const
    const decided: StaffChange = { ...change, ...ended }
    state.put(staffChange, decided)
    return decided
  },
}

function carryOut(
  state: View,
  { change, by }: { change: StaffChange; by: string },
  now: Instant,
): Problem['code'] | null {
  const { kind, operatorId: id, login, name, roles, passwordHash } = change
  const granted = { roles, grantedBy: change.proposedBy, secondedBy: by }
  if (kind === 'hire') {
    if (state.get(operatorLogin, login) !== undefined) return 'login_taken'
    const hash = required(passwordHash ?? undefined, 'a first password')
    const blank = { lastSignInAt: null, factorSince: null, sessionsEndedAt: null }
    state.put(operatorLogin, { id: login, operatorId: id })
    const hired = { id, login, name, passwordHash: hash, createdAt: now }
    state.put(operator, { ...hired, ...blank, ...granted })
    countAdmins(state, [], roles)
    return null
  }
  const who = required(state.get(operator, id), `operator ${id}`)
  // His sessions end: what he may do from now on begins with a fresh sign-in.
  const sessionsEndedAt = Math.max(now, (who.sessionsEndedAt ?? 0) + 1)
  if (kind === 'reset_factors') {
    removeTotp(state, id)
    state.put(operator, { ...who, factorSince: null, sessionsEndedAt })
    return null
  }
  const leaves = who.roles.includes('admin') && !roles.includes('admin')
  if (leaves && adminsIn(state) <= fewestAdmins) return 'admins_too_few'
  countAdmins(state, who.roles, roles)
  state.put(operator, { ...who, ...granted, sessionsEndedAt })
  return null
}

/**
 * Another admin approves what was proposed, and it is done; or somebody declines it. Errors:
 * role_forbidden, staff_change_not_found, staff_change_not_open, approver_is_maker, login_taken,
 * admins_too_few, and those of `submit`.
 */
export function createDecideStaffChange(context: FlowContext) {
  return async (
    actor: OperatorActor,
    input: { requestId: string; changeId: string; decision: 'approve' | 'decline'; reason: string },
  ): Promise<Result<StaffChange, Problem>> => {
    const allowed = mayAct(actor, 'decideStaffChange')
    if (!allowed.ok) return allowed
    const { requestId, changeId, decision, reason } = input
    const found = await staffChangeById(context.sql, changeId)
    if (found === null) return fail({ code: 'staff_change_not_found' })
    const { id, operatorId, login } = found
    const answer = await submitAudited(context, actor, {
      command: decide,
      action: 'decideStaffChange',
      subject: operatorId,
      reason: `${decision} ${found.kind} ${found.roles.join(',')}: ${reason}`,
      id: requestId,
      content: { changeId, decision, reason },
      input: { change: { id, operatorId, login }, decision, by: actor.operatorId },
      outcomeOf: (given) => ('code' in given ? given.code : 'done'),
    })
    if (!answer.ok) return answer
    return 'code' in answer.value ? fail(answer.value) : ok(answer.value)
  }
}
