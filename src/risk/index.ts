/** Records and logs. `holderProfile` has no table of its own: map it into the account's row. */
export { holderProfile, type HolderProfileRecord } from './holder-profile-record.ts'
export { linkProfile, type LinkProfileRecord } from './link-profile-record.ts'
export { policyRecord, policyVersionLog, type PolicyVersionRow } from './policy-record.ts'
export { decisionLog, type DecisionRow } from './decision-log.ts'
export { labelLog, labels, type Label, type LabelRow } from './label-log.ts'
/** What the flow tells the guard, and what the guard answers. */
export type { GuardInput, GuardParties, Proof, Signal } from './guard-input.ts'
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
/** Past decisions again, and every rule of them. Both throw on unreadable facts or documents. */
export {
  explainDecision, replayDecision, type Explanation, type RuleResult,
} from './replay-decision.ts'
/** Reading for screens; database faults reject. */
export {
  countDecisions, decisionById, decisionsByIds, decisionsBySubject, labelsKnown, labelsOf,
  policyOfVersion, publishedPolicies, recentDecisions, subjectsLabelled,
  type DecisionCount, type DecisionFilter, type PublishedPolicy,
} from './decision-queries.ts'
export { decidedSubjects, type DecidedSubject } from './verify-queries.ts'
/** A policy's life: save, shadow, backtest, approve by a second person; each file's errors. */
export { decideFacts, neutralFacts } from './decide-facts.ts'
export { sentencesZh } from './sentences-zh.ts'
export { nearestChanges, type NearestChange } from './nearest-change.ts'
export { readPolicyDocument } from './read-policy-document.ts'
export { savePolicyDraft } from './life/save-policy-draft.ts'
export { startShadow } from './life/start-shadow.ts'
export { noteBacktest } from './life/note-backtest.ts'
export { approvePolicy } from './life/approve-policy.ts'
export { rollBackPolicy } from './life/roll-back-policy.ts'
export {
  activePolicyVersion, draftDocument, policyDrafts, shadowPolicies, type PolicyDraftRow,
} from './life/policy-draft-queries.ts'
export {
  countPhantoms, decideInShadow, phantomsOf, type PhantomCount, type PhantomDecision,
} from './life/shadow-decisions.ts'
/** Recorded facts under a candidate policy. Throws on unreadable facts; database faults reject. */
export {
  backtestPolicy, type BacktestResult, type ChangedDecision,
} from './backtest/backtest-policy.ts'
export { recordedSpan } from './backtest/backtest-queries.ts'
