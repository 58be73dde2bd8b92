import { createAdvanceClaims } from './advance-claims.ts'
import { createAdvanceClock } from './advance-clock.ts'
import { createAddPasskey } from './add-passkey.ts'
import { createAdvanceFundDay } from './advance-fund-day.ts'
import { createApproveClaim } from './approve-claim.ts'
import { createApprovePayment } from './approve-payment.ts'
import { createApproveRedemption } from './approve-redemption.ts'
import { createApproveSignIn } from './approve-sign-in.ts'
import { createAssessTerminal, createReadFeeds } from './assess-terminal.ts'
import { createAuthenticate } from './authenticate.ts'
import { createBeginPasskey } from './begin-passkey.ts'
import { createBindCover } from './bind-cover.ts'
import { createCancelFundOrder } from './cancel-fund-order.ts'
import { createCancelPayment } from './cancel-payment.ts'
import { createCheckPayee } from './check-payee.ts'
import { createBeginConfirmation, createConfirmPayment } from './confirm-payment.ts'
import type { FlowContext } from './context.ts'
import { createAppointFirstAdmin } from './appoint-first-admin.ts'
import { createCreateOperator } from './create-operator.ts'
import { createDecideStaffChange } from './decide-staff-change.ts'
import { createProposeStaffChange } from './propose-staff-change.ts'
import { createDecideForGuest } from './decide-for-guest.ts'
import { createDecideReview } from './decide-review.ts'
import { createEndAllSessions, createEndSession, createReadSessions } from './end-session.ts'
import { createExchangeFundFiles } from './exchange-fund-files.ts'
import { createExpirePayments } from './expire-payments.ts'
import { createExplainWhyNot } from './explain-why-not.ts'
import { createFreezeByOperator, createFreezeCustomer } from './freeze-customer.ts'
import { createListFlows } from './keep-lists.ts'
import { createLinkBankAccount } from './link-bank-account.ts'
import {
  createReadOperatorFund,
  createRecordShadowPrice,
  createSetFundLimits,
} from './operator-fund.ts'
import { createNoteOperatorRead, createReadAudit, createReadAuditChain } from './operator-audit.ts'
import { createOperatorAuthenticate } from './operator-authenticate.ts'
import {
  createAddOperatorPasskey,
  createBeginOperatorPasskey,
  createBeginOperatorTotp,
  createConfirmOperatorTotp,
} from './operator-enrol.ts'
import {
  createBeginOperatorPasskeySignIn,
  createOperatorPasskeySignIn,
} from './operator-passkey-sign-in.ts'
import { createOperatorSignIn } from './operator-sign-in.ts'
import { createOperatorSignOut } from './operator-sign-out.ts'
import {
  createApprovePolicy,
  createBacktestDraft,
  createReadPolicies,
  createReadPolicyDocument,
  createRollBackPolicy,
  createSavePolicy,
  createShadowPolicy,
} from './policy-life.ts'
import { createPayPremium } from './pay-premium.ts'
import { createPay } from './pay.ts'
import { createReadBoard, type BoardSources } from './read-board.ts'
import { createReadDecision, createReadDecisions } from './read-decisions.ts'
import { createReadFund, createReadOrders } from './read-fund.ts'
import { createReadCustomer, createReadDevices, createReadMe } from './read-me.ts'
import { createReadDemoCode } from './read-demo-code.ts'
import { createReadIncomeStatement } from './read-income-statement.ts'
import { createReadNotices } from './read-notices.ts'
import { createReadOperatorClaim, createReadOperatorClaims } from './read-operator-claims.ts'
import { createReadPayment, createReadPayments, createShowPayments } from './read-payments.ts'
import { createReadClaims, createReadReport } from './read-reports.ts'
import { createReadReview, createReadReviews } from './read-reviews.ts'
import { createReadStatement } from './read-statement.ts'
import { createReadOwnDevice } from './read-own-device.ts'
import { createReadStaff } from './read-staff.ts'
import { createReadTestClock } from './read-test-clock.ts'
import { createReadBankAccounts, createReadWallet } from './read-wallet.ts'
import { createReadWaitingSignIns } from './read-waiting-sign-ins.ts'
import { createRecallHops } from './recall-hop.ts'
import { createReceiveCarrierEvent } from './receive-carrier-event.ts'
import { createReceiveGuestEvent } from './receive-guest-event.ts'
import { createReceiveGuestOutcome } from './receive-guest-outcome.ts'
import { createReceiveSmsSignal } from './receive-sms-signal.ts'
import { createRedeem } from './redeem.ts'
import { createReadPasskeys, createRemovePasskey } from './remove-passkey.ts'
import { createReportTheft } from './report-theft.ts'
import { createReportSeenMessages } from './report-seen-messages.ts'
import { createRequestCode } from './request-code.ts'
import { createResetPassword } from './reset-password.ts'
import { createRotateSession } from './rotate-session.ts'
import { createNextDue, createRunDue } from './run-due.ts'
import { createSettleWithdrawals } from './settle-withdrawals.ts'
import { createBeginPasskeySignIn, createSignInWithPasskey } from './sign-in-with-passkey.ts'
import { createSignIn } from './sign-in.ts'
import { createSignOut } from './sign-out.ts'
import { createSignUp } from './sign-up.ts'
import { createChangeStandingOrder, createReadStandingOrder } from './standing-orders.ts'
import { createSubscribe } from './subscribe.ts'
import { createSettleTopUps, createTopUp } from './top-up.ts'
import {
  createBeginTotp,
  createMakeRecoveryCodes,
  createReadSecondFactors,
  createRemoveTotp,
} from './totp.ts'
import { createUnfreezeByOperator, createUnfreezeCustomer } from './unfreeze-customer.ts'
import { createWithdraw } from './withdraw.ts'

