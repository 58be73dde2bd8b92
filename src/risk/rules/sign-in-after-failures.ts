import type { Rule } from '../rule.ts'

export const signInAfterFailures: Rule = {
  id: 'sign-in-after-failures',
  code: 'SIGN_IN_AFTER_FAILURES',
  detection: 5,
  thief: 'Tries lists of leaked passwords until one fits.',
  steps: ['sign_in', 'reset'],
  when: 'failedSignIns24h >= maxFailedSignIns && !deviceTrusted',
  points: 40,
  floor: 'challenge',
  observed: 'failedSignIns24h',
  threshold: 'maxFailedSignIns',
  sentence: 'There were several failed attempts to sign in. Please confirm that it is you.',
  analystSentence: 'Success after many failures, from a device that is not trusted.',
}
