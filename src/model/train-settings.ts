/** How a model is trained; names and meanings as in XGBoost. */
export interface TrainSettings {
  /** At most so many trees. */
  readonly trees: number
  /** What part of each leaf's weight is taken (eta). */
  readonly rate: number
  readonly maxDepth: number
  /** A child must hold at least this sum of hessians. */
  readonly minChildWeight: number
  /** L2 penalty on leaf weights. */
  readonly lambda: number
  /** L1 penalty on leaf weights. */
  readonly alpha: number
  /** A last split that gains less is taken back. */
  readonly gamma: number
  /** Part of the rows drawn for each tree; 1: all. */
  readonly subsample: number
  /** The probability every row starts from. */
  readonly baseScore: number
  /** Per feature: 1, the score never falls as it grows; -1, never rises; 0, free. Empty: free. */
  readonly monotone: readonly (-1 | 0 | 1)[]
}

/** XGBoost's own defaults (100 trees, rate 0.3, depth 6). */
export const defaultSettings: TrainSettings = {
  trees: 100,
  rate: 0.3,
  maxDepth: 6,
  minChildWeight: 1,
  lambda: 1,
  alpha: 0,
  gamma: 0,
  subsample: 1,
  baseScore: 0.5,
  monotone: [],
}
