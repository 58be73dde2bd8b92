import type { Rule } from '../rule.ts'

export const sessionOtherPlace: Rule = {
  id: 'session-other-place',
  code: 'SESSION_OTHER_PLACE',
  detection: 6,
  thief: 'Stole a session and uses it on his own device from his own network.',
  steps: ['payment', 'redeem', 'withdrawal', 'link_bank_account'],
  when: 'otherDevice && networkAge < newNetworkAge',
  points: 60,
  floor: 'deny',
  observed: 'networkAge',
  threshold: 'newNetworkAge',
  sentence: 'This session cannot be used here. Please sign in again.',
  analystSentence: 'One session, another device and a network this customer never used.',
}
