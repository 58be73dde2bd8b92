/** Payments: the record, its keys and states. movePayment throws on a step that is not allowed. */
export {
  freshPaymentKey, movePayment, payeeAccountCode, payment, paymentKey,
  type Payment, type PaymentState,
} from './payment.ts'
/** Linked bank accounts. */
export {
  bankAccount, bankAccountKey, freshBankAccountKey, linkCoolOffMs, maskAccountNumber,
  type BankAccount,
} from './bank-account.ts'
/** Money in. endTopUp: top_up_not_found and post's errors. */
export {
  endTopUp, freshTopUpKey, topUp, topUpAccountKeys, topUpKey, type TopUp,
} from './top-up.ts'
/** Money out to a linked bank account. endWithdrawal: withdrawal_not_found and post's errors. */
export {
  endWithdrawal, freshWithdrawalKey, withdrawal, withdrawalAccountKeys, withdrawalKey,
  withdrawalLegs, type Withdrawal,
} from './withdrawal.ts'
/** Reading: null or empty when there is nothing. */
export {
  duePayments, hasPaid, nextPaymentDeadline, paymentById, paymentFigures, paymentsByIds, paymentsOf,
  type PaymentFigures,
} from './payment-queries.ts'
export {
  unreportedThefts, type TheftLabels, type UnreportedThefts,
} from './unreported-thefts.ts'
export {
  bankAccountsOf, waitingTopUps, waitingWithdrawals, withdrawalsUnderWay,
} from './bank-queries.ts'
/** What the wallet says has moved, for `verify` to compare with the ledger and the bank. */
export {
  countMovedMoney, moneyUnderWay, paymentStates, unlikeMoved,
  type MovedMoney, type MoneyUnderWay,
} from './verify-queries.ts'
