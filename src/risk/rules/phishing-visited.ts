import type { Rule } from '../rule.ts'

export const phishingVisited: Rule = {
  id: 'phishing-visited',
  code: 'PHISHING_VISITED',
  detection: 8,
  thief: 'Lured the victim to a copy of our pages and has what he typed there.',
  steps: ['payment', 'withdrawal', 'link_bank_account'],
  when: 'phishing == "yes" && (newPayee || step != "payment" || !deviceTrusted)',
  points: 50,
  floor: 'hold',
  observed: 'phishing',
  threshold: 'no',
  sentence:
    'You have visited a page that copies ours. Please change your password; we look at this ' +
    'payment first.',
  analystSentence: 'An address on a fresh phishing feed was visited from this device.',
}
