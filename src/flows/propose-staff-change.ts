import type { Command } from '#commit'
import {
  freshStaffChangeKey,
  operator,
  operatorKey,
  operatorLogin,
  operatorLoginKey,
  staffChange,
  type OperatorRole,
  type StaffChange,
} from '#identity'
import { fail, ok, type Result } from '#kernel'
import { submitAudited } from './audited.ts'
import type { FlowContext, OperatorActor, Problem } from './context.ts'
import { mayAct } from './operator-roles.ts'

export type StaffWish =
  | {
      readonly kind: 'hire'
      readonly login: string
      readonly name: string
      readonly roles: readonly OperatorRole[]
      /** His first; he is asked to set up a factor with it and can do nothing else. */
      readonly password: string
    }
  | { readonly kind: 'roles'; readonly operatorId: string; readonly roles: readonly OperatorRole[] }
  | { readonly kind: 'reset_factors'; readonly operatorId: string }

type Draft = Pick<StaffChange, 'id' | 'kind' | 'operatorId' | 'login' | 'passwordHash'> & {
  readonly name: string
  readonly roles: readonly OperatorRole[] | null
  readonly reason: string
  readonly proposedBy: string
}
type Proposed = StaffChange | { readonly code: Problem['code'] }

const propose: Command<Draft, Proposed> = {
  name: 'identity.propose-staff-change',
  reads: ({ id, operatorId, login, kind }) => [
    freshStaffChangeKey(id),
    operatorKey(operatorId),
    ...(kind === 'hire' ? [operatorLoginKey(login)] : []),
  ],
  apply(state, draft, now) {
    const who = state.get(operator, draft.operatorId)
    if (draft.kind === 'hire') {
      if (state.get(operatorLogin, draft.login) !== undefined) return { code: 'login_taken' }
    } else if (who === undefined) return { code: 'operator_not_found' }
    const { login, name } = who ?? draft
    const roles = draft.roles ?? who?.roles ?? []
    const open = { state: 'open', decidedBy: null, decidedAt: null, proposedAt: now } as const
    const made: StaffChange = { ...draft, login, name, roles, ...open }
    state.put(staffChange, made)
    return made
  },
}

/**
 * One admin proposes what another one decides: a new member of staff, other roles (none: he
 * leaves), or factors taken away because a phone was lost.
 * Errors: role_forbidden, login_taken, operator_not_found, and those of `submit`.
 */
export function createProposeStaffChange(context: FlowContext) {
  return async (
    actor: OperatorActor,
    input: { requestId: string; reason: string; wish: StaffWish },
  ): Promise<Result<StaffChange, Problem>> => {
    const allowed = mayAct(actor, 'proposeStaffChange')
    if (!allowed.ok) return allowed
    const { requestId, reason, wish } = input
    const { ids, passwords } = context
    const hired = wish.kind === 'hire'
    const draft: Draft = {
      id: ids.next('stf'),
      kind: wish.kind,
      operatorId: hired ? ids.next('opr') : wish.operatorId,
      login: hired ? wish.login.toLowerCase() : '',
      name: hired ? wish.name : '',
      roles: wish.kind === 'reset_factors' ? null : [...new Set(wish.roles)],
      passwordHash: hired ? await passwords.hash(wish.password) : null,
      reason,
      proposedBy: actor.operatorId,
    }
    const { kind, login, name, roles } = draft
    const about = hired ? null : draft.operatorId
    const answer = await submitAudited(context, actor, {
      command: propose,
      action: 'proposeStaffChange',
      subject: draft.operatorId,
      reason: `${kind}${roles === null ? '' : ` ${roles.join(',')}`}: ${reason}`,
      id: requestId,
      content: { kind, about, login, name, roles, reason },
      input: draft,
      outcomeOf: (given) => ('code' in given ? given.code : 'done'),
    })
    if (!answer.ok) return answer
    return 'code' in answer.value ? fail(answer.value) : ok(answer.value)
  }
}
