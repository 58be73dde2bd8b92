import type { Rule } from '../rule.ts'

export const payeeNearMules: Rule = {
  id: 'payee-near-mules',
  code: 'PAYEE_NEAR_MULES',
  detection: 11,
  thief: 'Uses the next account of a ring whose first ones are known.',
  steps: ['payment'],
  when:
    'newPayee && !payeePaidUs && payeeKind == "person" && payeeMuleLinks >= maxMuleLinks && ' +
    'amount >= muleSum',
  points: 50,
  floor: 'hold',
  observed: 'payeeMuleLinks',
  threshold: 'maxMuleLinks',
  sentence: 'We look at this payment before it goes out, to protect you.',
  analystSentence: 'Known mules who paid the payee or share a device with him.',
}
