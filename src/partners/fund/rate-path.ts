import { createSeededRandom, daysBetween, type LocalDate, required } from '#kernel'
import { divideHalfUp } from '#money'

/** Income of 10,000 units, in ten-thousandths of a yuan (12,000 = 1.2000 yuan), from a day on. */
export interface RateLevel {
  readonly from: LocalDate
  readonly rate: bigint
}

/** Our own rough levels of such funds' income over the years; an illustration, not data. */
export const usualLevels: readonly RateLevel[] = [
  { from: '2013-01-01', rate: 12_000n },
  { from: '2014-01-01', rate: 14_500n },
  { from: '2014-07-01', rate: 11_500n },
  { from: '2015-07-01', rate: 8_500n },
  { from: '2016-01-01', rate: 7_000n },
  { from: '2017-01-01', rate: 10_000n },
  { from: '2018-07-01', rate: 8_500n },
  { from: '2019-01-01', rate: 6_500n },
  { from: '2020-04-01', rate: 4_500n },
  { from: '2021-01-01', rate: 6_000n },
  { from: '2022-01-01', rate: 5_000n },
  { from: '2024-01-01', rate: 4_700n },
  { from: '2025-01-01', rate: 4_000n },
  { from: '2026-01-01', rate: 3_400n },
]

export interface RatePath {
  readonly seed: number
  /** In order of `from`; days before the first have the first one's rate. */
  readonly levels: readonly RateLevel[]
}

/**
 * The rate of a day: its level, up to 3 % off by week and 2 % off by day. It depends on seed and
 * date only, so days may be asked for in any order.
 */
export function rateOn(date: LocalDate, { seed, levels }: RatePath): bigint {
  const level = levels.findLast(({ from }) => from <= date) ?? required(levels[0], 'a level')
  const days = daysBetween('2000-01-03', date)
  const week = Math.floor(days / 7)
  const shift = permille(seed, 2 * week + 1, 30) + permille(seed, 2 * days, 20)
  return divideHalfUp(level.rate * BigInt(1_000 + shift), 1_000n)
}

/** Fen that `units` hundredths earn at a rate, half-up: units/100 x rate/10^4 / 10^4 yuan. */
export function incomeAt(units: bigint, rate: bigint): bigint {
  return divideHalfUp(units * rate, 100_000_000n)
}

function permille(seed: number, salt: number, most: number): number {
  return createSeededRandom(Math.imul(seed + 1, 2_654_435_761) ^ Math.imul(salt, 40_503)).between(
    -most,
    most,
  )
}
