import { invariant } from '#kernel'

/** numerator / denominator rounded half away from zero. The denominator must be positive. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  invariant(denominator > 0n, 'denominator must be positive')
  const negative = numerator < 0n
  const size = negative ? -numerator : numerator
  const rounded = (2n * size + denominator) / (2n * denominator)
  return negative ? -rounded : rounded
}

/** numerator / denominator rounded towards plus infinity. The denominator must be positive. */
export function divideUp(numerator: bigint, denominator: bigint): bigint {
  invariant(denominator > 0n, 'denominator must be positive')
  const quotient = numerator / denominator
  return numerator > quotient * denominator ? quotient + 1n : quotient
}

/** numerator / denominator rounded towards minus infinity. The denominator must be positive. */
export function divideDown(numerator: bigint, denominator: bigint): bigint {
  return -divideUp(-numerator, denominator)
}

export function smaller(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

export function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
