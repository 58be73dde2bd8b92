/**
 * Entries of the fund that no decision of the guard stands behind, and the rule that exempts each:
 * money that stays with its owner, or is moved by the fund's own calendar. Redemptions
 * (`fast_redemption`, `redemption`) are never exempt: their reference is the order a decision is
 * about.
 */
export const exemptFundEntryKinds = {
  subscribe: 'own_money_in: the money stays the customer’s, at less risk than in the wallet',
  fund_cut_off: 'fund_calendar: customers’ orders as placed, together, at the cut-off',
  fund_deliver: 'fund_calendar: the same money on to the custodian',
  fund_return: 'fund_calendar: a dealing day rejected by the fund, money back',
  fund_confirm: 'fund_calendar: an order placed before is booked as the fund answered',
  fund_reject: 'fund_calendar: an order placed before is undone as the fund answered',
  fund_cancel: 'own_order_back: what an order set aside returns to where it was',
  fund_settle: 'fund_calendar: the fund repays what the bank advanced',
  redemptions_arrived: 'fund_calendar: the fund pays redemptions decided when they were placed',
  redemption_paid: 'fund_calendar: money of a redemption decided when it was placed',
  fund_income: 'fund_income: income of a calendar day, to the fen',
} as const

export type ExemptFundEntryKind = keyof typeof exemptFundEntryKinds
