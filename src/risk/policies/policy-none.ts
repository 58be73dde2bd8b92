import type { PolicyDocument } from '../policy.ts'

/** Allows everything and still records every decision with its facts: what a guard is worth. */
export const policyNone: PolicyDocument = {
  name: 'none',
  description: 'No rule at all. Every step is allowed and recorded.',
  parameters: {},
  rules: [],
  outcomeFrom: { challenge: 101, hold: 101, deny: 101 },
  levelFrom: { elevated: 101, highest: 101 },
  holdBecomes: {
    reset: 'deny',
    sign_in: 'deny',
    redeem: 'challenge',
    withdrawal: 'challenge',
    link_bank_account: 'challenge',
  },
}
