import type { Rule } from '../rule.ts'

export const payeeFansOut: Rule = {
  id: 'payee-fans-out',
  code: 'PAYEE_FANS_OUT',
  detection: 11,
  thief: 'Has the money split among many accounts as soon as it has arrived.',
  steps: ['payment'],
  when:
    'newPayee && !payeePaidUs && payeeKind == "person" && payeePayees24h >= fanOutPayees && ' +
    'payeePassThrough >= passThroughShare && payeeIn24h >= muleIn24h && amount >= muleSum',
  points: 40,
  floor: 'challenge',
  observed: 'payeePayees24h',
  threshold: 'fanOutPayees',
  sentence: 'Please confirm this payment to a new payee.',
  analystSentence: 'Different accounts the payee sent on to in 24 hours.',
}
