import type { Rule } from '../rule.ts'

export const emulator: Rule = {
  id: 'emulator',
  code: 'EMULATOR',
  detection: 8,
  thief: 'Runs stolen accounts on emulated phones.',
  steps: ['payment', 'withdrawal', 'sign_in', 'link_bank_account'],
  when: 'emulator && !deviceTrusted',
  points: 45,
  floor: 'challenge',
  observed: 'emulator',
  threshold: 'no',
  sentence: 'Please confirm on a device you have used before.',
  analystSentence: 'The device is an emulator and not trusted.',
}
