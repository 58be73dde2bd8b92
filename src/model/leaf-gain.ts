/** Penalties and the limits that monotone constraints put on a node's weight. */
export interface Penalty {
  readonly lambda: number
  readonly alpha: number
}

export interface WeightLimits {
  readonly lower: number
  readonly upper: number
}

/** The weight of a leaf with gradient sum g and hessian sum h, before the learning rate. */
export function leafWeight({ g, h }: { g: number; h: number }, penalty: Penalty): number {
  if (h <= 0) return 0
  return -shrunk(g, penalty.alpha) / (h + penalty.lambda)
}

/** Twice the loss that such a leaf takes away: (|g| - alpha)^2 / (h + lambda). */
export function leafGain(g: number, h: number, { lambda, alpha }: Penalty): number {
  if (h <= 0) return 0
  if (alpha === 0) return (g * g) / (h + lambda)
  const rest = shrunk(g, alpha)
  return (rest * rest) / (h + lambda)
}

/** The same for a weight that is not the best one, because a limit forbids that. */
export function gainOfWeight(
  { g, h }: { g: number; h: number },
  weight: number,
  { lambda, alpha }: Penalty,
): number {
  if (h <= 0) return 0
  return -(2 * g * weight + (h + lambda) * weight * weight + 2 * alpha * Math.abs(weight))
}

export function clamp(weight: number, { lower, upper }: WeightLimits): number {
  return Math.min(upper, Math.max(lower, weight))
}

function shrunk(g: number, alpha: number): number {
  if (g > alpha) return g - alpha
  return g < -alpha ? g + alpha : 0
}
