import type { Rule } from '../rule.ts'

export const linkBankUntrusted: Rule = {
  id: 'link-bank-untrusted',
  code: 'LINK_BANK_UNTRUSTED',
  detection: 4,
  thief: 'Enrols his device and links his bank account to the stolen wallet.',
  steps: ['link_bank_account'],
  when:
    '!deviceTrusted && (deviceAge < newDeviceAge || passwordAge < recentChange || ' +
    'resetAge < recentChange)',
  points: 45,
  floor: 'challenge',
  observed: 'deviceAge',
  threshold: 'newDeviceAge',
  sentence: 'Linking a bank account from a new device needs a confirmation.',
  analystSentence: 'A bank account is linked from an untrusted device shortly after a change.',
}
