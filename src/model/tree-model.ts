/**
 * One tree as XGBoost keeps it: parallel arrays by node, the root is node 0. A row goes left when
 * value < split, both as float32; a missing value (NaN) goes where `missingLeft` says.
 */
export interface Tree {
  /** -1 on a leaf. */
  readonly left: Int32Array
  readonly right: Int32Array
  readonly feature: Int32Array
  /** On a leaf: what it adds to the margin, learning rate included. */
  readonly split: Float32Array
  readonly missingLeft: Uint8Array
  /** Sum of the hessians of the training rows that came here. */
  readonly cover: Float32Array
}

/**
 * A model of two classes: margin = log-odds of `baseScore` + one leaf of every tree; the sigmoid
 * of the margin is the score. `document` is the XGBoost JSON it was read from or trained into.
 */
export interface TreeModel {
  readonly document: unknown
  readonly features: number
  /** One per feature, or none at all. */
  readonly featureNames: readonly string[]
  /** A probability. */
  readonly baseScore: number
  readonly trees: readonly Tree[]
}

/** What the base score adds to every margin. */
export function baseMargin({ baseScore }: TreeModel): number {
  return -Math.log(1 / baseScore - 1)
}

export function sigmoid(margin: number): number {
  return 1 / (1 + Math.exp(-margin))
}
