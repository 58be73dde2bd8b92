import { ok } from '#kernel'
import { fenOf } from '../fen-of.ts'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { standingOrderOf } from '../presenters/fund.ts'
import { incomeStatementPdf } from '../presenters/income-statement-pdf.ts'
import { incomeStatementCsv } from '../presenters/income-statement.ts'

type Names = 'getStandingOrder' | 'setStandingOrder' | 'clearStandingOrder' | 'getIncomeStatement'

export function fundStandingHandlers({ flows }: HandlerOptions): Handlers<Names> {
  return {
    getStandingOrder: async ({ actor }) =>
      ok(standingOrderOf(await flows.readStandingOrder(actor))),
    async setStandingOrder({ actor, key: requestId, body }) {
      const keepFen = fenOf(body.wallet_keeps)
      const set = await flows.changeStandingOrder(actor, { requestId, keepFen })
      return set.ok ? ok(standingOrderOf(set.value)) : set
    },
    async clearStandingOrder({ actor, key: requestId }) {
      const ended = await flows.changeStandingOrder(actor, { requestId, keepFen: null })
      return ended.ok ? ok(standingOrderOf(null)) : ended
    },
    async getIncomeStatement({ actor, params }) {
      const month = params.file.slice(0, 7)
      const read = await flows.readIncomeStatement(actor, month)
      if (!read.ok) return read
      const file_name = `coffer-statement-${params.file}`
      if (params.file.endsWith('.csv')) {
        const media_type = 'text/csv; charset=utf-8; header=present'
        const content = incomeStatementCsv(read.value)
        return ok({ media_type, file_name, encoding: 'utf8' as const, content })
      }
      const pdf = await incomeStatementPdf(read.value)
      const content = Buffer.from(pdf).toString('base64')
      const encoding = 'base64' as const
      return ok({ media_type: 'application/pdf', file_name, encoding, content })
    },
  }
}
