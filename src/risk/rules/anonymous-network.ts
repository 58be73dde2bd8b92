import type { Rule } from '../rule.ts'

export const anonymousNetwork: Rule = {
  id: 'anonymous-network',
  code: 'ANONYMOUS_NETWORK',
  detection: 5,
  thief: 'Hides where he is behind TOR, a VPN or a rented server.',
  steps: ['sign_in', 'payment', 'withdrawal', 'link_bank_account'],
  when: 'networkKind in ["tor", "data_centre", "vpn"] && !deviceTrusted',
  points: 45,
  floor: 'challenge',
  observed: 'networkKind',
  threshold: 'home, mobile',
  sentence: 'Please confirm on a device you have used before.',
  analystSentence:
    'The network hides who uses it (TOR, VPN or data centre) and the device is not a trusted one.',
}
