import type { Rule } from '../rule.ts'

export const knownMulePays: Rule = {
  id: 'known-mule-pays',
  code: 'KNOWN_MULE_PAYS',
  detection: 11,
  thief: 'Takes out what is left of stolen money before it is recalled.',
  steps: ['payment', 'withdrawal'],
  when: 'customerKnownMule && amount >= muleSum',
  points: 60,
  floor: 'hold',
  observed: 'customerKnownMule',
  threshold: 'no',
  sentence: 'We look at this payment before it goes out. Please contact us.',
  analystSentence: 'Stolen money went to this customer before, as staff found.',
}
