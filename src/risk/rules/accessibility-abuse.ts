import type { Rule } from '../rule.ts'

export const accessibilityAbuse: Rule = {
  id: 'accessibility-abuse',
  code: 'ACCESSIBILITY_ABUSE',
  detection: 8,
  thief: 'Has an app of his read the screen and tap through the accessibility interface.',
  steps: ['payment', 'withdrawal', 'redeem', 'link_bank_account'],
  when: 'accessibilityAbuse && (newPayee || step != "payment")',
  points: 50,
  floor: 'hold',
  observed: 'accessibilityAbuse',
  threshold: 'no',
  sentence:
    'An app on your phone can read your screen and tap for you. Please remove it; we look ' +
    'at this payment first.',
  analystSentence: 'An app drives the screen by accessibility while money goes somewhere new.',
}
