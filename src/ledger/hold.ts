import { defineRecord, freshKeyOf, keyOf, type Key, type View } from '#commit'
import { fail, type Instant, invariant, ok, required, type Result } from '#kernel'
import { larger } from '#money'
import { account, type Account } from './account.ts'
import type { LedgerError } from './error-codes.ts'
import { type Leg, limitBroken, post, type Posted, type PostError } from './post.ts'

/**
 * Money reserved by a pending entry. Always in one of these states; it ends exactly once:
 * pending -> posted (used up, or its last part posted and the rest freed) | voided | expired.
 * Parts may have been posted before it ends in any of the three ways: see `postedAmount`.
 */
export interface Hold {
  id: string
  kind: string
  ref: string
  state: 'pending' | 'posted' | 'voided' | 'expired'
  /** The legs that posting it will post, amounts as decimal strings of minor units. */
  legs: readonly { debit: string; credit: string; amount: bigint }[]
  amount: bigint
  /** What its parts have posted so far; never above `amount`. */
  postedAmount: bigint
  createdAt: Instant
  /** At this moment it counts as ended for every command, whether or not a job came round. */
  expiresAt: Instant | null
  endedAt: Instant | null
  /** The entry that posted its last part. */
  entry: bigint | null
}

export const holdRecord = defineRecord<Hold>({
  name: 'ledger.hold',
  key: 'id',
  fields: {
    id: 'text',
    kind: 'text',
    ref: 'text',
    state: 'text',
    legs: 'json',
    amount: 'bigint',
    postedAmount: 'bigint',
    createdAt: 'instant',
    expiresAt: 'instant',
    endedAt: 'instant',
    entry: 'bigint',
  },
})

export type HoldError = LedgerError<'hold'>
export type EndHoldError = Exclude<LedgerError<'post_hold'>, PostError>

/** What may be held; amounts are fixed. */
export interface HoldWish {
  readonly id: string
  readonly kind: string
  readonly ref: string
  readonly legs: readonly Leg[]
  readonly expiresAt: Instant | null
}

export function holdKey(id: string): Key {
  return keyOf(holdRecord, id)
}

export function freshHoldKey(id: string): Key {
  return freshKeyOf(holdRecord, id)
}

/**
 * Reserves money. Pessimistic: fails at once when a limit would break.
 * The legs count net per account, so money may pass through an account inside one hold, provided
 * that each account is funded before it pays: then posting it cannot fail for lack of money.
 * Errors: exists_with_different_kind, _ref, _legs, _expires_at, exists, and those of `post`.
 */
export function hold(state: View, wish: HoldWish, now: Instant): Result<Hold, HoldError> {
  const { id, kind, ref, expiresAt } = wish
  const earlier = state.get(holdRecord, id)
  if (earlier !== undefined) return fail(existsAs(earlier, wish))
  invariant(expiresAt === null || expiresAt > now, `the deadline of hold ${id} lies ahead`)
  const refused = refusalOf(state, wish.legs)
  if (refused !== null) return fail(refused)
  const legs = wish.legs.map(({ debit, credit, amount }) => ({ debit, credit, amount }))
  const changed: Account[] = []
  for (const [accountId, net] of netOf(legs)) {
    const after = withPending(accountIn(state, accountId), net)
    const broken = limitBroken(after)
    if (broken !== null) return fail(broken)
    changed.push(after)
  }
  assertFundedBeforePaying(state, legs)
  const created: Hold = {
    id,
    kind,
    ref,
    state: 'pending',
    legs,
    amount: required(legs[0], `legs of hold ${id}`).amount,
    postedAmount: 0n,
    createdAt: now,
    expiresAt,
    endedAt: null,
    entry: null,
  }
  for (const after of changed) state.put(account, after)
  state.put(holdRecord, created)
  return ok(created)
}

