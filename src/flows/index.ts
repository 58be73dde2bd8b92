/** Every use case made from one context; each factory's file names its errors. */
export { createFlows, type Flows } from './create-flows.ts'
/** The same flows, their decisions counted and timed. */
export { observeDecisions } from './observe-decisions.ts'
/** Every invariant and the partners' own balances on one snapshot; `sql` signs in as reader. */
export { createVerify, verifySnapshot, type Verification } from './verify.ts'
/** What flows are given and what they answer. Expected refusals are values. */
export type {
  Actor, DeviceSignals, FlowContext, FlowLog, OperatorActor, Problem as FlowProblem,
} from './context.ts'
export type { OperatorAuthenticated, OperatorSignedIn, StaffWish } from './operator-authenticate.ts'
export type { Origin } from './origin.ts'
export type { Intelligence } from './assess-terminal.ts'
/** Our accounts against statements of the bank; their files name the errors. */
export { createReconcileBank, type ReconcileRefusal } from './reconcile-bank.ts'
export type { ReconciliationReport } from './reconciliation-report.ts'
export { createClearReceipt, createParkReceipt } from './park-receipt.ts'
/** What the guard knows of an account; its file names the errors. */
export { createReadProfile, type ProfileView } from './read-profile.ts'
/** What the reads for screens answer. */
export type { BoardSources, BoardView, CheckedInvariants } from './read-board.ts'
export type { DecisionView, ExplainedDecision } from './read-decisions.ts'
export type { GuestDecisionInput } from './decide-for-guest.ts'
export type { GuestEventInput } from './receive-guest-event.ts'
export type { WhyNot } from './explain-why-not.ts'
export type { FundView } from './read-fund.ts'
export type { IncomeStatement } from './read-income-statement.ts'
export type { OperatorFundView } from './operator-fund.ts'
export type { MeView } from './read-me.ts'
export type { OperatorClaimView } from './read-operator-claims.ts'
export type { Party } from './read-parties.ts'
export type { PaymentView } from './read-payments.ts'
export type { ReportView } from './read-reports.ts'
export type { ReviewSummaryView, ReviewView } from './read-reviews.ts'
export type { StatementLine } from './read-statement.ts'
export type { TestClockView } from './read-test-clock.ts'
export type { TimelineItem } from './read-timeline.ts'
export type { WalletView } from './read-wallet.ts'
export type { PayeeCheck } from './check-payee.ts'
export type { PasskeyOptions } from './begin-passkey.ts'
export type { ConfirmationAsked } from './confirm-payment.ts'
export type { PasskeyAsked } from './sign-in-with-passkey.ts'
export type { SignedIn } from './new-session.ts'
export type { Warning } from './sms-warnings.ts'
export type { DueKind } from './run-due.ts'
export type { AdvanceClockInput } from './advance-clock.ts'
/** A day's income, for measuring it: partner_*, no_earning_units, unavailable. */
export { createCreditIncome } from './credit-income.ts'
/** The payment's command itself, for measuring it without the way to it. */
export { payCommand, type PayCommandInput } from './pay-command.ts'
/** Policies and models: the operators' flows, and trying a document without keeping anything. */
export {
  createActAs, createApprovePolicy, createBacktest, createBacktestDraft, createExportModel,
  createImportModel, createListFlows, createPublishModel, createReadDrift, createReadModel,
  createReadModels, createReadPolicies, createRollBackModel, createRollBackPolicy,
  createSavePolicy, createShadowModel, createShadowPolicy, createTrainModel, dryRunPolicy,
  type ListWish, type PoliciesView, type SnoozeWish,
} from './guard-life.ts'
export type { ExchangedFiles } from './exchange-fund-files.ts'
export type { TakenFile } from './fund-file-report.ts'
