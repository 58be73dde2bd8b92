import type { Rule } from '../rule.ts'

export const newDeviceCoolOff: Rule = {
  id: 'new-device-cool-off',
  code: 'NEW_DEVICE_COOL_OFF',
  detection: 3,
  thief: 'Got a device enrolled and empties the account before anybody notices.',
  steps: ['payment', 'withdrawal'],
  when:
    '!deviceTrusted && deviceAge < newDeviceAge && (newPayee || step == "withdrawal") ' +
    '&& leavingSum24h > coolOffSum',
  points: 45,
  floor: 'challenge',
  observed: 'deviceAge',
  threshold: 'newDeviceAge',
  sentence: 'Payments to new payees from a new device need a confirmation during its first days.',
  analystSentence: 'Money leaves for somewhere new from a device still in its cool-off.',
}
