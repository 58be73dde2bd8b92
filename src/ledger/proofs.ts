export {
  entriesFrom,
  entriesOfKinds,
  entryKinds,
  incomeIssued,
  lastEntryAt,
  repeatedEntries,
  verifyEntries,
} from './verify-entries.ts'
export { verifyDetails } from './verify-details.ts'
export { verifyLimits, verifyReplay } from './verify-accounts.ts'
export { holdsAfter, verifyHolds } from './verify-holds.ts'
export type { Verified } from './verified.ts'
