import {
  fundStatusNow,
  gateOf,
  parametersOn,
  quotaOf,
  recordShadowPrice,
  setFundLimits,
  shadowPrices,
  type FundLimits,
  type ShadowPrice,
} from '#fund'
import { fail, localDateOf, ok, type Instant, type LocalDate, type Result } from '#kernel'
import { submitAudited } from './audited.ts'
import type { FlowContext, OperatorActor, Problem } from './context.ts'
import { mayAct } from './operator-roles.ts'

/** The fund as its operator sees it. */
export interface OperatorFundView {
  /** null while subscriptions are taken. */
  readonly suspendedSince: Instant | null
  /** Fund-wide, of one day, in fen; null: no quota. */
  readonly quotaFen: bigint | null
  readonly quotaUsedFen: bigint
  readonly gatePerMille: number | null
  /** Latest first. */
  readonly shadowPrices: readonly ShadowPrice[]
}

const shownPrices = 30

export function createReadOperatorFund(context: Pick<FlowContext, 'sql' | 'now'>) {
  return async (): Promise<OperatorFundView> => {
    const today = localDateOf(context.now())
    const rules = parametersOn(today)
    const [status, prices] = await Promise.all([
      fundStatusNow(context.sql),
      shadowPrices(context.sql, shownPrices),
    ])
    return {
      suspendedSince: status.suspendedAt,
      quotaFen: quotaOf(status, rules),
      quotaUsedFen: status.quotaDate === today ? status.quotaUsedFen : 0n,
      gatePerMille: gateOf(status, rules),
      shadowPrices: prices,
    }
  }
}

/**
 * Notes a day's shadow price; a second one for the day corrects the first.
 * Errors: role_forbidden, request_malformed (a day to come), and those of `submit`.
 */
export function createRecordShadowPrice(context: Pick<FlowContext, 'lane' | 'now' | 'log'>) {
  return async (
    operator: OperatorActor,
    input: { requestId: string; date: LocalDate; deviation: bigint },
  ): Promise<Result<null, Problem>> => {
    const allowed = mayAct(operator, 'recordShadowPrice')
    if (!allowed.ok) return allowed
    const { requestId: id, date, deviation } = input
    if (date > localDateOf(context.now())) return fail({ code: 'request_malformed', param: 'date' })
    const noted = await submitAudited(context, operator, {
      command: recordShadowPrice,
      action: 'recordShadowPrice',
      subject: date,
      id,
      input: { date, deviation },
    })
    if (!noted.ok) return noted
    const { alert } = noted.value.price
    if (alert !== 'none') {
      context.log.warn({ date, alert, deviation: deviation.toString() }, 'shadow price alert')
    }
    return ok(null)
  }
}

/** Sets the quota and the gate. Errors: role_forbidden, and those of `submit`. */
export function createSetFundLimits(context: Pick<FlowContext, 'lane'>) {
  return async (
    operator: OperatorActor,
    input: { requestId: string } & FundLimits,
  ): Promise<Result<null, Problem>> => {
    const allowed = mayAct(operator, 'setFundLimits')
    if (!allowed.ok) return allowed
    const { requestId: id, ...limits } = input
    const done = await submitAudited(context, operator, {
      command: setFundLimits,
      action: 'setFundLimits',
      subject: 'fund',
      id,
      input: limits,
    })
    return done.ok ? ok(null) : done
  }
}
