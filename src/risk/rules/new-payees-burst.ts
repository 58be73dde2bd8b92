import type { Rule } from '../rule.ts'

export const newPayeesBurst: Rule = {
  id: 'new-payees-burst',
  code: 'NEW_PAYEES_BURST',
  detection: 12,
  thief: 'Spreads the money over many mules at once.',
  steps: ['payment'],
  when: 'newPayee && newPayees24h >= burstPayees && newPayeeSum24h > burstSum',
  points: 35,
  floor: 'challenge',
  observed: 'newPayees24h',
  threshold: 'burstPayees',
  sentence: 'You are paying many new people today. Please confirm this payment.',
  analystSentence: 'Payees first paid within 24 hours.',
}