/** Every use case and every read for a screen, by name. */
export type Flows = ReturnType<typeof createFlows>

const nothingMeasured: BoardSources = {
  figures: () => ({
    paymentsPerSecond: 0,
    decisionsPerSecond: 0,
    decisionP50Ms: null,
    decisionP99Ms: null,
  }),
  checked: () => null,
}

/** Makes them all from one context. `sources`: what the board shows of this process. */
export function createFlows(context: FlowContext, sources: BoardSources = nothingMeasured) {
  return {
    ...clockFlows(context),
    ...identityFlows(context),
    ...proofFlows(context),
    ...moneyFlows(context),
    ...guardFlows(context),
    ...wholenessFlows(context),
    ...customerReads(context),
    ...policyFlows(context),
    ...createListFlows(context),
    ...operatorReads(context, sources),
  }
}

function clockFlows(context: FlowContext) {
  return {
    runDue: createRunDue(context),
    nextDue: createNextDue(context),
    advanceClock: createAdvanceClock(context),
  }
}

function identityFlows(context: FlowContext) {
  return {
    authenticate: createAuthenticate(context),
    assessTerminal: createAssessTerminal(context),
    requestCode: createRequestCode(context),
    signUp: createSignUp(context),
    signIn: createSignIn(context),
    approveSignIn: createApproveSignIn(context),
    signOut: createSignOut(context),
    resetPassword: createResetPassword(context),
    freezeCustomer: createFreezeCustomer(context),
    unfreezeCustomer: createUnfreezeCustomer(context),
    freezeByOperator: createFreezeByOperator(context),
    unfreezeByOperator: createUnfreezeByOperator(context),
    receiveSmsSignal: createReceiveSmsSignal(context),
    reportSeenMessages: createReportSeenMessages(context),
    receiveCarrierEvent: createReceiveCarrierEvent(context),
    createOperator: createCreateOperator(context),
    operatorAuthenticate: createOperatorAuthenticate(context),
    operatorSignIn: createOperatorSignIn(context),
    operatorSignOut: createOperatorSignOut(context),
    ...operatorFactorFlows(context),
  }
}

function operatorFactorFlows(context: FlowContext) {
  return {
    beginOperatorPasskeySignIn: createBeginOperatorPasskeySignIn(context),
    operatorPasskeySignIn: createOperatorPasskeySignIn(context),
    beginOperatorTotp: createBeginOperatorTotp(context),
    confirmOperatorTotp: createConfirmOperatorTotp(context),
    beginOperatorPasskey: createBeginOperatorPasskey(context),
    addOperatorPasskey: createAddOperatorPasskey(context),
    proposeStaffChange: createProposeStaffChange(context),
    decideStaffChange: createDecideStaffChange(context),
    readStaff: createReadStaff(context),
    appointFirstAdmin: createAppointFirstAdmin(context),
  }
}

/** The guard alone, for wallets that are not ours. */
function guardFlows(context: FlowContext) {
  return {
    decideForGuest: createDecideForGuest(context),
    receiveGuestEvent: createReceiveGuestEvent(context),
    receiveGuestOutcome: createReceiveGuestOutcome(context),
  }
}

