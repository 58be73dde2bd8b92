import type { Command } from '#commit'
import type { OperatorAction } from '#contract'
import {
  appendAudit,
  auditHeadKey,
  auditRows,
  findOperators,
  verifyAudit,
  type AuditFilter,
  type AuditRow,
  type AuditVerified,
} from '#identity'
import { fail, ok, type Instant, type Result } from '#kernel'
import type { FlowContext, OperatorActor, Problem } from './context.ts'
import { mayAct } from './operator-roles.ts'
import { submit } from './submit.ts'

interface NoteRead {
  readonly operator: OperatorActor
  readonly action: OperatorAction
  readonly subject: string
}

const note: Command<NoteRead, null> = {
  name: 'identity.note-operator-read',
  reads: () => [auditHeadKey()],
  apply(state, { operator, action, subject }, now) {
    const { operatorId, roles } = operator
    appendAudit(state, { operatorId, roles, action, subject, reason: null, outcome: 'read' }, now)
    return null
  },
}

/**
 * Notes that an operator is about to see personal data; it is shown only once this is kept.
 * Errors: role_forbidden, unavailable.
 */
export function createNoteOperatorRead(context: Pick<FlowContext, 'lane' | 'ids'>) {
  return async (
    operator: OperatorActor,
    { action, subject }: { action: OperatorAction; subject: string },
  ): Promise<Result<null, Problem>> => {
    const allowed = mayAct(operator, action)
    if (!allowed.ok) return allowed
    const input = { operator, action, subject }
    return submit(context, note, { owner: operator.operatorId, id: context.ids.next('req'), input })
  }
}

export interface AuditView {
  readonly row: AuditRow
  /** The operator's name; his id when nobody has it. */
  readonly name: string
}

/** The audit log, newest first. Errors: role_forbidden, cursor_unknown. */
export function createReadAudit(context: Pick<FlowContext, 'sql'>) {
  return async (
    operator: OperatorActor,
    { limit, after, only }: { limit: number; after?: string; only: AuditFilter },
  ): Promise<Result<AuditView[], Problem>> => {
    const allowed = mayAct(operator, 'listAudit')
    if (!allowed.ok) return allowed
    if (after !== undefined && !/^[1-9]\d{0,17}$/.test(after)) {
      return fail({ code: 'cursor_unknown', param: 'starting_after' })
    }
    const before = after === undefined ? null : BigInt(after)
    const rows = await auditRows(context.sql, { limit, before, only })
    const known = await findOperators(
      context.sql,
      rows.map(({ operatorId }) => operatorId),
    )
    const names = new Map(known.map(({ id, name }) => [id, name]))
    return ok(rows.map((row) => ({ row, name: names.get(row.operatorId) ?? row.operatorId })))
  }
}

/** Walks the whole chain again. Errors: role_forbidden. */
export function createReadAuditChain(context: Pick<FlowContext, 'sql' | 'now'>) {
  return async (
    operator: OperatorActor,
  ): Promise<Result<AuditVerified & { readonly at: Instant }, Problem>> => {
    const allowed = mayAct(operator, 'getAuditChain')
    if (!allowed.ok) return allowed
    return ok({ ...(await verifyAudit(context.sql)), at: context.now() })
  }
}
