/** What a scheme promises: deadlines, cap, excess. */
export { noticedInTime, promise2013, rulePacks, type RulePack } from './rule-pack.ts'
/** "I was robbed": the report and the payments it disputes. */
export { reportKey, theftReport, type TheftReport } from './theft-report.ts'
export { dispute, disputeKey, type Dispute } from './dispute.ts'
/** Money back from payees. recallAt, endRecall: recall_not_found, recall_ended. */
export {
  recall, recallHop, recallIdOf, recallKey, takeBackKeys,
  type Recall, type RecallHop, type RecallStop,
} from './recall.ts'
export {
  endRecall, openRecall, recallAt, type HopStop, type RecallOpening,
} from './run-recall.ts'
/** Claims. moveClaim throws on a step that the states do not allow. */
export {
  claim, claimKey, claimStep, nextClaimStates,
  type Claim, type ClaimState, type ClaimStep, type Evidence, type MissedUnits,
} from './claim.ts'
export { nextDue, type ClaimClock, type ClockKind } from './claim-clock.ts'
export { openClaim, type ClaimOpening } from './open-claim.ts'
export { recoverForClaim, recoversForVictim } from './recover-for-claim.ts'
/** Errors: claim_not_found, claim_not_open. */
export { investigateClaim, markBreaches } from './investigate-claim.ts'
/** Errors: claim_not_found, claim_not_open, approver_is_maker. */
export {
  judgeClaim, judgementKeys, type ClaimJudgement, type Judged, type JudgementError,
} from './decide-claim.ts'
export { approvalLog, type Approval } from './approval.ts'
/** Errors: claim_not_found, claim_not_open, amount_differs. */
export {
  claimPaymentKeys, owedOn, payClaim, type ClaimPayment, type ClaimPaymentError,
} from './pay-claim.ts'
/** Errors: claim_not_found, claim_not_open. */
export { acceptIncome, missedUnits, noRebuy, noteRebuy } from './rebuy-units.ts'
/** Cover and monthly premium. payPremium: premium_not_found, insufficient_funds. */
export { bindCover, cover, coverKey, defaultPremiumPerMillion, type Cover } from './cover.ts'
export {
  accruePremium, payPremium, premium, premiumIdOf, premiumKeys, premiumOf, type Premium,
} from './premium.ts'
/** Reading: plain SQL, no errors. */
export {
  approvalOf, claimById, claimIdsIn, claimOfReport, claimsForDesk, claimsOfCustomer, claimSteps,
  coverOn, nextClaimEvent, openReportOf, overdueClaims, paidMonths,
} from './claim-queries.ts'
export {
  recallById, recallsOfReport, reportById, reportIdsOf, reportsOfCustomer, reportsWithOpenRecalls,
} from './report-queries.ts'
export {
  insurerPaid, reportedPayments, theftFigures, type TheftCounts, type TheftFigures,
} from './guarantee-figures.ts'
export { exemptGuaranteeEntryKinds, type ExemptGuaranteeEntryKind } from './exempt-entry-kinds.ts'
/** I9 (recalls, claims) and I11. */
export { verifyEndings, verifyWholeness, type Verified } from './verify-guarantee.ts'
export { awaitedClaims, insurerAccount } from './verify-queries.ts'
/** Rates with numerator, denominator and exact interval. Throws on negative exposure. */
export {
  exposureToClaim, theftRate, theftRates, type TheftExposure, type TheftRate, type TheftRates,
} from './theft-rate.ts'
export { poissonInterval, type Interval } from './poisson-interval.ts'
