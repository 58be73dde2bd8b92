import type { Rule } from '../rule.ts'

export const resetByText: Rule = {
  id: 'reset-by-text',
  code: 'RESET_BY_TEXT',
  detection: 4,
  thief: 'Has the ID number from a leak and reads a text, and resets the password on his phone.',
  steps: ['reset'],
  when: 'proof == "sms" && !deviceTrusted',
  points: 20,
  floor: 'challenge',
  observed: 'deviceAge',
  threshold: 'newDeviceAge',
  sentence:
    'A text and an ID number are not enough on this device. Use your app, a recovery code or a ' +
    'device you have used before, or wait a day.',
  analystSentence: 'Reset with text and ID number only, on a device that is not trusted.',
}
