/* What customers prove themselves by beside a password; the entry point takes it from here. */
export { paymentApprovalText } from './approval-text.ts'
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
export { siteAt, type Site } from './site.ts'
