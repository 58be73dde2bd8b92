/**
 * Entries of the guarantee that no decision of the guard stands behind, and the rule that exempts
 * each: they follow a victim's report, two operators' approval or the cover.
 */
export const exemptGuaranteeEntryKinds = {
  recall: 'recall: money of a disputed payment goes back where it came from',
  accept_claim: 'four_eyes: approved by two operators',
  accept_income: 'four_eyes: under the approval of the claim',
  insurer_paid: 'cover: the insurer pays an approved claim',
  claim_paid: 'four_eyes: an approved claim is paid out of money that arrived',
  recovery_remitted: 'cover: what was recovered after the payout is the insurer’s',
  premium: 'cover: the operator’s own cost',
  premium_paid: 'cover: the operator’s own cash',
} as const

export type ExemptGuaranteeEntryKind = keyof typeof exemptGuaranteeEntryKinds
