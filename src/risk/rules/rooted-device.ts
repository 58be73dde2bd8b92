import type { Rule } from '../rule.ts'

export const rootedDevice: Rule = {
  id: 'rooted-device',
  code: 'ROOTED_DEVICE',
  detection: 8,
  thief: 'Opened up the phone so that his tool can read what the app shows.',
  steps: ['payment', 'withdrawal', 'link_bank_account'],
  when: 'rooted && !deviceTrusted',
  points: 45,
  floor: 'challenge',
  observed: 'rooted',
  threshold: 'no',
  sentence:
    'This phone is not as its maker left it. Please confirm on a device you have used before.',
  analystSentence: 'The device is rooted and not a trusted one.',
}
