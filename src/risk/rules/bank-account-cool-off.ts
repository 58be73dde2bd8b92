import type { Rule } from '../rule.ts'

export const bankAccountCoolOff: Rule = {
  id: 'bank-account-cool-off',
  code: 'BANK_ACCOUNT_COOL_OFF',
  detection: 4,
  thief: 'Links a bank account of his own and withdraws to it.',
  steps: ['withdrawal'],
  when: 'bankAccountAge < youngBankAccount && leavingSum24h > bankCoolOffSum',
  points: 40,
  floor: 'challenge',
  observed: 'bankAccountAge',
  threshold: 'youngBankAccount',
  sentence: 'This bank account was linked a short while ago. Please confirm the withdrawal.',
  analystSentence: 'Withdrawal to a bank account still in its cool-off.',
}
