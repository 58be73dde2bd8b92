export interface Share {
  readonly count: number
  readonly of: number
  /** null when there was nothing to count. */
  readonly share: number | null
  /** 95 % confidence, both ends; [0, 1] when there was nothing to count. */
  readonly low: number
  readonly high: number
}

/** Standard normal quantile of 0.975. */
const z = 1.959963984540054

/**
 * A share with its Wilson score interval at 95 %: sensible also at 0, at all, and for few.
 * Wilson, E. B. (1927), Journal of the American Statistical Association 22, 209-212.
 */
export function shareOf(count: number, of: number): Share {
  if (of === 0) return { count, of, share: null, low: 0, high: 1 }
  const share = count / of
  const denominator = 1 + (z * z) / of
  const middle = (share + (z * z) / (2 * of)) / denominator
  const half = (z / denominator) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))
  const low = count === 0 ? 0 : middle - half
  return { count, of, share, low, high: count === of ? 1 : middle + half }
}
