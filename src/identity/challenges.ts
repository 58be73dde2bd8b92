/* What is asked of somebody who signs in, and how often; the entry point takes it from here. */
export { challengeCountKey, countChallenge } from './challenge-count.ts'
export {
  codeKey,
  codeLifeMs,
  codeResendMs,
  codesPerHour,
  codeTries,
  issueCode,
  oneTimeCode,
  spendTry,
  tryCode,
  useCode,
  type CodeError,
  type CodePurpose,
  type OneTimeCode,
} from './code.ts'
export {
  attemptsKey,
  countFailure,
  forgetFailures,
  tooManyAttempts,
  tooManyGuesses,
} from './sign-in-attempts.ts'
export {
  challengeKey,
  challengeLifeMs,
  freshChallengeKey,
  openChallenge,
  signInChallenge,
  type SignInChallenge,
} from './sign-in-challenge.ts'
