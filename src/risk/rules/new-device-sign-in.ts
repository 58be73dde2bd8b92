import type { Rule } from '../rule.ts'

export const newDeviceSignIn: Rule = {
  id: 'new-device-sign-in',
  code: 'NEW_DEVICE_SIGN_IN',
  detection: 3,
  thief: 'Knows the password from a leak and signs in on his own phone.',
  steps: ['sign_in'],
  when: '!deviceKnown && (proof == "password" || proof == "none")',
  points: 40,
  floor: 'challenge',
  observed: 'deviceAge',
  threshold: 'newDeviceAge',
  sentence: 'This is a new device. Please confirm that it is you.',
  analystSentence: 'Sign-in on a device this customer never used, with nothing but a password.',
}
