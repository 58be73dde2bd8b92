import type { Rule } from '../rule.ts'

export const smsSignalStale: Rule = {
  id: 'sms-signal-stale',
  code: 'SMS_SIGNAL_STALE',
  detection: 1,
  thief: 'Changes the SIM right after the carrier was last asked.',
  steps: ['reset', 'sign_in', 'link_bank_account'],
  when: 'proof == "sms" && smsSignalAge > maxSmsSignalAge',
  points: 80,
  floor: 'deny',
  observed: 'smsSignalAge',
  threshold: 'maxSmsSignalAge',
  sentence:
    'We could not check your phone number with your mobile operator. Please try again ' +
    'in a few minutes.',
  analystSentence: "The carrier's word on this number is too old to lean on.",
}
