const posting = [
  'account_not_found',
  'account_closed',
  'books_differ',
  'insufficient_funds',
  'limit_exceeded',
] as const

const endedHold = ['hold_not_found', 'hold_posted', 'hold_voided', 'hold_expired'] as const

/**
 * Every answer but success that the ledger gives, by what was asked, in the order in which they
 * are looked for: of several faults at once the first one here is told. `exists` is one of them:
 * nothing was done, because it had been done before.
 */
export const ledgerErrors = {
  open: ['exists_with_different_ceiling', 'exists'],
  close: ['account_not_found', 'account_closed', 'balance_not_zero', 'holds_pending'],
  reopen: ['account_not_found', 'account_not_closed'],
  post: posting,
  hold: [
    'exists_with_different_kind',
    'exists_with_different_ref',
    'exists_with_different_legs',
    'exists_with_different_expires_at',
    'exists',
    ...posting,
  ],
  post_hold: [
    ...endedHold,
    'amount_exceeds_hold',
    'partial_not_possible',
    'account_not_found',
    'account_closed',
    'books_differ',
    'insufficient_funds',
    'limit_exceeded',
  ],
  void_hold: endedHold,
  expire_hold: [...endedHold, 'hold_not_due'],
} as const satisfies Record<string, readonly string[]>

/** What may be answered instead of success when that is asked. */
export type LedgerError<Asked extends keyof typeof ledgerErrors> =
  (typeof ledgerErrors)[Asked][number]
