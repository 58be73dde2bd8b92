import type { PolicyTypology } from '../policy.ts'

/**
 * The payee is an account made for taking stolen money: it gathers from people who never paid it,
 * passes on what it gets, splits it, and stands near others that did the same.
 */
export const muleAccount: PolicyTypology = {
  id: 'mule-account',
  code: 'MULE_ACCOUNT',
  steps: ['payment'],
  when: 'payeeKind == "person" && !payeePaidUs',
  rules: [
    { rule: 'payee-known-mule', weight: 100 },
    { rule: 'payee-near-mules', weight: 50 },
    { rule: 'payee-pass-through', weight: 50 },
    { rule: 'payee-many-new-payers', weight: 50 },
    { rule: 'payee-fans-out', weight: 50 },
    { rule: 'payee-shared-device', weight: 30 },
    { rule: 'new-payees-burst', weight: 20 },
  ],
  alertFrom: 50,
  interdictFrom: 130,
  interdiction: 'deny',
  sentence: 'Several things about this payee are unusual; we look at the payment first.',
  analystSentence: 'Signs of a mule account, added up.',
}