/** An id names one hold for ever, also once it has ended. */
function existsAs(earlier: Hold, { kind, ref, legs, expiresAt }: HoldWish): HoldError {
  if (earlier.kind !== kind) return 'exists_with_different_kind'
  if (earlier.ref !== ref) return 'exists_with_different_ref'
  const isSame = (leg: Leg, i: number) => {
    const other = earlier.legs[i]
    return other?.debit === leg.debit && other.credit === leg.credit && other.amount === leg.amount
  }
  if (earlier.legs.length !== legs.length || !legs.every(isSame)) {
    return 'exists_with_different_legs'
  }
  return earlier.expiresAt === expiresAt ? 'exists' : 'exists_with_different_expires_at'
}

/** Accounts that cannot take part; throws on legs that no caller may ask for. */
function refusalOf(state: View, legs: readonly Leg[]): PostError | null {
  for (const { debit, credit, amount, balancing } of legs) {
    invariant(amount > 0n, `amount of a leg must be positive: ${amount}`)
    invariant(debit !== credit, `a leg needs two accounts: ${debit}`)
    invariant(balancing === undefined, 'a hold reserves fixed amounts')
    const sides = [state.get(account, debit), state.get(account, credit)]
    if (sides.includes(undefined)) return 'account_not_found'
    if (sides.some((side) => side?.closedAt !== null)) return 'account_closed'
    if (sides[0]?.book !== sides[1]?.book) return 'books_differ'
  }
  return null
}

/**
 * Nowhere between two legs may an account have paid more than the hold reserves on it: that money
 * could be gone when the hold is posted, though the hold had promised it.
 */
function assertFundedBeforePaying(state: View, legs: Hold['legs']): void {
  if (legs.length === 1) return
  const reserved = netOf(legs)
  const running = new Map<string, bigint>()
  for (const { debit, credit, amount } of legs) {
    for (const [id, change] of [
      [debit, amount],
      [credit, -amount],
    ] as const) {
      const { side, notNegative } = accountIn(state, id)
      const sign = side === 'credit' ? 1n : -1n
      const paid = (running.get(id) ?? 0n) + sign * change
      running.set(id, paid)
      const promised = larger(sign * (reserved.get(id) ?? 0n), 0n)
      invariant(!notNegative || paid <= promised, `${id} pays before it is funded`)
    }
  }
}

function accountIn(state: View, id: string): Account {
  return required(state.get(account, id), `account ${id}`)
}

/**
 * Posts what is left of a hold, or (holds of one leg) a part of it. A part ends the hold and frees
 * the rest, unless it is not `final`: then the rest stays reserved for further parts, and the hold
 * ends when it is used up, posted finally, voided or expired.
 * Errors: hold_not_found, hold_posted, hold_voided, hold_expired, amount_exceeds_hold,
 * partial_not_possible, account_closed, limit_exceeded.
 */
export function postHold(
  state: View,
  wish: { id: string; amount?: bigint; final?: boolean },
  now: Instant,
): Result<Posted, LedgerError<'post_hold'>> {
  const found = pendingHold(state, wish.id, now)
  if (!found.ok) return found
  const present = found.value
  const left = present.amount - present.postedAmount
  const amount = wish.amount ?? left
  if (amount > left) return fail('amount_exceeds_hold')
  if (amount !== left && present.legs.length > 1) return fail('partial_not_possible')
  const legs = present.legs.length === 1 ? withAmount(present.legs, amount) : present.legs
  const before = accountsOf(state, present)
  release(state, present)
  const { kind, ref } = present
  const posted = post(state, { kind, ref, legs, holdId: present.id }, now)
  if (!posted.ok) {
    // An account that money only crosses is closed or full: the hold stays as it was.
    for (const subject of before) state.put(account, subject)
    const { error } = posted
    const isExpected = error === 'account_closed' || error === 'limit_exceeded'
    invariant(isExpected, `hold ${present.id} cannot be posted: ${error}`)
    return fail(error)
  }
  const { entry } = posted.value
  const postedAmount = present.postedAmount + amount
  const ends = amount === left || (wish.final ?? true)
  const after: Hold = { ...present, postedAmount, entry }
  if (!ends) reserve(state, after)
  state.put(holdRecord, ends ? { ...after, state: 'posted', endedAt: now } : after)
  return posted
}

