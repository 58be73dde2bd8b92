import type { Rule } from '../rule.ts'

export const crowdedNetwork: Rule = {
  id: 'crowded-network',
  code: 'CROWDED_NETWORK',
  detection: 5,
  thief: 'Works through many accounts from one address.',
  steps: ['sign_in', 'reset'],
  when:
    '!deviceKnown && networkAge < newNetworkAge && networkCustomers >= crowdedNetwork ' +
    '&& failedSignIns24h > 0',
  points: 35,
  floor: null,
  observed: 'networkCustomers',
  threshold: 'crowdedNetwork',
  sentence: 'Please confirm that it is you.',
  analystSentence: 'Unknown device on a network where many customers are tried.',
}
