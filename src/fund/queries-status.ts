import type { Sql } from '#database'
import type { ShadowPrice } from './record-shadow-price.ts'
import { untouchedStatus, type FundStatus } from './status-record.ts'

/** Whether the fund takes subscriptions, and the limits its operator has set. */
export async function fundStatusNow(sql: Sql): Promise<FundStatus> {
  const [row] = await sql<FundStatus[]>`
    select id, shadow_date as "shadowDate", deviation, suspended, suspended_at as "suspendedAt",
      own_quota_fen as "ownQuotaFen", own_gate_per_mille as "ownGatePerMille",
      quota_date as "quotaDate", quota_used_fen as "quotaUsedFen", announced_on as "announcedOn",
      announced_person_buy_fen as "announcedPersonBuyFen",
      announced_person_redeem_fen as "announcedPersonRedeemFen",
      announced_fund_buy_fen as "announcedFundBuyFen"
    from fund.status`
  return row ?? untouchedStatus
}

/** The latest shadow prices, latest day first. */
export async function shadowPrices(sql: Sql, limit: number): Promise<ShadowPrice[]> {
  return sql<ShadowPrice[]>`
    select id, deviation, alert, recorded_at as "recordedAt"
    from fund.shadow_price order by id desc limit ${limit}`
}
