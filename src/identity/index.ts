/** Customers, and what texts to them are worth; customerIn throws when there is none. */
export {
  customer, customerIn, customerKey, failedSignIns24h, smsStateOf, withFailedSignIn,
  withObservation, type Customer,
} from './customer.ts'
/** Who acts and may he: ok, session_expired, customer_frozen; what the guard hears of it. */
export {
  actorKeys, customerGuardView, guardViewOf, noteSignIn, payeeGuardViewOf, standingOf,
} from './standing.ts'
/** Freezes. unfreeze: customer_not_frozen, unfreeze_not_allowed. */
export { freeze, unfreeze, type FrozenBy } from './freeze.ts'
export { smsAcceptable, worse, type CarrierObservation, type Signal } from './sms-state.ts'
export {
  customersOn, device, deviceIn, deviceKey, deviceUse, deviceUseKey, isTrusted, seeDevice,
} from './device.ts'
export {
  freshSessionKey, guardProofOf, isLive, openSession, rotateSession, rotationGraceMs, session,
  sessionKey, sessionLifeMs, withSessionsEnded, type Session, type SessionEntry, type SessionProof,
} from './session.ts'
/** Codes (tryCode: fits, used, code_not_requested, code_expired, code_wrong), waiting sign-ins. */
export {
  attemptsKey, challengeCountKey, challengeKey, challengeLifeMs, codeKey, codeLifeMs, codeResendMs,
  codesPerHour, codeTries, countChallenge, countFailure, forgetFailures, freshChallengeKey,
  issueCode, oneTimeCode, openChallenge, signInChallenge, spendTry, tooManyAttempts, tryCode,
  useCode, type CodeError, type CodePurpose, type SignInChallenge,
} from './challenges.ts'
/** Codes by SMS held against what the enrolled phone saw: raise, clear, none. */
export { compareSeen, openCodesSince, smsWatchKey, watchCode, watchOf } from './sms-watch.ts'
/** Proofs. verify…: null; try…: fits, code_wrong, too_many_tries; open…: see its file. */
export {
  beginTotp, bindDeviceKey, deviceKeyKey, deviceSigned, hasTotp, makeRecoverySet, newTotpSecret,
  openSealedChallenge, passkey, passkeyAlgorithms, passkeyKey, passkeysPerCustomer,
  paymentApprovalText, recoveryCodeKey, recoveryCodesOf, recoveryDigestOf, recoverySet,
  recoverySetKey, redemptionApprovalText, removePasskey, removeTotp, rotationText, sealChallenge,
  sealedChallengeLifeMs, signatureFits, signInApprovalText, siteAt, spendChallenge,
  spentChallengeKey, totpKey, totpStepOf, totpUri, tryRecoveryCode, tryTotp, usePasskey,
  verifyNewPasskey, verifyPasskeyUse, type FactorVerdict, type PasskeyMade, type PasskeyProof,
  type PasskeyUsed, type SealedChallenge, type Site, type TotpTried,
} from './proofs.ts'
/** The operator's staff, and what they read and change, in a hash chain. */
export {
  freshOperatorKey, freshOperatorSessionKey, operator, operatorKey, operatorLogin,
  operatorLoginKey, operatorRests, operatorSession, operatorSessionKey, type OperatorRole,
} from './operator.ts'
export { appendAudit, auditHeadKey, type AuditNote, type AuditRow } from './audit.ts'
/** Secrets. */
export {
  createPasswordHasher, credential, credentialKey, csrfFits, csrfTokenOf, newCode, newToken,
  operatorSessionIdOf, passwordWeak, phoneEntry, phoneKey, sessionIdOf, type PasswordHasher,
} from './secrets.ts'
/** Reading for screens and checks: null when there is nothing. */
export {
  accountDays, auditRows, countCustomers, credentialByPhone, customerIdByPhone, customersOnDevices,
  devicePublicKey, devicesOf, findCustomer, findCustomers, findOperators, findPayee, findPayees,
  findSessions, isTrustedDevice, lastEntry, liveOperatorSession, liveSession, maskName, maskPhone,
  operatorByLogin, passkeysOf, passkeyToVerify, passwordHashOf, secondFactorsOf, sessionsOf,
  signInBlocked, successorOf, totpToVerify, verifyAudit, waitingSignIns, type AuditFilter,
  type AuditVerified,
  type CustomerView, type DeviceView, type PasskeyView, type Payee, type SecondFactors,
  type SessionView, type WaitingSignIn,
} from './reads.ts'
