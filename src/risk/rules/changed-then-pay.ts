import type { Rule } from '../rule.ts'

export const changedThenPay: Rule = {
  id: 'changed-then-pay',
  code: 'CREDENTIALS_CHANGED_THEN_PAY',
  detection: 4,
  thief: 'Resets the password, then pays people the customer never paid.',
  steps: ['payment', 'withdrawal'],
  when:
    '(passwordAge < recentChange || resetAge < recentChange) && !deviceTrusted && ' +
    '(newPayee || step == "withdrawal") && leavingSum24h > coolOffSum',
  points: 45,
  floor: 'hold',
  observed: 'passwordAge',
  threshold: 'recentChange',
  sentence:
    'Your password was changed a short while ago. We look at this payment before it goes out.',
  analystSentence: 'Password changed or reset, untrusted device, and money to a new payee.',
}
