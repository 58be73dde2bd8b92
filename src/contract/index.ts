/** Error codes and what each means to a caller; which code a failed check of a request has. */
export { errorCodes, isErrorCode, problems, type ErrorCode } from './problems.ts'
export { problem, problemMediaType, problemOfIssues, type Problem } from './problem.ts'
/** The HTTP API as data, and what each route takes and gives. */
export { routes, type RouteName, type Routes } from './routes.ts'
export type {
  AnswerOf, BodyOf, CheckedBodyOf, CheckedParamsOf, CheckedQueryOf, ParamsOf, PartnerName, QueryOf,
  Route,
} from './route.ts'
/** Headers, cookies, and the mark in the pages that becomes the CSP nonce. */
export { cookies, cspNonceMark, headers } from './headers.ts'
/** Words of the guard. */
export {
  deviceSignals, outcome, reason, riskLevel, step, warning, type DeviceSignals, type Outcome,
  type Reason, type Step, type Warning,
} from './guard-words.ts'
/** Who is who. */
export {
  customer, device, me, resetAnswer, session, signInAnswer, waitingSignIn, type Customer,
  type Device, type Me, type ResetAnswer, type Session, type SignInAnswer, type WaitingSignIn,
} from './identity.ts'
export {
  passkey, passkeyCreation, passkeyRequest, type Passkey, type PasskeyCreation, type PasskeyRequest,
} from './passkey.ts'
/** Wallet, payments, fund. */
export {
  bankAccount, party, payeeCheck, payment, paymentState, statementLine, topUp, wallet, withdrawal,
  type BankAccount, type Party, type PayeeCheck, type Payment, type PaymentState,
  type StatementLine, type TopUp, type Wallet, type Withdrawal,
} from './wallet.ts'
export {
  fund, fundOrder, operatorFund, standingOrder, statementFile, yieldDay, type Fund,
  type FundOrder, type OperatorFund, type StandingOrder, type YieldDay,
} from './fund.ts'
/** Policies of the guard. */
export type { Policies, PolicyBacktest, WhyNot } from './policies.ts'
/** Making whole. */
export {
  claim, claimState, clock, milestone, notice, operatorClaim, report, type Claim, type ClaimState,
  type Clock, type Milestone, type Notice, type OperatorClaim, type Report,
} from './guarantee.ts'
/** Operators: board, reviews, decisions, replays, test clock. */
export {
  board, decision, decisionSummary, operatorMe, operatorRole, replay, review, reviewSummary,
  ruleValue, testClock, theftRate, timelineItem, type Board, type Decision, type DecisionSummary,
  type OperatorMe, type OperatorRole, type Replay, type Review, type ReviewSummary, type RuleValue,
  type AuditEntry, type TestClock, type TheftRate, type TimelineItem,
} from './operator.ts'
/** Which role may do what: the one table of it. */
export {
  actionsOf, operatorActions, personalReads, rolesMay, type OperatorAction,
} from './operator-actions.ts'
/** The 2013 theft: what the scenario prints and a replay shows. */
export {
  policyName, scenarioDecision, scenarioResult, type PolicyName, type ScenarioDecision,
  type ScenarioResult,
} from './scenario.ts'
/** What partners tell us without being asked. */
export { carrierEvent, carrierNewsTypes, type CarrierEventBody } from './carrier-event.ts'
export { simulatedPhone, type SimulatedPhone } from './simulator.ts'
