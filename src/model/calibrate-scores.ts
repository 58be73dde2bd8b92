import { invariant } from '#kernel'
import { sigmoid } from './tree-model.ts'

/** How a margin becomes the probability of a theft: sigmoid(slope x margin + offset). */
export interface Calibration {
  readonly slope: number
  readonly offset: number
}

const mostSteps = 100

/**
 * Platt's scaling on rows the model has not learnt from: two numbers, fitted by Newton's method on
 * the log loss with his softened targets, (thefts + 1) / (thefts + 2) and 1 / (honest + 2), so that
 * a few hundred thefts cannot make it certain. Strictly rising, so no ranking changes. Throws
 * InvariantError when rows of one kind are missing.
 */
export function calibrateScores(margins: Float64Array, labels: Uint8Array): Calibration {
  invariant(margins.length === labels.length, 'one label per margin')
  const thefts = labels.reduce((sum, label) => sum + label, 0)
  const honest = labels.length - thefts
  invariant(thefts > 0 && honest > 0, 'calibration needs thefts and honest rows')
  const targets = [1 / (honest + 2), (thefts + 1) / (thefts + 2)]
  const aim = Float64Array.from(labels, (label) => targets[label] ?? 0)
  let now: Calibration = { slope: 0, offset: Math.log((thefts + 1) / (honest + 1)) }
  let loss = logLoss(margins, aim, now)
  for (let step = 0; step < mostSteps; step += 1) {
    const { slope, offset } = newtonStep(margins, aim, now)
    let share = 1
    let next = now
    let nextLoss = Number.POSITIVE_INFINITY
    for (; share > 1e-10 && !(nextLoss < loss); share /= 2) {
      next = { slope: now.slope - share * slope, offset: now.offset - share * offset }
      nextLoss = logLoss(margins, aim, next)
    }
    if (!(nextLoss < loss)) break
    const gained = loss - nextLoss
    now = next
    loss = nextLoss
    if (gained < 1e-12 * Math.max(1, loss)) break
  }
  invariant(now.slope > 0, 'margins do not rise with thefts')
  return now
}

export function calibrated(margin: number, { slope, offset }: Calibration): number {
  return sigmoid(slope * margin + offset)
}

function logLoss(margins: Float64Array, aim: Float64Array, { slope, offset }: Calibration): number {
  let sum = 0
  for (let i = 0; i < margins.length; i += 1) {
    const at = slope * (margins[i] as number) + offset
    // log(1 + e^at) without overflow.
    sum += Math.max(at, 0) + Math.log1p(Math.exp(-Math.abs(at))) - (aim[i] as number) * at
  }
  return sum
}

/** Gradient through the inverse of the two by two Hessian; a ridge keeps it invertible. */
function newtonStep(margins: Float64Array, aim: Float64Array, now: Calibration): Calibration {
  let [gs, go, hss, hso, hoo] = [0, 0, 1e-12, 0, 1e-12]
  for (let i = 0; i < margins.length; i += 1) {
    const margin = margins[i] as number
    const p = calibrated(margin, now)
    const off = p - (aim[i] as number)
    const h = p * (1 - p)
    gs += off * margin
    go += off
    hss += h * margin * margin
    hso += h * margin
    hoo += h
  }
  const determinant = hss * hoo - hso * hso
  return {
    slope: (hoo * gs - hso * go) / determinant,
    offset: (hss * go - hso * gs) / determinant,
  }
}
