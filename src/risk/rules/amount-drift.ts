import type { Rule } from '../rule.ts'

export const amountDrift: Rule = {
  id: 'amount-drift',
  code: 'AMOUNT_DRIFT',
  detection: 9,
  thief: 'Pays far more than this customer ever did.',
  steps: ['payment'],
  when:
    'newPayee && paymentsEver >= habitPayments && ' +
    'timesLargest >= driftTimes && amount > driftSum',
  points: 25,
  floor: null,
  observed: 'timesLargest',
  threshold: 'driftTimes',
  sentence: 'This payment is much larger than your usual ones.',
  analystSentence: 'Amount in percent of the largest payment ever made.',
}
