/** A model, from and to XGBoost's JSON. readModel: model_malformed, model_unsupported. */
export { readModel, type ModelFault } from './read-model.ts'
export { writeModel } from './write-model.ts'
export type { Tree, TreeModel } from './tree-model.ts'
/** Scoring and its reasons. No errors. */
export { createScorer, type Scorer } from './create-scorer.ts'
export { explainScore, type ScoreExplanation } from './explain-score.ts'
export { createPathReader, type PathReader } from './create-path-reader.ts'
/** Training; both throw InvariantError on rows or settings that make no sense. */
export { sortColumns, type TrainingSet } from './training-set.ts'
export { trainTrees, type Trained, type TrainOptions, type Validation } from './train-trees.ts'
export { defaultSettings, type TrainSettings } from './train-settings.ts'
/** How good scores are. NaN where there is nothing to find. */
export {
  areaUnderRoc,
  averagePrecision,
  cardPrecisionAt,
  recallAtFalsePositiveRate,
  type CardPayment,
  type Ranked,
} from './ranking-metrics.ts'
/** Margins to probabilities (InvariantError without rows of both kinds); drift since training. */
export { calibrated, calibrateScores, type Calibration } from './calibrate-scores.ts'
export {
  distributionOf,
  driftLines,
  populationStability,
  type Distribution,
} from './population-stability.ts'