function withAmount(legs: Hold['legs'], amount: bigint): Hold['legs'] {
  return legs.map((leg) => ({ ...leg, amount }))
}

/**
 * Frees what is left of the money, once. Errors: hold_not_found, hold_posted, hold_voided,
 * hold_expired.
 */
export function voidHold(
  state: View,
  wish: { id: string },
  now: Instant,
): Result<Hold, LedgerError<'void_hold'>> {
  const found = pendingHold(state, wish.id, now)
  if (!found.ok) return found
  return ok(end(state, found.value, { as: 'voided', now }))
}

/** Ends a hold whose time is over, once. `hold_not_due` when its deadline lies ahead. */
export function expireHold(
  state: View,
  wish: { id: string },
  now: Instant,
): Result<Hold, LedgerError<'expire_hold'>> {
  const present = state.get(holdRecord, wish.id)
  if (present === undefined) return fail('hold_not_found')
  if (present.state !== 'pending') return fail(`hold_${present.state}` as const)
  if (!isOver(present, now)) return fail('hold_not_due')
  return ok(end(state, present, { as: 'expired', now }))
}

function isOver(present: Hold, now: Instant): boolean {
  return present.expiresAt !== null && now >= present.expiresAt
}

function pendingHold(
  state: View,
  id: string,
  now: Instant,
): Result<Hold, LedgerError<'void_hold'>> {
  const present = state.get(holdRecord, id)
  if (present === undefined) return fail('hold_not_found')
  if (present.state !== 'pending') return fail(`hold_${present.state}` as const)
  // Its money is still counted as reserved until `expireHold`, but nobody may post it any more.
  if (isOver(present, now)) return fail('hold_expired')
  return ok(present)
}

function end(state: View, present: Hold, how: { as: 'voided' | 'expired'; now: Instant }): Hold {
  release(state, present)
  const ended: Hold = { ...present, state: how.as, endedAt: how.now }
  state.put(holdRecord, ended)
  return ended
}

/** Takes what the hold still reserves off its accounts. */
function release(state: View, present: Hold): void {
  for (const [id, net] of netOf(legsLeft(present))) {
    state.put(account, withPending(accountIn(state, id), net, -1n))
  }
}

/** Puts what is left of it onto its accounts again: not more than was there, so no limit breaks. */
function reserve(state: View, present: Hold): void {
  for (const [id, net] of netOf(legsLeft(present))) {
    state.put(account, withPending(accountIn(state, id), net))
  }
}

/** Only holds of one leg have parts. */
function legsLeft({ legs, amount, postedAmount }: Hold): Hold['legs'] {
  return postedAmount === 0n ? legs : withAmount(legs, amount - postedAmount)
}

function accountsOf(state: View, present: Hold): Account[] {
  const found: Account[] = []
  for (const id of netOf(present.legs).keys()) {
    const subject = state.get(account, id)
    if (subject !== undefined) found.push(subject)
  }
  return found
}

/** Net debit (positive) or credit (negative) per account; accounts that money only crosses: 0. */
function netOf(legs: Hold['legs']): Map<string, bigint> {
  const net = new Map<string, bigint>()
  for (const { debit, credit, amount } of legs) {
    net.set(debit, (net.get(debit) ?? 0n) + amount)
    net.set(credit, (net.get(credit) ?? 0n) - amount)
  }
  return net
}

function withPending(subject: Account, net: bigint, sign = 1n): Account {
  if (net === 0n) return subject
  return net > 0n
    ? { ...subject, debitsPending: subject.debitsPending + sign * net }
    : { ...subject, creditsPending: subject.creditsPending - sign * net }
}
