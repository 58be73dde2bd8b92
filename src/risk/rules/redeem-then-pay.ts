import type { Rule } from '../rule.ts'

export const redeemThenPay: Rule = {
  id: 'redeem-then-pay',
  code: 'REDEEM_THEN_PAY',
  detection: 7,
  thief: 'Turns savings into spendable money and sends it away at once.',
  steps: ['payment', 'withdrawal'],
  when:
    '(newPayee || (step == "withdrawal" && bankAccountAge < recentChange)) && ' +
    'redeemedSum24h > redeemThenPaySum && leavingSum24h > redeemThenPaySum',
  points: 35,
  floor: 'challenge',
  observed: 'redeemedSum24h',
  threshold: 'redeemThenPaySum',
  sentence:
    'You took money out of your savings and are sending it to somebody new. Please confirm it.',
  analystSentence: 'Redeemed from the fund and paid out to a new payee within 24 hours.',
}
