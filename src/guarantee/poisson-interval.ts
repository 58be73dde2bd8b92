import { invariant } from '#kernel'

export interface Interval {
  readonly lower: number
  readonly upper: number
}

/**
 * The exact two-sided interval (Garwood 1936) of a Poisson mean after `events` were counted. Its
 * limits are half the chi-square quantiles with 2k and 2k+2 degrees of freedom, that is, gamma
 * quantiles of shape k and k+1.
 */
export function poissonInterval(events: number, confidence = 0.95): Interval {
  invariant(Number.isSafeInteger(events) && events >= 0, 'events are a whole number')
  invariant(confidence > 0 && confidence < 1, 'confidence lies between 0 and 1')
  const tail = (1 - confidence) / 2
  return {
    lower: events === 0 ? 0 : gammaQuantile(events, tail),
    upper: gammaQuantile(events + 1, 1 - tail),
  }
}

/** The x at which the gamma distribution of this shape reaches `probability`, by bisection. */
function gammaQuantile(shape: number, probability: number): number {
  let low = 0
  let high = shape + 10 * Math.sqrt(shape) + 10
  while (gammaProbability(shape, high) < probability) high *= 2
  for (;;) {
    const middle = (low + high) / 2
    // Neighbouring floats: nothing lies between them any more.
    if (middle <= low || middle >= high) return middle
    if (gammaProbability(shape, middle) < probability) low = middle
    else high = middle
  }
}

/** Regularised lower incomplete gamma P(shape, x): series below the mode, fraction above it. */
function gammaProbability(shape: number, x: number): number {
  if (x <= 0) return 0
  const front = Math.exp(shape * Math.log(x) - x - logGamma(shape))
  return x < shape + 1 ? front * lowerSeries(shape, x) : 1 - front * upperFraction(shape, x)
}

const epsilon = 1e-16
const tiny = 1e-300

/** sum of x^n / (shape (shape+1) ... (shape+n)); all terms positive, falling. */
function lowerSeries(shape: number, x: number): number {
  let term = 1 / shape
  let sum = term
  for (let n = 1; term > sum * epsilon; n += 1) {
    term *= x / (shape + n)
    sum += term
  }
  return sum
}

/** The continued fraction of the upper part, by Lentz's method. */
function upperFraction(shape: number, x: number): number {
  let b = x + 1 - shape
  let c = 1 / tiny
  let d = 1 / b
  let fraction = d
  // Near the mode about sqrt(shape) steps are needed; the bound only guards against a slow tail.
  const steps = 1_000 + 20 * Math.sqrt(shape)
  for (let n = 1; n <= steps; n += 1) {
    const a = n * (shape - n)
    b += 2
    d = 1 / nonZero(a * d + b)
    c = nonZero(b + a / c)
    const change = d * c
    fraction *= change
    if (Math.abs(change - 1) < 1e-15) break
  }
  return fraction
}

function nonZero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value
}

/** Lanczos, g = 7, nine terms: about 15 digits for arguments of 1 and above. */
const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
]

function logGamma(value: number): number {
  const x = value - 1
  let series = 0.9999999999998099
  for (const [index, term] of lanczos.entries()) series += term / (x + index + 1)
  const t = x + 7.5
  return Math.log(2 * Math.PI) / 2 + (x + 0.5) * Math.log(t) - t + Math.log(series)
}
