import type { Rule } from '../rule.ts'

export const balanceDrain: Rule = {
  id: 'balance-drain',
  code: 'BALANCE_DRAIN',
  detection: 7,
  thief: 'Empties the account within hours.',
  steps: ['payment', 'withdrawal'],
  when: '(newPayee || !deviceTrusted) && shareLeaving24h >= drainShare && leavingSum24h > drainSum',
  points: 35,
  floor: 'challenge',
  observed: 'shareLeaving24h',
  threshold: 'drainShare',
  sentence: 'Most of your money would leave within a day. Please confirm it.',
  analystSentence: 'Share of the whole balance leaving within 24 hours.',
}
