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
