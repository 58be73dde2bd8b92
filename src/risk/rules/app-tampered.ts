import type { Rule } from '../rule.ts'

export const appTampered: Rule = {
  id: 'app-tampered',
  code: 'APP_TAMPERED',
  detection: 8,
  thief: 'Changed our app so that it shows one payment and sends another.',
  steps: ['payment', 'withdrawal', 'sign_in', 'redeem', 'link_bank_account'],
  when: 'appTampered',
  points: 80,
  floor: 'deny',
  observed: 'appTampered',
  threshold: 'no',
  sentence:
    'This app is not the one we published. Please install it again from the official store.',
  analystSentence: 'The app failed its integrity check.',
}
