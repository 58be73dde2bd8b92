import type { Rule } from '../rule.ts'

export const splitAmounts: Rule = {
  id: 'split-amounts',
  code: 'SPLIT_AMOUNTS',
  detection: 12,
  thief: 'Cuts a large sum into equal pieces below every limit.',
  steps: ['payment'],
  when: 'newPayee && nearEqual24h >= splitCount && nearEqualSum24h > splitSum && newPayees24h >= 2',
  points: 35,
  floor: 'challenge',
  observed: 'nearEqual24h',
  threshold: 'splitCount',
  sentence: 'Several payments of the same size in one day. Please confirm this one.',
  analystSentence: 'Payments and attempts of nearly this amount within 24 hours.',
}
