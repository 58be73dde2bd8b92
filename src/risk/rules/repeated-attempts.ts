import type { Rule } from '../rule.ts'

export const repeatedAttempts: Rule = {
  id: 'repeated-attempts',
  code: 'REPEATED_ATTEMPTS',
  detection: 12,
  thief: 'Tries other amounts and payees until something goes through.',
  steps: ['payment'],
  when: 'newPayee && attempts24h >= maxAttempts && attemptedSum24h > splitSum',
  points: 35,
  floor: null,
  observed: 'attempts24h',
  threshold: 'maxAttempts',
  sentence: 'Several of your payments were stopped today.',
  analystSentence: 'Payments of the last 24 hours that were challenged, held or denied.',
}
