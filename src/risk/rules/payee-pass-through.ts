import type { Rule } from '../rule.ts'

export const payeePassThrough: Rule = {
  id: 'payee-pass-through',
  code: 'PAYEE_PASS_THROUGH',
  detection: 11,
  thief: 'Uses mules who send on within hours whatever comes in.',
  steps: ['payment'],
  when:
    'newPayee && !payeePaidUs && payeeKind == "person" && payeeIn24h >= muleIn24h && ' +
    'payeePassThrough >= passThroughShare && amount >= muleSum',
  points: 50,
  floor: 'hold',
  observed: 'payeePassThrough',
  threshold: 'passThroughShare',
  sentence: 'We look at this payment before it goes out, to protect you.',
  analystSentence: 'What the payee sent on in 24 hours, in percent of what came in.',
}
