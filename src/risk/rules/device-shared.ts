import type { Rule } from '../rule.ts'

export const deviceShared: Rule = {
  id: 'device-shared',
  code: 'DEVICE_SHARED',
  detection: 11,
  thief: 'Moves money of many stolen accounts from one phone.',
  steps: ['payment', 'withdrawal', 'link_bank_account'],
  when: 'deviceCustomers > maxDeviceCustomers && !deviceTrusted && (newPayee || step != "payment")',
  points: 40,
  floor: 'challenge',
  observed: 'deviceCustomers',
  threshold: 'maxDeviceCustomers',
  sentence: 'Please confirm on a device that only you use.',
  analystSentence: 'Different customers seen on this device in 30 days.',
}
