import type { Rule } from '../rule.ts'

export const newPayeeSum: Rule = {
  id: 'new-payee-sum',
  code: 'NEW_PAYEE_SUM',
  detection: 7,
  thief: 'Sends what he can to people the customer never paid, in as many pieces as it takes.',
  steps: ['payment'],
  when: 'newPayee && newPayeeSum24h > maxNewPayeeSum24h',
  points: 50,
  floor: 'hold',
  observed: 'newPayeeSum24h',
  threshold: 'maxNewPayeeSum24h',
  sentence:
    'You are sending a large sum to people you have not paid before. We look at it ' +
    'before it goes out.',
  analystSentence:
    'Sum of the last 24 hours to payees first paid in those hours is above the limit.',
}
