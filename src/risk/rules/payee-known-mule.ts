import type { Rule } from '../rule.ts'

export const payeeKnownMule: Rule = {
  id: 'payee-known-mule',
  code: 'PAYEE_KNOWN_MULE',
  detection: 11,
  thief: 'Sends what he steals to an account that took stolen money before.',
  steps: ['payment'],
  when: 'payeeKnownMule && amount >= muleSum',
  points: 80,
  floor: 'hold',
  observed: 'payeeKnownMule',
  threshold: 'no',
  sentence: 'We look at this payment before it goes out, to protect you.',
  analystSentence: 'Stolen money went to this payee before, as staff found.',
}
