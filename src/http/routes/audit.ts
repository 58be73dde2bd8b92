import { ok, toRfc3339 } from '#kernel'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { pageAsked, pageShown } from '../page-of.ts'

export function auditHandlers({ flows }: HandlerOptions): Handlers<'listAudit' | 'getAuditChain'> {
  return {
    async listAudit({ operator, query }) {
      const { operator_id: operatorId, action, subject } = query
      const only = { operatorId, action, subject }
      const found = await flows.readAudit(operator, { ...pageAsked(query), only })
      if (!found.ok) return found
      return ok(
        pageShown(found.value, query.limit, ({ row, name }) => ({
          id: String(row.number),
          operator_id: row.operatorId,
          operator_name: name,
          roles: row.roles.split(','),
          action: row.action,
          subject: row.subject,
          reason: row.reason,
          outcome: row.outcome,
          at: toRfc3339(row.at),
          hash: row.hash,
        })),
      )
    },
    async getAuditChain({ operator }) {
      const walked = await flows.readAuditChain(operator)
      if (!walked.ok) return walked
      const { ok: holds, checked, broken, at } = walked.value
      return ok({ ok: holds, checked, broken: [...broken], checked_at: toRfc3339(at) })
    },
  }
}
