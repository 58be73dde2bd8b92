import type { Rule } from '../rule.ts'

export const smsSilence: Rule = {
  id: 'sms-silence',
  code: 'SMS_SILENCE',
  detection: 2,
  thief: 'Uses codes that the carrier delivered but the enrolled phone never showed.',
  steps: ['reset', 'sign_in', 'link_bank_account', 'payment', 'withdrawal'],
  when: 'proof == "sms" && silence != "no"',
  points: 80,
  floor: 'deny',
  observed: 'silence',
  threshold: 'no',
  sentence:
    'Your phone may not be receiving text messages. Please check with your mobile operator.',
  analystSentence: 'Codes were delivered but not seen by the enrolled phone, or nobody knows.',
}
