/** Records and logs. `holderProfile` has no table of its own: map it into the account's row. */
export {
  decisionLog, guestProfile, holderProfile, labelLog, labels, linkProfile, policyRecord,
  policyVersionLog, type DecisionRow, type HolderProfileRecord, type Label, type LabelRow,
  type LinkProfileRecord, type PolicyVersionRow,
} from './records.ts'
/** What the flow tells the guard, and what the guard answers. */
export type { GuardInput, GuardParties, Proof, Signal, TerminalFacts } from './guard-input.ts'
export {
  levels, outcomes, steps,
  type Decision, type Level, type Outcome, type Reason, type Step, type Verdict,
} from './outcome.ts'
/** In a command: name the keys in `reads`, decide, then record what happened. No errors. */
export { guardKeys } from './guard-keys.ts'
export { decideInCommand } from './decide-in-command.ts'
export { recordPayment, type GuardedPayment } from './record-payment.ts'
export { recordEvent, type GuardEvent } from './record-event.ts'
export { addLabel } from './add-label.ts'
/** Decisions, events and outcomes for wallets that are not ours; errors at each. */
export {
  decideForGuest, guest, guestDecisionById, guestId, takeGuestEvent, takeGuestOutcome,
  type DecideForGuest, type GuestDecided, type GuestHappening, type TakeGuestOutcome,
} from './guests/exports.ts'
/** Pure: facts, one verdict on them. decodeFacts throws InvariantError on foreign bytes. */
export { gatherFacts, type Profiles } from './gather-facts.ts'
export { factFields, factNames, type FactName, type Facts } from './facts.ts'
export { decodeFacts, encodeFacts } from './facts-codec.ts'
export { decide } from './decide.ts'
/** Policies. compilePolicy: every fault with rule, line, column. publishPolicy: policy_faulty. */
export type { PolicyDocument, PolicyFault, PolicyRule } from './policy.ts'
export { compilePolicy, policyVersion, type CompiledPolicy } from './compile-policy.ts'
export { builtInPolicies, policyNames, type PolicyName } from './policies/built-in-policies.ts'
export { publishPolicy, type PolicyPublished, type PublishPolicy } from './publish-policy.ts'
/** Past decisions again (throws on unreadable facts or documents), profiles, reading. */
export {
  countDecisions, decisionById, decisionsByIds, decisionsBySubject, explainDecision, labelsKnown,
  labelsOf, lookAtProfile, policyOfVersion, publishedPolicies, recentDecisions, replayDecision,
  showProfile, subjectsLabelled, unfitDecisions, type DecisionCount, type DecisionFilter,
  type Explanation, type ProfileShown, type PublishedPolicy, type RuleResult, type UnfitDecision,
} from './reads.ts'
/** Windows, networks, travels, feeds of threats; what each refuses is named in its file. */
export {
  createThreatLists, networkKinds, readNetworkList, slidingWindows, travelKmh,
  type NetworkList, type SlidingWindows, type ThreatFeedPlan, type ThreatLists,
} from './surroundings.ts'
/** A policy's life: save, shadow, backtest, approve by a second person; each file's errors. */
export {
  activePolicyVersion, approvePolicy, backtestPolicy, countPhantoms, decideFacts, decideInShadow,
  draftDocument, nearestChanges, neutralFacts, noteBacktest, phantomsOf, policyDrafts,
  readPolicyDocument, recordedSpan, rollBackPolicy, savePolicyDraft, sentencesZh, shadowPolicies,
  startShadow, type BacktestResult, type ChangedDecision, type NearestChange, type PhantomCount,
  type PhantomDecision, type PolicyDraftRow,
} from './life/exports.ts'
/** Lists and snoozes, each file's errors; labels followed to mules and their neighbours. */
export {
  addListEntry, endSnooze, followLabel, isOtherwiseKnown, labelsToFollow, listEntries, mostDevices,
  mostNeighbours, phoneHash, removeListEntry, snoozeRule, snoozes, type AddListEntry,
  type LabelToFollow, type ListEntry, type ListName, type Snooze,
} from './lists/exports.ts'
