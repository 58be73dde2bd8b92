import { defineRecord, keyOf, type Key, type View } from '#commit'
import type { Instant, LocalDate } from '#kernel'
import { smaller } from '#money'
import type { FundParameters } from './parameters.ts'

/** Whether the fund takes money, and the limits its operator has set beside the dated rules. */
export interface FundStatus {
  /** Always `fund`. */
  readonly id: string
  /** The latest day whose shadow price is known; null before the first. */
  readonly shadowDate: LocalDate | null
  /** Shadow price against 1.00 on that day, in millionths: -2500n is -0.25 %. */
  readonly deviation: bigint | null
  /** Subscriptions are suspended: the deviation has reached the limit. */
  readonly suspended: boolean
  readonly suspendedAt: Instant | null
  /** Fund-wide subscriptions of one local day in fen; null: as the dated rules say. */
  readonly ownQuotaFen: bigint | null
  /** The redemption gate in thousandths of all units; null: as the dated rules say. */
  readonly ownGatePerMille: number | null
  /** What was subscribed on the quota's latest day. Counted only while there is a quota. */
  readonly quotaDate: LocalDate
  readonly quotaUsedFen: bigint
  /** Day of the file 07 whose limits are in force, `''` before the first; null: no such limit. */
  readonly announcedOn: LocalDate
  readonly announcedPersonBuyFen: bigint | null
  readonly announcedPersonRedeemFen: bigint | null
  readonly announcedFundBuyFen: bigint | null
}

export const fundStatus = defineRecord<FundStatus>({
  name: 'fund.status',
  key: 'id',
  fields: {
    id: 'text',
    shadowDate: 'text',
    deviation: 'bigint',
    suspended: 'boolean',
    suspendedAt: 'instant',
    ownQuotaFen: 'bigint',
    ownGatePerMille: 'integer',
    quotaDate: 'text',
    quotaUsedFen: 'bigint',
    announcedOn: 'text',
    announcedPersonBuyFen: 'bigint',
    announcedPersonRedeemFen: 'bigint',
    announcedFundBuyFen: 'bigint',
  },
})

export const statusId = 'fund'

export function statusKey(): Key {
  return keyOf(fundStatus, statusId)
}

/** As it was before anything was ever set or recorded. */
export const untouchedStatus: FundStatus = {
  id: statusId,
  shadowDate: null,
  deviation: null,
  suspended: false,
  suspendedAt: null,
  ownQuotaFen: null,
  ownGatePerMille: null,
  quotaDate: '',
  quotaUsedFen: 0n,
  announcedOn: '',
  announcedPersonBuyFen: null,
  announcedPersonRedeemFen: null,
  announcedFundBuyFen: null,
}

export function statusIn(state: View): FundStatus {
  return state.get(fundStatus, statusId) ?? untouchedStatus
}

/**
 * Fund-wide subscriptions of a day in fen, or null while there is no quota: our operator's, else
 * the dated rules', and never more than the fund manager has announced.
 */
export function quotaOf(status: FundStatus, rules: FundParameters): bigint | null {
  return stricter(status.ownQuotaFen ?? rules.dailyQuotaFen, status.announcedFundBuyFen)
}

/** Fen that a person may subscribe on a day, by the rules and as announced; null: no limit. */
export function personBuyLimit(
  status: Pick<FundStatus, 'announcedPersonBuyFen'>,
  rules: FundParameters,
): bigint | null {
  return stricter(rules.dailySubscriptionCapFen, status.announcedPersonBuyFen)
}

function stricter(one: bigint | null, other: bigint | null): bigint | null {
  if (one === null || other === null) return one ?? other
  return smaller(one, other)
}

/** Net redemptions above so many thousandths of all units may be deferred; null: no gate. */
export function gateOf(
  status: Pick<FundStatus, 'ownGatePerMille'>,
  rules: FundParameters,
): number | null {
  return status.ownGatePerMille ?? rules.gatePerMille
}
