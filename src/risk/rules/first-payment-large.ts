import type { Rule } from '../rule.ts'

export const firstPaymentLarge: Rule = {
  id: 'first-payment-large',
  code: 'FIRST_PAYMENT_LARGE',
  detection: 7,
  thief: 'Sends a first large payment to a mule before the customer looks at his phone.',
  steps: ['payment'],
  when: 'newPayee && newPayeeSum24h > newPayeeConfirmSum',
  points: 30,
  floor: 'challenge',
  observed: 'newPayeeSum24h',
  threshold: 'newPayeeConfirmSum',
  sentence:
    'Payments to people who are new to you add up to a large sum. Please confirm it was you.',
  analystSentence: 'Payments to new payees reached the sum that needs a confirmation.',
}
