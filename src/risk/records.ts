/** Records and logs. `holderProfile` has no table of its own: map it into the account's row. */
export { guestProfile, holderProfile, type HolderProfileRecord } from './holder-profile-record.ts'
export { linkProfile, type LinkProfileRecord } from './link-profile-record.ts'
export { policyRecord, policyVersionLog, type PolicyVersionRow } from './policy-record.ts'
export { decisionLog, type DecisionRow } from './decision-log.ts'
export { labelLog, labels, type Label, type LabelRow } from './label-log.ts'
