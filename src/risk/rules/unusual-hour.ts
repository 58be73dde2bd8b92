import type { Rule } from '../rule.ts'

export const unusualHour: Rule = {
  id: 'unusual-hour',
  code: 'UNUSUAL_HOUR',
  detection: 9,
  thief: 'Works at night, when the victim sleeps.',
  steps: ['payment'],
  when:
    'newPayee && paymentsEver >= habitPayments && ' +
    'hourShare <= rareHourShare && amount > driftSum',
  points: 15,
  floor: null,
  observed: 'hourShare',
  threshold: 'rareHourShare',
  sentence: 'This payment is at an unusual time for you.',
  analystSentence: "Share of this customer's payments at this time of day, in percent.",
}
