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
      'cancelled',
      'deferred',
      'challenged',
      'held',
      'denied',
      'lapsed',
    ]),
    amount,
    /** What the fund confirmed where that was less; the rest went back. */
    confirmed_amount: amount.nullable(),
    /** What the redemption gate moved on into the next dealing day's order. */
    deferred_amount: amount,
    /** The order whose deferred part this one is. */
    deferred_from: anyId.nullable(),
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

/** What the wallet keeps may be nothing at all. */
export const standingOrderRequest = z.strictObject({
  wallet_keeps: z
    .string()
    .regex(/^(0|[1-9]\d{0,13})(\.\d{1,2})?$/)
    .meta({ description: 'Yuan as a decimal string, zero or more', examples: ['500.00'] }),
})

export const standingOrder = z
  .object({
    active: z.boolean(),
    /** null: there is none. */
    wallet_keeps: amount.nullable(),
    currency,
    /** Local time at which it is carried out, every day. */
    carried_out_at: z.string(),
    set_at: time.nullable(),
  })
  .meta({ id: 'StandingOrder' })
export type StandingOrder = z.infer<typeof standingOrder>

/** `2014-07.csv`, `2014-07.pdf`. */
export const incomeStatementParams = z.strictObject({
  file: z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])\.(csv|pdf)$/),
})

/** A month's statement on its way to whoever saves it. */
export const statementFile = z.object({
  media_type: z.string(),
  file_name: z.string(),
  /** Bytes that are not text come as base64; what is sent is the bytes. */
  encoding: z.enum(['utf8', 'base64']),
  content: z.string(),
})

/** The fund as its operator sees it. */
export const operatorFund = z
  .object({
    subscriptions: z.enum(['open', 'suspended']),
    suspended_since: time.nullable(),
    /** Fund-wide, of one day; null: no quota. */
    daily_quota: amount.nullable(),
    quota_used_today: amount,
    /** Part of all units that may leave on a dealing day before the rest is deferred. */
    gate_percent: z.string().nullable(),
    /** Latest first, at most 30. */
    shadow_prices: z.array(
      z.object({
        date: localDate,
        /** Percent against 1.00, four decimals. */
        deviation: z.string(),
        /** `watch` from 0.25 % on, `limit` from 0.5 % on: then subscriptions are suspended. */
        alert: z.enum(['none', 'watch', 'limit']),
      }),
    ),
  })
  .meta({ id: 'OperatorFund' })
export type OperatorFund = z.infer<typeof operatorFund>

/** Market value of the fund's assets per unit at the end of a day, at most six decimals. */
export const shadowPriceRequest = z.strictObject({
  date: localDate,
  shadow_nav: z
    .string()
    .regex(/^[01]\.\d{1,6}$/)
    .meta({ examples: ['0.997400'] }),
})

/** null: none, or as the product's dated rules say. */
export const fundLimitsRequest = z.strictObject({
  daily_quota: requestedAmount.nullable(),
  gate_percent: z
    .string()
    .regex(/^(100|[1-9]\d?)(\.0)?$|^\d{1,2}\.[1-9]$/)
    .nullable()
    .meta({ description: 'Percent, at most one decimal', examples: ['10'] }),
})
