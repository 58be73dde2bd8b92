import { invariant } from '#kernel'
import { poissonInterval, type Interval } from './poisson-interval.ts'

/**
 * A rate is never shown bare: what was counted, against what, and how far the truth may be from
 * it. Statistics, not money: floats are fine here.
 */
export interface TheftRate {
  /** Thefts counted: succeeded, unless said otherwise. */
  readonly numerator: number
  /** Exposure: account-years, payments, or yuan moved. */
  readonly denominator: number
  /** The rate is per so many of the denominator. */
  readonly per: number
  /** null when nothing was exposed: no rate can be told. */
  readonly rate: number | null
  /** Exact two-sided 95 % Poisson interval of the rate; null with it. */
  readonly interval: Interval | null
}

export interface TheftExposure {
  readonly thefts: number
  readonly accountYears: number
  readonly payments: number
  readonly yuanMoved: number
}

/** The three rates that are always shown together. */
export interface TheftRates {
  readonly perAccountYears: TheftRate
  readonly perPayments: TheftRate
  readonly perYuanMoved: TheftRate
}

const oneHundredThousand = 100_000

/** Thefts per 100,000 account-years, per 100,000 payments and per yuan moved. */
export function theftRates(exposure: TheftExposure): TheftRates {
  const { thefts, accountYears, payments, yuanMoved } = exposure
  return {
    perAccountYears: theftRate(thefts, accountYears, oneHundredThousand),
    perPayments: theftRate(thefts, payments, oneHundredThousand),
    perYuanMoved: theftRate(thefts, yuanMoved, 1),
  }
}

/** `numerator` thefts among `denominator` exposed, as a rate per `per`, with its interval. */
export function theftRate(numerator: number, denominator: number, per: number): TheftRate {
  invariant(denominator >= 0 && per > 0, 'exposure and scale are not negative')
  if (denominator === 0) return { numerator, denominator, per, rate: null, interval: null }
  const scaled = (events: number) => (events * per) / denominator
  const { lower, upper } = poissonInterval(numerator)
  return {
    numerator,
    denominator,
    per,
    rate: scaled(numerator),
    interval: { lower: scaled(lower), upper: scaled(upper) },
  }
}

/**
 * How much exposure without a single theft is needed before "less than `rate` per `per`" may be
 * claimed: below 1 per 100,000 it is about 369,000.
 */
export function exposureToClaim(rate: number, per: number): number {
  invariant(rate > 0 && per > 0, 'a claimed rate is above zero')
  return (poissonInterval(0).upper * per) / rate
}
