import { ok, toRfc3339 } from '#kernel'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { pageAsked, pageShown } from '../page-of.ts'

export function auditHandlers({ flows }: HandlerOptions): Handlers<'listAudit'> {
  return {
    async listAudit({ operator, query }) {
      const found = await flows.readAudit(operator, pageAsked(query))
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
  }
}
