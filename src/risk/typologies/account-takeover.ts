import type { PolicyTypology } from '../policy.ts'

/**
 * Somebody else has got in: a fresh device or password, savings turned into money, and an account
 * emptied in a way its owner never did. Each sign alone is an honest person's Tuesday.
 */
export const accountTakeover: PolicyTypology = {
  id: 'account-takeover',
  code: 'ACCOUNT_TAKEOVER',
  steps: ['payment', 'withdrawal'],
  when: '!deviceTrusted || resetAge < recentChange',
  rules: [
    { rule: 'sim-change-untrusted-device', weight: 40 },
    { rule: 'new-device-cool-off', weight: 40 },
    { rule: 'changed-then-pay', weight: 40 },
    { rule: 'bank-account-cool-off', weight: 40 },
    { rule: 'anonymous-network', weight: 30 },
    { rule: 'impossible-travel', weight: 30 },
    { rule: 'redeem-then-pay', weight: 30 },
    { rule: 'balance-drain', weight: 30 },
    { rule: 'amount-drift', weight: 20 },
    { rule: 'dormant-woken', weight: 20 },
    { rule: 'unusual-hour', weight: 10 },
  ],
  alertFrom: 60,
  interdictFrom: 100,
  interdiction: 'hold',
  sentence: 'This payment differs from what you do in several ways; we look at it first.',
  analystSentence: 'Signs of somebody else in the account, added up.',
}
