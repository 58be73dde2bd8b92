import { defineLog, type View } from '#commit'
import { fail, type Instant, invariant, ok, type Result } from '#kernel'
import { account, type Account, balanceOf } from './account.ts'
import type { LedgerError } from './error-codes.ts'

/** One act on an account in its history. Immutable. */
export interface AccountActRow {
  account: string
  /** Grows with time; unique within the account. */
  number: bigint
  act: 'closed' | 'reopened'
  /** Who did it: an operator, a job, the customer. */
  by: string
  reason: string
  at: Instant
}

export const accountActLog = defineLog<AccountActRow>({
  name: 'ledger.account_act',
  fields: {
    account: 'text',
    number: 'bigint',
    act: 'text',
    by: 'text',
    reason: 'text',
    at: 'instant',
  },
})

export interface AccountAct {
  readonly id: string
  readonly by: string
  /** In words, for whoever reads the history. */
  readonly reason: string
}

/**
 * Closes an account that is empty: it takes part in nothing until it is opened again.
 * Errors: account_not_found, account_closed, balance_not_zero, holds_pending.
 */
export function closeAccount(
  state: View,
  wish: AccountAct,
  now: Instant,
): Result<Account, LedgerError<'close'>> {
  const present = state.get(account, wish.id)
  if (present === undefined) return fail('account_not_found')
  if (present.closedAt !== null) return fail('account_closed')
  if (balanceOf(present).posted !== 0n) return fail('balance_not_zero')
  // Both ways: what comes in would find no account either.
  if (present.debitsPending + present.creditsPending > 0n) return fail('holds_pending')
  return ok(put(state, { ...present, closedAt: now }, { ...wish, act: 'closed', at: now }))
}

/** Opens a closed account again. Errors: account_not_found, account_not_closed. */
export function reopenAccount(
  state: View,
  wish: AccountAct,
  now: Instant,
): Result<Account, LedgerError<'reopen'>> {
  const present = state.get(account, wish.id)
  if (present === undefined) return fail('account_not_found')
  if (present.closedAt === null) return fail('account_not_closed')
  return ok(put(state, { ...present, closedAt: null }, { ...wish, act: 'reopened', at: now }))
}

function put(
  state: View,
  changed: Account,
  { id, ...act }: AccountAct & Pick<AccountActRow, 'act' | 'at'>,
): Account {
  invariant(act.by !== '' && act.reason !== '', `who ${act.act} ${id}, and why`)
  state.put(account, changed)
  state.append(accountActLog, { account: id, number: state.nextNumber(), ...act })
  return changed
}