function proofFlows(context: FlowContext) {
  return {
    readSessions: createReadSessions(context),
    endSession: createEndSession(context),
    endAllSessions: createEndAllSessions(context),
    rotateSession: createRotateSession(context),
    readSecondFactors: createReadSecondFactors(context),
    beginTotp: createBeginTotp(context),
    removeTotp: createRemoveTotp(context),
    makeRecoveryCodes: createMakeRecoveryCodes(context),
    readPasskeys: createReadPasskeys(context),
    beginPasskey: createBeginPasskey(context),
    addPasskey: createAddPasskey(context),
    removePasskey: createRemovePasskey(context),
    beginPasskeySignIn: createBeginPasskeySignIn(context),
    signInWithPasskey: createSignInWithPasskey(context),
    beginConfirmation: createBeginConfirmation(context),
    confirmPayment: createConfirmPayment(context),
  }
}

function moneyFlows(context: FlowContext) {
  return {
    linkBankAccount: createLinkBankAccount(context),
    topUp: createTopUp(context),
    settleTopUps: createSettleTopUps(context),
    withdraw: createWithdraw(context),
    settleWithdrawals: createSettleWithdrawals(context),
    pay: createPay(context),
    approvePayment: createApprovePayment(context),
    cancelPayment: createCancelPayment(context),
    expirePayments: createExpirePayments(context),
    subscribe: createSubscribe(context),
    redeem: createRedeem(context),
    approveRedemption: createApproveRedemption(context),
    cancelFundOrder: createCancelFundOrder(context),
    changeStandingOrder: createChangeStandingOrder(context),
    recordShadowPrice: createRecordShadowPrice(context),
    setFundLimits: createSetFundLimits(context),
    advanceFundDay: createAdvanceFundDay(context),
    exchangeFundFiles: createExchangeFundFiles(context),
  }
}

function wholenessFlows(context: FlowContext) {
  return {
    decideReview: createDecideReview(context),
    reportTheft: createReportTheft(context),
    recallHops: createRecallHops(context),
    approveClaim: createApproveClaim(context),
    advanceClaims: createAdvanceClaims(context),
    bindCover: createBindCover(context),
    payPremium: createPayPremium(context),
  }
}

function policyFlows(context: FlowContext) {
  return {
    readPolicies: createReadPolicies(context),
    readPolicyDocument: createReadPolicyDocument(context),
    savePolicy: createSavePolicy(context),
    shadowPolicy: createShadowPolicy(context),
    backtestDraft: createBacktestDraft(context),
    approvePolicy: createApprovePolicy(context),
    rollBackPolicy: createRollBackPolicy(context),
  }
}

function customerReads(context: FlowContext) {
  return {
    readMe: createReadMe(context),
    readCustomer: createReadCustomer(context),
    readDevices: createReadDevices(context),
    readWaitingSignIns: createReadWaitingSignIns(context),
    readWallet: createReadWallet(context),
    readBankAccounts: createReadBankAccounts(context),
    readFund: createReadFund(context),
    readOrders: createReadOrders(context),
    readStandingOrder: createReadStandingOrder(context),
    readIncomeStatement: createReadIncomeStatement(context),
    checkPayee: createCheckPayee(context),
    readPayment: createReadPayment(context),
    readPayments: createReadPayments(context),
    showPayments: createShowPayments(context),
    readStatement: createReadStatement(context),
    readNotices: createReadNotices(context),
    readReport: createReadReport(context),
    readClaims: createReadClaims(context),
  }
}

function operatorReads(context: FlowContext, sources: BoardSources) {
  return {
    readBoard: createReadBoard(context, sources),
    readFeeds: createReadFeeds(context),
    readReviews: createReadReviews(context),
    readReview: createReadReview(context),
    readDecisions: createReadDecisions(context),
    readDecision: createReadDecision(context),
    explainWhyNot: createExplainWhyNot(context),
    readOperatorClaims: createReadOperatorClaims(context),
    readOperatorClaim: createReadOperatorClaim(context),
    readAudit: createReadAudit(context),
    readAuditChain: createReadAuditChain(context),
    noteOperatorRead: createNoteOperatorRead(context),
    readOperatorFund: createReadOperatorFund(context),
    readTestClock: createReadTestClock(context),
    readOwnDevice: createReadOwnDevice(context),
    readDemoCode: createReadDemoCode(context),
  }
}
