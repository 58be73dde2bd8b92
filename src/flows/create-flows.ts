import { createAdvanceClaims } from './advance-claims.ts'
import { createAdvanceClock } from './advance-clock.ts'
import { createAdvanceFundDay } from './advance-fund-day.ts'
import { createApproveClaim } from './approve-claim.ts'
import { createApprovePayment } from './approve-payment.ts'
import { createApproveRedemption } from './approve-redemption.ts'
import { createApproveSignIn } from './approve-sign-in.ts'
import { createAuthenticate } from './authenticate.ts'
import { createBindCover } from './bind-cover.ts'
import { createCancelFundOrder } from './cancel-fund-order.ts'
import { createCancelPayment } from './cancel-payment.ts'
import { createCheckPayee } from './check-payee.ts'
import type { FlowContext } from './context.ts'
import { createCreateOperator } from './create-operator.ts'
import { createDecideReview } from './decide-review.ts'
import { createExchangeFundFiles } from './exchange-fund-files.ts'
import { createExpirePayments } from './expire-payments.ts'
import { createFreezeByOperator, createFreezeCustomer } from './freeze-customer.ts'
import { createLinkBankAccount } from './link-bank-account.ts'
import {
  createReadOperatorFund,
  createRecordShadowPrice,
  createSetFundLimits,
} from './operator-fund.ts'
import { createNoteOperatorRead, createReadAudit } from './operator-audit.ts'
import { createOperatorAuthenticate } from './operator-authenticate.ts'
import { createOperatorSignIn } from './operator-sign-in.ts'
import { createOperatorSignOut } from './operator-sign-out.ts'
import { createPayPremium } from './pay-premium.ts'
import { createPay } from './pay.ts'
import { createReadBoard, type BoardSources } from './read-board.ts'
import { createReadDecision, createReadDecisions } from './read-decisions.ts'
import { createReadFund, createReadOrders } from './read-fund.ts'
import { createReadCustomer, createReadDevices, createReadMe } from './read-me.ts'
import { createReadIncomeStatement } from './read-income-statement.ts'
import { createReadNotices } from './read-notices.ts'
import { createReadOperatorClaim, createReadOperatorClaims } from './read-operator-claims.ts'
import { createReadPayment, createReadPayments, createShowPayments } from './read-payments.ts'
import { createReadClaims, createReadReport } from './read-reports.ts'
import { createReadReview, createReadReviews } from './read-reviews.ts'
import { createReadStatement } from './read-statement.ts'
import { createReadOwnDevice } from './read-own-device.ts'
import { createReadTestClock } from './read-test-clock.ts'
import { createReadBankAccounts, createReadWallet } from './read-wallet.ts'
import { createReadWaitingSignIns } from './read-waiting-sign-ins.ts'
import { createRecallHops } from './recall-hop.ts'
import { createReceiveCarrierEvent } from './receive-carrier-event.ts'
import { createReceiveSmsSignal } from './receive-sms-signal.ts'
import { createRedeem } from './redeem.ts'
import { createReportTheft } from './report-theft.ts'
import { createRequestCode } from './request-code.ts'
import { createResetPassword } from './reset-password.ts'
import { createNextDue, createRunDue } from './run-due.ts'
import { createSettleWithdrawals } from './settle-withdrawals.ts'
import { createSignIn } from './sign-in.ts'
import { createSignOut } from './sign-out.ts'
import { createSignUp } from './sign-up.ts'
import { createChangeStandingOrder, createReadStandingOrder } from './standing-orders.ts'
import { createSubscribe } from './subscribe.ts'
import { createSettleTopUps, createTopUp } from './top-up.ts'
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
    ...moneyFlows(context),
    ...wholenessFlows(context),
    ...customerReads(context),
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
    receiveCarrierEvent: createReceiveCarrierEvent(context),
    createOperator: createCreateOperator(context),
    operatorAuthenticate: createOperatorAuthenticate(context),
    operatorSignIn: createOperatorSignIn(context),
    operatorSignOut: createOperatorSignOut(context),
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
    readReviews: createReadReviews(context),
    readReview: createReadReview(context),
    readDecisions: createReadDecisions(context),
    readDecision: createReadDecision(context),
    readOperatorClaims: createReadOperatorClaims(context),
    readOperatorClaim: createReadOperatorClaim(context),
    readAudit: createReadAudit(context),
    noteOperatorRead: createNoteOperatorRead(context),
    readOperatorFund: createReadOperatorFund(context),
    readTestClock: createReadTestClock(context),
    readOwnDevice: createReadOwnDevice(context),
  }
}
