/** Customers, devices, sessions. unfreeze: customer_not_frozen, unfreeze_not_allowed. */
export {
  actorKeys, customer, customerGuardView, customerIn, customerKey, customersOn, device, deviceIn,
  deviceKey, deviceUse, deviceUseKey, failedSignIns24h, freeze, freshSessionKey, guardProofOf,
  guardViewOf, isLive, isTrusted, noteSignIn, openSession, payeeGuardViewOf, rotateSession,
  rotationGraceMs, seeDevice, session, sessionKey, sessionLifeMs, smsAcceptable, smsStateOf,
  standingOf, unfreeze, withFailedSignIn, withObservation, withSessionsEnded, worse,
  type CarrierObservation, type Customer, type FrozenBy, type Session, type SessionEntry,
  type SessionProof, type Signal,
} from './who.ts'
/** Codes (tryCode: fits, used, code_not_requested, code_expired, code_wrong), waiting sign-ins. */
export {
  attemptsKey, challengeCountKey, challengeKey, challengeLifeMs, codeKey, codeLifeMs, codeResendMs,
  codesPerHour, codeTries, countChallenge, countFailure, forgetFailures, freshChallengeKey,
  issueCode, oneTimeCode, openChallenge, signInChallenge, spendTry, tooManyAttempts,
  tooManyGuesses, tryCode, useCode, type CodeError, type CodePurpose, type SignInChallenge,
} from './challenges.ts'
/** Codes by SMS held against what the enrolled phone saw: raise, clear, none. */
export { compareSeen, openCodesSince, smsWatchKey, watchCode, watchOf } from './sms-watch.ts'
/** Proofs. verify…: null; try…: fits, code_wrong, too_many_tries; open…: see its file. */
export {
  beginTotp, bindDeviceKey, deviceKeyKey, deviceSigned, hasTotp, makeRecoverySet, newTotpSecret,
  openSealedChallenge, passkey, passkeyAlgorithms, passkeyKey, passkeysPerCustomer,
  paymentApprovalText, putTotp, recoveryCodeKey, recoveryCodesOf, recoveryDigestOf, recoverySet,
  recoverySetKey, redemptionApprovalText, removePasskey, removeTotp, resetWaitKey, rotationText,
  sealChallenge, sealedChallengeLifeMs, signatureFits, signInApprovalText, siteAt, spendChallenge,
  spentChallengeKey, totpCodeAt, totpKey, totpStepAt, totpStepBegin, totpStepOf, totpUri,
  tryRecoveryCode, tryTotp, usePasskey, verifyNewPasskey, verifyPasskeyUse, waitForReset,
  type FactorVerdict, type PasskeyMade, type PasskeyProof, type PasskeyUsed, type SealedChallenge,
  type Site, type TotpTried,
} from './proofs.ts'
/** The operator's staff, and what they read and change, in a hash chain. */
export {
  adminCountKey, adminsIn, appendAudit, auditHeadKey, countAdmins, countOperatorFailure,
  fewestAdmins, findOperators, forgetOperatorFailures, freshOperatorKey, freshOperatorSessionKey,
  freshStaffChangeKey, liveOperatorSession, openStaffChanges, operator, operatorAppOf,
  operatorByLogin, operatorDoorClosed, operatorDoorKeys, operatorKey, operatorLogin,
  operatorLoginKey, operatorPasskey, operatorPasskeyKey, operatorPasskeyToVerify, operatorSession,
  operatorSessionKey, staffChange, staffChangeById, staffChangeKey, staffOf, useOperatorPasskey,
  type AuditNote, type AuditRow, type Operator, type OperatorDoor, type OperatorProof,
  type OperatorRole, type StaffChange, type StaffView,
} from './staff.ts'
/** Secrets. */
export {
  createPasswordHasher, credential, credentialKey, csrfFits, csrfTokenOf, newCode, newToken,
  operatorSessionIdOf, passwordWeak, phoneEntry, phoneKey, sessionIdOf, type PasswordHasher,
} from './secrets.ts'
/** Reading for screens and checks: null when there is nothing. */
export {
  accountDays, auditRows, countCustomers, credentialByPhone, customerIdByPhone, customersOnDevices,
  devicePublicKey, devicesOf, findCustomer, findCustomers, findPayee, findPayees, findSessions,
  isTrustedDevice, lastEntry, liveSession, maskName, maskPhone, passkeysOf, passkeyToVerify,
  passwordHashOf, secondFactorsOf, sessionsOf, signInBlocked, successorOf, totpToVerify,
  verifyAudit, waitingSignIns, type AuditFilter, type AuditVerified,
  type CustomerView, type DeviceView, type PasskeyView, type Payee, type SecondFactors,
  type SessionView, type WaitingSignIn,
} from './reads.ts'
