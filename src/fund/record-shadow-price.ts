import { defineRecord, keyOf, type Command } from '#commit'
import type { Instant, LocalDate } from '#kernel'
import { fundStatus, statusIn, statusKey, type FundStatus } from './status-record.ts'

/** `watch` at +-0.25 %, `limit` at +-0.5 %: both tell the operator, `limit` also suspends. */
export type ShadowAlert = 'none' | 'watch' | 'limit'

/** What the fund's assets were worth per unit at the end of a day. */
export interface ShadowPrice {
  /** The date. */
  readonly id: LocalDate
  /** Against 1.00, in millionths. */
  readonly deviation: bigint
  readonly alert: ShadowAlert
  readonly recordedAt: Instant
}

export const shadowPrice = defineRecord<ShadowPrice>({
  name: 'fund.shadow_price',
  key: 'id',
  fields: { id: 'text', deviation: 'bigint', alert: 'text', recordedAt: 'instant' },
})

/** Topic of the message that the shadow price raised or ended an alert. */
export const shadowAlertTopic = 'fund.shadow_alert'

const watchMillionths = 2_500n
const limitMillionths = 5_000n

/** Both thresholds count when reached, above and below. Millionths. */
export function shadowAlertOf(deviation: bigint): ShadowAlert {
  const size = deviation < 0n ? -deviation : deviation
  if (size >= limitMillionths) return 'limit'
  return size >= watchMillionths ? 'watch' : 'none'
}

/**
 * Notes a day's shadow price. The latest day decides: at the limit subscriptions are suspended,
 * and taken again with the first later day (or a correction of the same one) within it. An earlier
 * day than the latest is kept and changes nothing. Orders already placed are not touched.
 */
export const recordShadowPrice: Command<
  { date: LocalDate; deviation: bigint },
  { price: ShadowPrice; status: FundStatus }
> = {
  name: 'fund.record_shadow_price',
  reads: ({ date }) => [statusKey(), keyOf(shadowPrice, date)],
  apply(state, { date, deviation }, now) {
    const alert = shadowAlertOf(deviation)
    const price: ShadowPrice = { id: date, deviation, alert, recordedAt: now }
    state.put(shadowPrice, price)
    const present = statusIn(state)
    if (present.shadowDate !== null && present.shadowDate > date) return { price, status: present }
    const suspended = alert === 'limit'
    const suspendedAt = suspended ? (present.suspendedAt ?? now) : null
    const status: FundStatus = { ...present, shadowDate: date, deviation, suspended, suspendedAt }
    state.put(fundStatus, status)
    const before = present.deviation === null ? 'none' : shadowAlertOf(present.deviation)
    if (alert !== before) state.emit(shadowAlertTopic, { date, alert })
    return { price, status }
  },
}
