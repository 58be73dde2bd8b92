/**
 * Entries of reconciliation that no decision of the guard stands behind, and the rule that exempts
 * each: money that came in by itself, and goes to whom it belongs or back where it came from.
 */
export const exemptReconciliationEntryKinds = {
  receipt_unidentified: 'suspense: money at the bank whose owner is not known yet',
  receipt_cleared: 'suspense: its owner was found, or the bank takes it back',
} as const

export type ExemptReconciliationEntryKind = keyof typeof exemptReconciliationEntryKinds
