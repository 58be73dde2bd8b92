/** A policy's life: save, shadow, backtest, approve by a second person; each file's errors. */
export { decideFacts, neutralFacts } from '../decide-facts.ts'
export { sentencesZh } from '../sentences-zh.ts'
export { nearestChanges, type NearestChange } from '../nearest-change.ts'
export { readPolicyDocument } from '../read-policy-document.ts'
export { savePolicyDraft } from './save-policy-draft.ts'
export { startShadow } from './start-shadow.ts'
export { noteBacktest } from './note-backtest.ts'
export { approvePolicy } from './approve-policy.ts'
export { rollBackPolicy } from './roll-back-policy.ts'
export {
  activePolicyVersion,
  draftDocument,
  policyDrafts,
  shadowPolicies,
  type PolicyDraftRow,
} from './policy-draft-queries.ts'
export {
  countPhantoms,
  decideInShadow,
  phantomsOf,
  type PhantomCount,
  type PhantomDecision,
} from './shadow-decisions.ts'
/** Recorded facts under a candidate policy. Throws on unreadable facts; database faults reject. */
export {
  backtestPolicy,
  type BacktestResult,
  type ChangedDecision,
} from '../backtest/backtest-policy.ts'
export { recordedSpan } from '../backtest/backtest-queries.ts'
/** A model's life, its training and its drift; each file's errors. */
export { readModelFile, type ModelFile } from '../models/model-document.ts'
export { keepModelText, loadActiveModel, loadModel, modelText } from '../models/model-queries.ts'
export { activeModelVersion, modelPublications, modelVersions } from '../models/model-queries.ts'
export { shadowModels, type ModelPublication } from '../models/model-queries.ts'
export { laneWithModels } from '../models/lane-with-models.ts'
export { policyWithModel } from '../models/policy-with-model.ts'
export { modelSentencesZh } from '../models/model-reasons.ts'
export { countShadowScores, scoreInShadow, shadowScoresOf } from '../models/score-in-shadow.ts'
export type { ShadowCount } from '../models/score-in-shadow.ts'
export { saveModelDraft } from '../models/save-model-draft.ts'
export { shadowModel } from '../models/shadow-model.ts'
export { publishModel } from '../models/publish-model.ts'
export { rollBackModel } from '../models/roll-back-model.ts'
export { trainModel } from '../models/train-model.ts'
export { modelDrift, type ModelDrift } from '../models/model-drift.ts'
export type { ModelRecord } from '../models/model-record.ts'
export type { ModelExplanation } from '../models/explain-by-model.ts'
/** For making and measuring a model oneself. rememberModel throws on another version's text. */
export { modelFileOf } from '../models/model-document.ts'
export { createFeatureReader, modelFeatureNames, parseFeatures } from '../models/model-features.ts'
export { rememberModel, type ReadyModel } from '../models/ready-model.ts'
