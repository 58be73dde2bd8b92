/** Customers and their standing; customerIn throws when there is none. */
export {
  customer, customerIn, customerKey, failedSignIns24h, smsStateOf, withFailedSignIn,
  withObservation, type Customer,
} from './customer.ts'
/** Who acts and may he: ok, session_expired, customer_frozen; and what the guard hears of it. */
export {
  actorKeys, customerGuardView, guardViewOf, noteSignIn, payeeGuardViewOf, standingOf,
  type Acting, type Standing,
} from './standing.ts'
/** Freezes. unfreeze: customer_not_frozen, unfreeze_not_allowed. */
export { freeze, unfreeze, type FrozenBy } from './freeze.ts'
/** What a text is worth as a proof. */
export {
  smsAcceptable, worse, type CarrierObservation, type Signal, type SmsState,
} from './sms-state.ts'
export { credential, credentialKey } from './credential.ts'
export { phoneEntry, phoneKey } from './phone-directory.ts'
export {
  customersOn, device, deviceIn, deviceKey, deviceUse, deviceUseKey, isTrusted, seeDevice,
  type AddedBy, type Device,
} from './device.ts'
export {
  freshSessionKey, guardProofOf, isLive, openSession, session, sessionKey, sessionLifeMs,
  withSessionsEnded, type Session, type SessionEntry, type SessionProof,
} from './session.ts'
/** Codes (tryCode: fits, used, code_not_requested, code_expired, code_wrong), waiting sign-ins. */
export {
  attemptsKey, challengeKey, challengeLifeMs, codeKey, codeLifeMs, codeResendMs, codesPerHour,
  codeTries, countFailure, forgetFailures, freshChallengeKey, issueCode, oneTimeCode, openChallenge,
  signInChallenge, spendTry, tooManyAttempts, tryCode, useCode, type CodeError, type CodePurpose,
  type OneTimeCode, type SignInChallenge,
} from './challenges.ts'
/** Passkeys. verify…: null; openSealedChallenge: challenge_not_found, challenge_expired. */
export {
  openSealedChallenge, passkey, passkeyAlgorithms, passkeyKey, passkeysPerCustomer,
  paymentApprovalText, removePasskey, sealChallenge, sealedChallengeLifeMs, siteAt,
  spendChallenge, spentChallengeKey, usePasskey, verifyNewPasskey, verifyPasskeyUse,
  type PasskeyMade, type PasskeyProof, type PasskeyUsed, type SealedChallenge,
  type Site,
} from './proofs.ts'
/** The operator's staff. */
export {
  freshOperatorKey, freshOperatorSessionKey, operator, operatorKey, operatorLogin,
  operatorLoginKey, operatorRests, operatorSession, operatorSessionKey, type OperatorRole,
} from './operator.ts'
/** Secrets. */
export {
  createPasswordHasher, csrfFits, csrfTokenOf, newCode, newToken, operatorSessionIdOf, passwordWeak,
  sessionIdOf, type PasswordHasher,
} from './secrets.ts'
export { maskName, maskPhone } from './mask.ts'
/** Reading for screens and checks: null when there is nothing. */
export {
  accountDays, countCustomers, credentialByPhone, customerIdByPhone, devicesOf, findCustomer,
  findCustomers, findOperators, findPayee, isTrustedDevice, liveOperatorSession, liveSession,
  operatorByLogin, passkeysOf, passkeyToVerify, passwordHashOf, signInBlocked, waitingSignIns,
  type CustomerView, type DeviceView, type LiveSession, type PasskeyView, type Payee,
  type WaitingSignIn,
} from './reads.ts'
