/** Records and logs. `holderProfile` has no table of its own: map it into the account's row. */
export {
  decisionLog, guestProfile, holderProfile, labelLog, labels, linkProfile, policyRecord,
  policyVersionLog, type DecisionRow, type HolderProfileRecord, type Label, type LabelRow,
  type LinkProfileRecord, type PolicyVersionRow,
} from './records.ts'
/** In a command: name the keys in `reads`, decide, then record what happened. No errors. */
export { addLabel, decideInCommand, guardKeys, recordEvent, recordPayment } from './in-command.ts'
export type { GuardEvent, GuardedPayment } from './in-command.ts'
/** Decisions, events and outcomes for wallets that are not ours; errors at each. */
export {
  decideForGuest, guest, guestDecisionById, guestId, takeGuestEvent, takeGuestOutcome,
  type DecideForGuest, type GuestDecided, type GuestHappening, type TakeGuestOutcome,
} from './guests/exports.ts'
/** What the guard is told, facts, one verdict on them; pure. decodeFacts throws InvariantError. */
export {
  decide, decodeFacts, encodeFacts, factFields, factNames, gatherFacts, levels, outcomes, steps,
  type Decision, type FactName, type Facts, type GuardInput, type GuardParties, type Level,
  type Outcome, type Profiles, type Proof, type Reason, type Signal, type Step, type TerminalFacts,
  type Verdict,
} from './judging.ts'
/** Policies. compilePolicy: every fault with rule, line, column. publishPolicy: policy_faulty. */
export {
  builtInPolicies, compilePolicy, policyNames, policyVersion, publishPolicy, type CompiledPolicy,
  type PolicyDocument, type PolicyFault, type PolicyName, type PolicyPublished, type PolicyRule,
  type PublishPolicy,
} from './policies/exports.ts'
/** Past decisions again (throws on unreadable facts or documents), profiles, reading. */
export {
  countDecisions, decisionById, decisionsByIds, decisionsBySubject, explainDecision, explainModel,
  labelsKnown, labelsOf, lookAtProfile, policyOfVersion, publishedPolicies, recentDecisions,
  replayDecision, showProfile, subjectsLabelled, unfitDecisions, type DecisionCount,
  type DecisionFilter, type Explanation, type ProfileShown, type PublishedPolicy, type RuleResult,
  type UnfitDecision,
} from './reads.ts'
/** Windows, networks, travels, feeds of threats; what each refuses is named in its file. */
export {
  createThreatLists, networkKinds, readNetworkList, slidingWindows, travelKmh,
  type NetworkList, type SlidingWindows, type ThreatFeedPlan, type ThreatLists,
} from './surroundings.ts'
/** Lives of policies and models: save, shadow, publish by a second person; each file's errors. */
export {
  activeModelVersion, activePolicyVersion, approvePolicy, backtestPolicy, countPhantoms,
  countShadowScores, createFeatureReader, decideFacts, decideInShadow, draftDocument, keepModelText,
  laneWithModels, loadActiveModel, loadModel, modelDrift, modelFeatureNames, modelFileOf,
  modelPublications, modelSentencesZh, modelText, modelVersions, nearestChanges, neutralFacts,
  noteBacktest, parseFeatures, phantomsOf, policyDrafts, policyWithModel, publishModel,
  readModelFile, readPolicyDocument, recordedSpan, rememberModel, rollBackModel, rollBackPolicy,
  saveModelDraft, savePolicyDraft, scoreInShadow, sentencesZh, shadowModel, shadowModels,
  shadowPolicies, shadowScoresOf, startShadow, trainModel, type BacktestResult,
  type ChangedDecision, type ModelDrift, type ModelExplanation, type ModelFile,
  type ModelPublication, type ModelRecord, type NearestChange, type PhantomCount,
  type PhantomDecision, type PolicyDraftRow, type ReadyModel, type ShadowCount,
} from './life/exports.ts'
/** Lists and snoozes, each file's errors; labels followed to mules and their neighbours. */
export {
  addListEntry, endSnooze, followLabel, isOtherwiseKnown, labelsToFollow, listEntries, mostDevices,
  mostNeighbours, phoneHash, removeListEntry, snoozeRule, snoozes, type AddListEntry,
  type LabelToFollow, type ListEntry, type ListName, type Snooze,
} from './lists/exports.ts'
