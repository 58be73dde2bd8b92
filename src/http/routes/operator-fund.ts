import type { FlowProblem } from '#flows'
import { ok, type Result } from '#kernel'
import { fenOf } from '../fen-of.ts'
import type { Handlers } from '../handler.ts'
import type { HandlerOptions } from '../handlers.ts'
import { operatorFundOf, perMilleOf, deviationOf } from '../presenters/operator-fund.ts'

type Names = 'getOperatorFund' | 'recordShadowPrice' | 'setFundLimits'

export function operatorFundHandlers({ flows }: HandlerOptions): Handlers<Names> {
  const show = async () => ok(operatorFundOf(await flows.readOperatorFund()))
  const shown = async (done: Result<null, FlowProblem>) => (done.ok ? show() : done)
  return {
    getOperatorFund: show,
    async recordShadowPrice({ operator, key: requestId, body }) {
      const { date, shadow_nav: nav } = body
      const wish = { requestId, date, deviation: deviationOf(nav) }
      return shown(await flows.recordShadowPrice(operator, wish))
    },
    async setFundLimits({ operator, key: requestId, body }) {
      const { daily_quota: quota, gate_percent: gate } = body
      const quotaFen = quota === null ? null : fenOf(quota)
      const gatePerMille = gate === null ? null : perMilleOf(gate)
      return shown(await flows.setFundLimits(operator, { requestId, quotaFen, gatePerMille }))
    },
  }
}
