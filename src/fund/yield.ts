import { addDays, invariant, type LocalDate } from '#kernel'
import { divideDown, divideHalfUp } from '#money'

/** Income in yuan of 10,000 units on one day, in 0.0001 yuan: 1.5787 is 15787n. */
export type Per10k = bigint
/** A yearly rate in thousandths of a percent: 5.425 % is 5425n. */
export type MilliPercent = bigint

/** 10,000 units x 0.0001 yuan: the scale between a Per10k and a rate of 1. */
const per10kScale = 100_000_000n
const windowDays = 7
const daysInYear = 365n

/** Income per 10,000 units of a day's income (fen) on all earning units (hundredths), half-up. */
export function per10kIncome(dayIncomeFen: bigint, units: bigint): Per10k {
  invariant(units > 0n, 'income per 10,000 units needs units')
  return divideHalfUp(dayIncomeFen * per10kScale, units)
}

/** Income in fen of units (hundredths) at a published per-10,000 figure, half-up to the fen. */
export function incomeAtPer10k(units: bigint, per10k: Per10k): bigint {
  return divideHalfUp(units * per10k, per10kScale)
}

/**
 * `(prod(1 + R/10000))^(365/7) - 1` of seven calendar days, half-up to 0.001 %. Exact: the
 * rounding is decided on whole numbers (a floor seventh root), so no precision has to be chosen.
 */
export function sevenDayYield(window: readonly Per10k[]): MilliPercent {
  invariant(window.length === windowDays, 'the yield window is seven calendar days')
  const growth = window.reduce((product, per10k) => {
    invariant(per10k > -per10kScale, 'a day cannot lose more than everything')
    return product * (per10kScale + per10k)
  }, 1n)
  // root = floor(2 x 100,000 x growth^(365/7)); half a step is then one unit of root.
  const one = 200_000n
  const radicand = (one ** 7n * growth ** daysInYear) / unitGrowth()
  const root = floorSeventhRoot(radicand)
  return divideDown(root - one + 1n, 2n)
}

/** The 7-day yield published for `date`, or null while one of its seven days has no figure. */
export function sevenDayYieldOn(
  date: LocalDate,
  figures: ReadonlyMap<LocalDate, Per10k>,
): MilliPercent | null {
  const window: Per10k[] = []
  for (let back = windowDays - 1; back >= 0; back -= 1) {
    const per10k = figures.get(addDays(date, -back))
    if (per10k === undefined) return null
    window.push(per10k)
  }
  return sevenDayYield(window)
}

/** 15787n -> "1.5787". */
export function formatPer10k(per10k: Per10k): string {
  return fixedPoint(per10k, 4)
}

/** 5425n -> "5.425" (percent). */
export function formatMilliPercent(rate: MilliPercent): string {
  return fixedPoint(rate, 3)
}

function fixedPoint(value: bigint, decimals: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

let unitGrowthValue: bigint | undefined
/** What the growth of seven days without income is scaled to, to the 365th: about 20,000 digits. */
function unitGrowth(): bigint {
  unitGrowthValue ??= per10kScale ** (BigInt(windowDays) * daysInYear)
  return unitGrowthValue
}

/** The largest integer whose seventh power is at most `value` (>= 0), by bisection. */
function floorSeventhRoot(value: bigint): bigint {
  let low = 0n
  let high = 1n
  while (high ** 7n <= value) high *= 2n
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (middle ** 7n <= value) low = middle
    else high = middle
  }
  return low
}
