import type { Rule } from '../rule.ts'

export const gatheredThenSpread: Rule = {
  id: 'gathered-then-spread',
  code: 'GATHERED_THEN_SPREAD',
  detection: 11,
  thief: 'Is a mule himself: many new payers, and all of it goes on within a day.',
  steps: ['payment', 'withdrawal'],
  when:
    'newPayers24h >= manyNewPayers && receivedSum24h >= muleIn24h && ' +
    'passThrough >= passThroughShare && customerAge < youngPayeeAge && ' +
    '(newPayee || step == "withdrawal")',
  points: 50,
  floor: 'hold',
  observed: 'newPayers24h',
  threshold: 'manyNewPayers',
  sentence: 'We look at this payment before it goes out.',
  analystSentence: 'People who paid this young account for the first time today, and it goes on.',
}
