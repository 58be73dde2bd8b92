import { defineRecord, freshKeyOf, keyOf, type Key, type View } from '#commit'
import { fail, type Instant, invariant, ok, required, type Result } from '#kernel'
import { larger } from '#money'
import { account, type Account } from './account.ts'
import { type Leg, limitBroken, post, type Posted, type PostError } from './post.ts'

/**
 * Money reserved by a pending entry. Always in one of these states; it ends exactly once:
 * pending -> posted (all, or part and the rest freed) | voided | expired.
 */
export interface Hold {
  id: string
  kind: string
  ref: string
  state: 'pending' | 'posted' | 'voided' | 'expired'
  /** The legs that posting it will post, amounts as decimal strings of minor units. */
  legs: readonly { debit: string; credit: string; amount: bigint }[]
  amount: bigint
  postedAmount: bigint
  createdAt: Instant
  /** At this moment it counts as ended for every command, whether or not a job came round. */
  expiresAt: Instant | null
  endedAt: Instant | null
  /** The entry that posted it. */
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

export type HoldError = PostError | 'hold_exists'
export type EndHoldError =
  | 'hold_not_found'
  | 'hold_posted'
  | 'hold_voided'
  | 'hold_expired'
  | 'amount_exceeds_hold'
  | 'partial_not_possible'

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
 * Errors: hold_exists and those of `post`.
 */
export function hold(
  state: View,
  wish: { id: string; kind: string; ref: string; legs: readonly Leg[]; expiresAt: Instant | null },
  now: Instant,
): Result<Hold, HoldError> {
  const { id, kind, ref, expiresAt } = wish
  if (state.get(holdRecord, id) !== undefined) return fail('hold_exists')
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
 * Posts a hold once, in whole or (holds of one leg) in part; the rest is freed.
 * Errors: hold_not_found, hold_posted, hold_voided, hold_expired, amount_exceeds_hold,
 * partial_not_possible, and those of `post`.
 */
export function postHold(
  state: View,
  wish: { id: string; amount?: bigint },
  now: Instant,
): Result<Posted, EndHoldError | PostError> {
  const found = pendingHold(state, wish.id, now)
  if (!found.ok) return found
  const present = found.value
  const amount = wish.amount ?? present.amount
  if (amount > present.amount) return fail('amount_exceeds_hold')
  if (amount !== present.amount && present.legs.length > 1) return fail('partial_not_possible')
  const legs =
    present.legs.length === 1 ? present.legs.map((leg) => ({ ...leg, amount })) : present.legs
  const before = accountsOf(state, present)
  release(state, present)
  const { kind, ref } = present
  const posted = post(state, { kind, ref, legs, holdId: present.id }, now)
  if (!posted.ok) {
    // Expected failure (an account was closed meanwhile): the hold stays as it was.
    for (const subject of before) state.put(account, subject)
    return posted
  }
  state.put(holdRecord, {
    ...present,
    state: 'posted',
    postedAmount: amount,
    endedAt: now,
    entry: posted.value.entry,
  })
  return posted
}

/** Frees the money, once. Errors: hold_not_found, hold_posted, hold_voided, hold_expired. */
export function voidHold(
  state: View,
  wish: { id: string },
  now: Instant,
): Result<Hold, EndHoldError> {
  const found = pendingHold(state, wish.id, now)
  if (!found.ok) return found
  return ok(end(state, found.value, { as: 'voided', now }))
}

/** Ends a hold whose time is over, once. `hold_not_due` when its deadline lies ahead. */
export function expireHold(
  state: View,
  wish: { id: string },
  now: Instant,
): Result<Hold, EndHoldError | 'hold_not_due'> {
  const present = state.get(holdRecord, wish.id)
  if (present === undefined) return fail('hold_not_found')
  if (present.state !== 'pending') return fail(`hold_${present.state}` as const)
  if (!isOver(present, now)) return fail('hold_not_due')
  return ok(end(state, present, { as: 'expired', now }))
}

function isOver(present: Hold, now: Instant): boolean {
  return present.expiresAt !== null && now >= present.expiresAt
}

function pendingHold(state: View, id: string, now: Instant): Result<Hold, EndHoldError> {
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

/** Takes the hold's pending amounts off its accounts. */
function release(state: View, present: Hold): void {
  for (const [id, net] of netOf(present.legs)) {
    state.put(account, withPending(accountIn(state, id), net, -1n))
  }
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
