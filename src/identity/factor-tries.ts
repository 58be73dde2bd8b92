import { minute, type Instant } from '#kernel'

/** Wrong tries at one factor of one customer; whoever gets this far has shown his password. */
export interface FactorTries {
  readonly failures: number
  readonly failedSince: Instant | null
}

const triesAllowed = 5
const triesWindowMs = 15 * minute

export const noTries: FactorTries = { failures: 0, failedSince: null }

export function triesSpent({ failures, failedSince }: FactorTries, now: Instant): boolean {
  return failures >= triesAllowed && failedSince !== null && now - failedSince < triesWindowMs
}

export function oneMore({ failures, failedSince }: FactorTries, now: Instant): FactorTries {
  const same = failedSince !== null && now - failedSince < triesWindowMs
  return same ? { failures: failures + 1, failedSince } : { failures: 1, failedSince: now }
}
