import type { Key, View } from '#commit'
import { fail, type Instant, invariant, ok, type Result } from '#kernel'
import { smaller } from '#money'
import { account, type Account, accountKey, balanceOf } from './account.ts'
import { entryLog, postingLog, type PostingRow } from './entry.ts'
import type { LedgerError } from './error-codes.ts'

/** One movement: debits one account and credits another of the same book by `amount`. */
export interface Leg {
  readonly debit: string
  readonly credit: string
  /** Greater than zero; with `balancing` the most that may move. */
  readonly amount: bigint
  /** Moves min(amount, what that side's account has available) instead of failing. */
  readonly balancing?: 'debit' | 'credit'
}

export interface Posting {
  readonly kind: string
  readonly ref: string
  readonly legs: readonly Leg[]
  readonly holdId?: string
}

export type PostError = LedgerError<'post'>

export interface Posted {
  /** 0n when every balancing leg moved nothing: then there is no entry. */
  readonly entry: bigint
  /** What each leg moved, in their order. */
  readonly moved: readonly bigint[]
}

/** The keys a command must declare to post these legs. */
export function accountKeys(legs: readonly Pick<Leg, 'debit' | 'credit'>[]): Key[] {
  const ids = new Set<string>()
  for (const { debit, credit } of legs) ids.add(debit).add(credit)
  return [...ids].map(accountKey)
}

/**
 * Posts one entry: all its legs, in their order, or none.
 * Errors: account_not_found, account_closed, books_differ, insufficient_funds, limit_exceeded.
 */
export function post(state: View, posting: Posting, now: Instant): Result<Posted, PostError> {
  const accounts = new Map<string, Account>()
  const rows: PostingRow[] = []
  const moved: bigint[] = []
  for (const leg of posting.legs) {
    invariant(leg.amount > 0n, `amount of a leg must be positive: ${leg.amount}`)
    invariant(leg.debit !== leg.credit, `a leg needs two accounts: ${leg.debit}`)
    const debit = accounts.get(leg.debit) ?? state.get(account, leg.debit)
    const credit = accounts.get(leg.credit) ?? state.get(account, leg.credit)
    if (debit === undefined || credit === undefined) return fail('account_not_found')
    if (debit.closedAt !== null || credit.closedAt !== null) return fail('account_closed')
    if (debit.book !== credit.book) return fail('books_differ')
    const amount = amountOf(leg, debit, credit)
    moved.push(amount)
    if (amount === 0n) continue
    const debited = debitedBy(debit, amount)
    const credited = creditedBy(credit, amount)
    const broken = limitBroken(debited) ?? limitBroken(credited)
    if (broken !== null) return fail(broken)
    accounts.set(debited.id, debited)
    accounts.set(credited.id, credited)
    rows.push(rowOf(debited, amount, now), rowOf(credited, -amount, now))
  }
  if (rows.length === 0) return ok({ entry: 0n, moved })
  const number = state.nextNumber()
  const { kind, ref, holdId = null } = posting
  state.append(entryLog, { number, kind, ref, holdId, at: now })
  for (const row of rows) {
    row.entry = number
    state.append(postingLog, row)
  }
  for (const changed of accounts.values()) state.put(account, changed)
  return ok({ entry: number, moved })
}

function amountOf(leg: Leg, debit: Account, credit: Account): bigint {
  if (leg.balancing === undefined) return leg.amount
  const { available } = balanceOf(leg.balancing === 'debit' ? debit : credit)
  return available > 0n ? smaller(leg.amount, available) : 0n
}

function debitedBy(subject: Account, amount: bigint): Account {
  return {
    ...subject,
    debitsPosted: subject.debitsPosted + amount,
    postingSeq: subject.postingSeq + 1n,
  }
}

function creditedBy(subject: Account, amount: bigint): Account {
  return {
    ...subject,
    creditsPosted: subject.creditsPosted + amount,
    postingSeq: subject.postingSeq + 1n,
  }
}

/** The limit an account would break in this state, holds counted against it; null when none. */
export function limitBroken(subject: Account): 'insufficient_funds' | 'limit_exceeded' | null {
  const { posted, available, pending } = balanceOf(subject)
  if (subject.notNegative && available < 0n) return 'insufficient_funds'
  if (subject.ceiling === null) return null
  // Incoming holds count: once promised, the room below the ceiling is taken.
  const incoming = pending + posted - available
  return posted + incoming > subject.ceiling ? 'limit_exceeded' : null
}

function rowOf(after: Account, amount: bigint, at: Instant): PostingRow {
  const balance = after.debitsPosted - after.creditsPosted
  return { account: after.id, seq: after.postingSeq, entry: 0n, amount, balance, at }
}
