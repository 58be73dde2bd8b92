const posting = [
  'account_not_found',
  'account_closed',
  'books_differ',
  'insufficient_funds',
  'limit_exceeded',
] as const

const detailed = [
  'metadata_too_many',
  'metadata_key_malformed',
  'metadata_value_malformed',
  'effective_in_future',
  'effective_too_early',
  'condition_account_not_found',
  'account_version_differs',
  'condition_not_met',
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
  post_entry: [...detailed, ...posting, 'condition_not_met_after'],
  // Its legs are made book by book.
  reverse: [
    'nothing_to_reverse',
    ...detailed,
    'account_not_found',
    'account_closed',
    'insufficient_funds',
    'limit_exceeded',
    'condition_not_met_after',
  ],
  hold: [
    'exists_with_different_kind',
    'exists_with_different_ref',
    'exists_with_different_legs',
    'exists_with_different_expires_at',
    'exists',
    ...posting,
  ],
  // What is held can be posted: no funds are missing then, and the books have been compared.
  post_hold: [
    ...endedHold,
    'amount_exceeds_hold',
    'partial_not_possible',
    'account_closed',
    'limit_exceeded',
  ],
  void_hold: endedHold,
  expire_hold: [...endedHold, 'hold_not_due'],
  // The link that failed is told its own code, every other one this.
  chain: ['linked_event_failed'],
} as const satisfies Record<string, readonly string[]>

/** What may be answered instead of success when that is asked. */
export type LedgerError<Asked extends keyof typeof ledgerErrors> =
  (typeof ledgerErrors)[Asked][number]
