import type { Rule } from '../rule.ts'

export const callWhilePaying: Rule = {
  id: 'call-while-paying',
  code: 'CALL_WHILE_PAYING',
  detection: 13,
  thief: 'Keeps the victim on the phone and tells him what to type.',
  steps: ['payment'],
  when: 'callInProgress && newPayee && amount >= callSum',
  points: 50,
  floor: 'hold',
  observed: 'amount',
  threshold: 'callSum',
  sentence:
    'Is somebody on the phone telling you to pay? Nobody honest does. We look at this ' +
    'payment first.',
  analystSentence: 'A call is in progress while a new payee is paid.',
}
