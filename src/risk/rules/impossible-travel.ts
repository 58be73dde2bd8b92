import type { Rule } from '../rule.ts'

export const impossibleTravel: Rule = {
  id: 'impossible-travel',
  code: 'IMPOSSIBLE_TRAVEL',
  detection: 6,
  thief: "Uses the victim's session or password at the other end of the world.",
  steps: ['sign_in', 'payment', 'withdrawal', 'redeem', 'link_bank_account'],
  when: 'travelKmh > maxTravelKmh && !deviceTrusted',
  points: 50,
  floor: 'challenge',
  observed: 'travelKmh',
  threshold: 'maxTravelKmh',
  sentence:
    'You were somewhere else a moment ago. Please confirm on a device you have used before.',
  analystSentence:
    'Nobody travels that fast between the two networks, and the device is not a trusted one.',
}
