import type { Rule } from '../rule.ts'

export const simChangeUntrustedDevice: Rule = {
  id: 'sim-change-untrusted-device',
  code: 'SIM_CHANGE_MONEY',
  detection: 1,
  thief: "Controls the victim's number and moves money from a device of his own.",
  steps: ['redeem', 'payment', 'withdrawal', 'link_bank_account'],
  when: '(simSwap == "yes" || forwarding == "yes") && !deviceTrusted',
  points: 45,
  floor: 'challenge',
  observed: 'simSwap',
  threshold: 'no',
  sentence:
    'Your mobile number has just changed hands at the operator. Please confirm on a ' +
    'device you have used before.',
  analystSentence: 'SIM change or forwarding is active and the device is not a trusted one.',
}
