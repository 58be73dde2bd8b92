import { z } from 'zod'
import { outcome, reason } from './guard-words.ts'
import {
  amount,
  anyId,
  currency,
  localDate,
  requestedAmount,
  requestedCurrency,
  time,
} from './scalars.ts'

/** What the fund published for one calendar day. */
export const yieldDay = z
  .object({
    date: localDate,
    /** Yuan per 10,000 units, four decimals. */
    per_10k: z.string(),
    /** Percent, three decimals; null until seven days are known. */
    seven_day_yield: z.string().nullable(),
  })
  .meta({ id: 'YieldDay' })
export type YieldDay = z.infer<typeof yieldDay>

export const fund = z
  .object({
    name: z.string(),
    manager: z.string(),
    nav: z.string(),
    currency,
    latest: yieldDay.nullable(),
    /** Oldest first. */
    yields: z.array(yieldDay),
    cut_off: z.string(),
    next_cut_off_at: time,
    next_dealing_day: localDate,
    is_dealing_day: z.boolean(),
    holding_cap: amount.nullable(),
    fast_redemption_cap: amount.nullable(),
  })
  .meta({ id: 'Fund' })
export type Fund = z.infer<typeof fund>

export const subscriptionRequest = z.strictObject({
  amount: requestedAmount,
  currency: requestedCurrency,
})
/** `fast` is in the wallet at once; `normal` on the next dealing day. */
export const redemptionRequest = z.strictObject({
  amount: requestedAmount,
  currency: requestedCurrency,
  speed: z.enum(['fast', 'normal']).default('fast'),
})

export const fundOrder = z
  .object({
    id: anyId,
    kind: z.enum(['subscription', 'fast_redemption', 'normal_redemption']),
    state: z.enum([
      'accepted',
      'sent',
      'confirmed',
      'paid',
      'rejected',
      'challenged',
      'held',
      'denied',
      'lapsed',
    ]),
    amount,
    currency,
    created_at: time,
    dealing_day: localDate,
    confirms_on: localDate,
    /** First day that bought units earn; last day that redeemed units earn. */
    earns_from: localDate.nullable(),
    earns_until: localDate.nullable(),
    income_shown_on: localDate.nullable(),
    outcome: outcome.nullable(),
    reasons: z.array(reason),
  })
  .meta({ id: 'FundOrder' })
export type FundOrder = z.infer<typeof fundOrder>
