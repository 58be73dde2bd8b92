/** Customers and their standing; customerIn throws when there is none. */
export {
  customer, customerIn, customerKey, failedSignIns24h, smsStateOf, withFailedSignIn,
  withObservation, type Customer,
} from './customer.ts'
/** Who acts and may he: ok, session_expired, customer_frozen; what the guard hears of it. */
export {
  actorKeys, customerGuardView, guardViewOf, noteSignIn, payeeGuardViewOf, standingOf,
  type Acting, type Standing,
} from './standing.ts'
/** Freezes. unfreeze: customer_not_frozen, unfreeze_not_allowed. */
export { freeze, unfreeze, type FrozenBy } from './freeze.ts'
/** What a text is worth as a proof. */
export { smsAcceptable, worse } from './sms-state.ts'
export type { CarrierObservation, Signal, SmsState } from './sms-state.ts'
export { credential, credentialKey } from './credential.ts'
export { phoneEntry, phoneKey } from './phone-directory.ts'
export {
  customersOn, device, deviceIn, deviceKey, deviceUse, deviceUseKey, isTrusted, seeDevice,
  type AddedBy, type Device,
} from './device.ts'
export {
  freshSessionKey, isLive, openSession, session, sessionKey, sessionLifeMs, withSessionsEnded,
  type Session, type SessionProof,
} from './session.ts'
/** One-time codes. tryCode: fits, used, code_not_requested, code_expired, code_wrong. */
export {
  codeKey, codeLifeMs, codeResendMs, codesPerHour, codeTries, issueCode, oneTimeCode, spendTry,
  tryCode, useCode, type CodeError, type CodePurpose, type OneTimeCode,
} from './code.ts'
/** Sign-ins that wait for more proof: challenge_not_found, challenge_expired. */
export {
  challengeKey, challengeLifeMs, freshChallengeKey, openChallenge, signInChallenge,
  type SignInChallenge,
} from './sign-in-challenge.ts'
export { attemptsKey, countFailure, forgetFailures, tooManyAttempts } from './sign-in-attempts.ts'
/** The operator's staff, and what they read and change, in a hash chain. */
export {
  freshOperatorKey, freshOperatorSessionKey, operator, operatorKey, operatorLogin,
  operatorLoginKey, operatorRests, operatorSession, operatorSessionKey, type OperatorRole,
} from './operator.ts'
export { appendAudit, auditHeadKey, type AuditNote, type AuditRow } from './audit.ts'
export { auditRows, verifyAudit, type AuditVerified } from './audit-queries.ts'
/** Secrets. */
export { csrfFits, csrfTokenOf, newCode, newToken } from './secret-token.ts'
export { operatorSessionIdOf, sessionIdOf } from './secret-token.ts'
export { createPasswordHasher, type PasswordHasher } from './password-hasher.ts'
export { passwordWeak } from './password-strength.ts'
export { maskName, maskPhone } from './mask.ts'
/** Reading for screens and checks: null when there is nothing. */
export {
  accountDays, countCustomers, customerIdByPhone, findCustomer, findCustomers, findPayee,
  type CustomerView, type Payee,
} from './customer-queries.ts'
export { devicesOf, isTrustedDevice, type DeviceView } from './device-queries.ts'
export { liveSession, type LiveSession } from './session-queries.ts'
export {
  credentialByPhone, passwordHashOf, signInBlocked, waitingSignIns, type WaitingSignIn,
} from './sign-in-queries.ts'
export { findOperators, liveOperatorSession, operatorByLogin } from './operator-queries.ts'
