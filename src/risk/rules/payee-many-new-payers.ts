import type { Rule } from '../rule.ts'

export const payeeManyNewPayers: Rule = {
  id: 'payee-many-new-payers',
  code: 'PAYEE_MANY_NEW_PAYERS',
  detection: 11,
  thief: 'Gathers money from many victims in a fresh account.',
  steps: ['payment'],
  when:
    'newPayee && !payeePaidUs && payeeKind == "person" && payeeAge < youngPayeeAge && ' +
    'payeeNewPayers24h >= manyNewPayers && amount >= muleSum',
  points: 50,
  floor: 'hold',
  observed: 'payeeNewPayers24h',
  threshold: 'manyNewPayers',
  sentence: 'We look at this payment before it goes out, to protect you.',
  analystSentence: 'A young payee whom many people pay for the first time today.',
}
