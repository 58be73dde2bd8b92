import type { Rule } from '../rule.ts'

export const payeeSharedDevice: Rule = {
  id: 'payee-shared-device',
  code: 'PAYEE_SHARED_DEVICE',
  detection: 11,
  thief: 'Runs a row of mule accounts from one phone.',
  steps: ['payment'],
  when:
    'newPayee && payeeKind == "person" && payeeDeviceCustomers > maxDeviceCustomers && ' +
    'amount >= muleSum',
  points: 30,
  floor: 'challenge',
  observed: 'payeeDeviceCustomers',
  threshold: 'maxDeviceCustomers',
  sentence: 'Please confirm this payment to somebody new.',
  analystSentence: 'The payee uses a device that many customers use.',
}
