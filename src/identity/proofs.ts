/* What customers prove themselves by beside a password; the entry point takes it from here. */
export {
  paymentApprovalText,
  redemptionApprovalText,
  rotationText,
  signInApprovalText,
} from './approval-text.ts'
export { bindDeviceKey, deviceKeyKey, deviceSigned, signatureFits } from './device-key.ts'
export {
  passkey,
  passkeyKey,
  passkeysPerCustomer,
  removePasskey,
  usePasskey,
  type PasskeyProof,
} from './passkey.ts'
export {
  passkeyAlgorithms,
  verifyNewPasskey,
  verifyPasskeyUse,
  type PasskeyMade,
  type PasskeyUsed,
} from './passkey-verifier.ts'
export {
  openSealedChallenge,
  sealChallenge,
  sealedChallengeLifeMs,
  spendChallenge,
  spentChallengeKey,
  type SealedChallenge,
} from './sealed-challenge.ts'
export {
  makeRecoverySet,
  recoveryCodeKey,
  recoveryCodesOf,
  recoveryDigestOf,
  recoverySet,
  recoverySetKey,
  tryRecoveryCode,
} from './recovery-code.ts'
export {
  beginTotp,
  hasTotp,
  putTotp,
  removeTotp,
  totpKey,
  tryTotp,
  type FactorVerdict,
  type TotpTried,
} from './totp.ts'
export {
  newTotpSecret,
  totpCodeAt,
  totpStepAt,
  totpStepBegin,
  totpStepOf,
  totpUri,
} from './totp-code.ts'
export { siteAt, type Site } from './site.ts'
export { resetWaitKey, waitForReset } from './reset-wait.ts'
