import type { Rule } from '../rule.ts'

export const deviceOfMules: Rule = {
  id: 'device-of-mules',
  code: 'DEVICE_OF_MULES',
  detection: 11,
  thief: 'Runs his next account from the phone of a known mule.',
  steps: ['payment', 'withdrawal', 'link_bank_account'],
  when: 'deviceMules > 0.0 && !deviceTrusted && (newPayee || step != "payment")',
  points: 45,
  floor: 'challenge',
  observed: 'deviceMules',
  threshold: 'noMules',
  sentence: 'Please confirm on a device that only you use.',
  analystSentence: 'Known mules seen on this device.',
}
