/** Past decisions again, and every rule of them. Both throw on unreadable facts or documents. */
export {
  explainDecision,
  replayDecision,
  type Explanation,
  type RuleResult,
} from './replay-decision.ts'
/** A holder's profile as the next decision reads it, and as people do. No errors. */
export { lookAtProfile } from './look-at-profile.ts'
export { showProfile, type ProfileShown } from './show-profile.ts'
/** Reading for screens; database faults reject. */
export {
  countDecisions,
  decisionById,
  decisionsByIds,
  decisionsBySubject,
  labelsKnown,
  labelsOf,
  policyOfVersion,
  publishedPolicies,
  recentDecisions,
  subjectsLabelled,
  type DecisionCount,
  type DecisionFilter,
  type PublishedPolicy,
} from './decision-queries.ts'
export { unfitDecisions, type UnfitDecision } from './verify-queries.ts'
