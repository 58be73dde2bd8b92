/** Policies and models: the operators' flows; each file's errors. */
export {
  createActAs,
  createApprovePolicy,
  createBacktest,
  createBacktestDraft,
  createReadPolicies,
  createRollBackPolicy,
  createSavePolicy,
  createShadowPolicy,
  dryRunPolicy,
  type PoliciesView,
} from './policy-life.ts'
export {
  createExportModel,
  createImportModel,
  createPublishModel,
  createReadDrift,
  createReadModel,
  createReadModels,
  createRollBackModel,
  createShadowModel,
  createTrainModel,
} from './model-life.ts'
export { createListFlows, type ListWish, type SnoozeWish } from './keep-lists.ts'
