import type { Rule } from '../rule.ts'

export const sessionOtherDevice: Rule = {
  id: 'session-other-device',
  code: 'SESSION_OTHER_DEVICE',
  detection: 6,
  thief: 'Stole a session and uses it on his own device.',
  steps: ['payment', 'redeem', 'withdrawal', 'link_bank_account'],
  when: 'otherDevice',
  points: 60,
  floor: 'challenge',
  observed: 'otherDevice',
  threshold: 'no',
  sentence:
    'Your session came from another device than the one you signed in on. Please ' +
    'confirm on that device.',
  analystSentence: 'The session is bound to another device than the one seen now.',
}
