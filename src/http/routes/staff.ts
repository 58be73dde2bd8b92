import type { AnswerOf, Routes } from '#contract'
import type { FlowProblem, StaffWish } from '#flows'
import type { StaffChange } from '#identity'
import { ok, type Result } from '#kernel'
import type { Call, Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { timeOf, timeOrNull } from '../presenters/scalars.ts'

type Shown = AnswerOf<Routes['decideStaffChange']>
type Names = 'listStaff' | 'proposeStaffChange' | 'decideStaffChange'

export function staffHandlers({ flows }: HandlerOptions): Handlers<Names> {
  return {
    async listStaff({ operator }) {
      const read = await flows.readStaff(operator)
      if (!read.ok) return read
      const data = read.value.staff.map(({ factorSince, lastSignInAt, createdAt, ...who }) => ({
        ...who,
        roles: [...who.roles],
        factor_since: timeOrNull(factorSince),
        last_sign_in_at: timeOrNull(lastSignInAt),
        created_at: timeOf(createdAt),
      }))
      return ok({ data, changes: read.value.changes.map(changeOf) })
    },
    async proposeStaffChange({ operator, key: requestId, body }) {
      const wish = { requestId, reason: body.reason, wish: wishOf(body) }
      return shown(await flows.proposeStaffChange(operator, wish))
    },
    async decideStaffChange({ operator, key: requestId, params, body }) {
      return shown(
        await flows.decideStaffChange(operator, { requestId, changeId: params.id, ...body }),
      )
    },
  }
}

function wishOf(body: Call<Routes['proposeStaffChange']>['body']): StaffWish {
  if (body.kind === 'hire') return body
  const { operator_id: operatorId } = body
  if (body.kind === 'reset_factors') return { kind: body.kind, operatorId }
  return { kind: body.kind, operatorId, roles: body.roles }
}

function shown(answer: Result<StaffChange, FlowProblem>): Result<Shown, FlowProblem> {
  return answer.ok ? ok(changeOf(answer.value)) : answer
}

function changeOf(change: StaffChange): Shown {
  const { id, kind, login, name, roles, reason, state } = change
  return {
    id,
    kind,
    operator_id: change.operatorId,
    login,
    name,
    roles: [...roles],
    reason,
    state,
    proposed_by: change.proposedBy,
    proposed_at: timeOf(change.proposedAt),
    decided_by: change.decidedBy,
    decided_at: timeOrNull(change.decidedAt),
  }
}
