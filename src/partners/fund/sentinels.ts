import type { LocalDate } from '#kernel'

/** Days of 1999, before the product: each has a fixed behaviour. */
export const fundSentinels = {
  /** Orders of this dealing day are rejected as a whole. */
  rejected: '1999-01-04',
  /** A day on which the fund lost 12.34. */
  lossDay: '1999-01-05',
  timeout: '1999-01-06',
  rateLimited: '1999-01-07',
  unavailable: '1999-01-08',
  malformedAnswer: '1999-01-09',
} as const satisfies Record<string, LocalDate>
export type FundSentinel = keyof typeof fundSentinels

/** Fen that every fund loses on `lossDay`. */
export const sentinelLoss = -1_234n

/** What a day is a sentinel for; undefined for an ordinary one. */
export function fundSentinelOf(date: LocalDate): FundSentinel | undefined {
  return names.find((name) => fundSentinels[name] === date)
}

const names = Object.keys(fundSentinels) as FundSentinel[]
