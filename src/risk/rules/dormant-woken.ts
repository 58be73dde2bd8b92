import type { Rule } from '../rule.ts'

export const dormantWoken: Rule = {
  id: 'dormant-woken',
  code: 'DORMANT_WOKEN',
  detection: 10,
  thief: 'Takes over an account its owner no longer looks at.',
  steps: ['payment', 'withdrawal', 'redeem'],
  when: 'dormantDays >= maxDormantDays && (newPayee || step != "payment") && amount > wokenSum',
  points: 40,
  floor: 'challenge',
  observed: 'dormantDays',
  threshold: 'maxDormantDays',
  sentence: 'Your account was quiet for a long time. Please confirm that it is you.',
  analystSentence: 'Days without any act of the customer before this one.',
}
