/*
 * What the auditor keeps, and how it counts: plain maps and sums, no code of src/ledger.
 */

import type { AuditedCounters, Move, Prediction, Terms } from './ledger-asking.ts'

/** The accounts that the random commands use, taken from the printed chart. */
export const auditedTerms: Readonly<Record<string, Terms>> = {
  '1010': { book: 'OP', isAsset: true, floor: true, ceiling: null },
  '1020': { book: 'OP', isAsset: true, floor: true, ceiling: 100_000_000n },
  '1210': { book: 'OP', isAsset: true, floor: true, ceiling: null },
  '2010': { book: 'OP', isAsset: false, floor: true, ceiling: null },
  '2020': { book: 'OP', isAsset: false, floor: true, ceiling: null },
  '2110': { book: 'OP', isAsset: false, floor: true, ceiling: 5_000_000_000n },
  '3010': { book: 'OP', isAsset: false, floor: false, ceiling: null },
  '5030': { book: 'OP', isAsset: true, floor: false, ceiling: null },
  R100: { book: 'REG', isAsset: true, floor: true, ceiling: null },
  R201: { book: 'REG', isAsset: false, floor: true, ceiling: null },
  R204: { book: 'REG', isAsset: false, floor: true, ceiling: null },
}

export interface Held {
  readonly ref: string
  readonly moves: readonly Move[]
  /** Posted in parts so far. */
  gone: bigint
  readonly deadline: number | null
  state: 'pending' | 'posted' | 'voided' | 'expired'
}

interface Pot {
  readonly terms: Terms
  closed: boolean
  /** Every posting, debits positive. */
  readonly history: bigint[]
  /** The same with when it was written and when it counts from. */
  readonly dated: { readonly amount: bigint; readonly at: number; readonly from: number }[]
}

/** Sums an account can be asked for; `in` and `out` are on the account's own side. */
interface Sums {
  readonly has: bigint
  readonly promisedOut: bigint
  readonly promisedIn: bigint
}

export interface Audit {
  readonly pots: Map<string, Pot>
  readonly held: Map<string, Held>
  /** Entries by reference: what they moved, and whether that was undone. */
  readonly journal: Map<string, { readonly moves: readonly Move[]; isUndone: boolean }>
  /** Those of them that can be undone: the caller has looked since. */
  readonly known: Set<string>
  entries: number
  now: number
}

/** What a hold may still move: one of several moves has no parts. */
export function left({ moves, gone }: Held): readonly Move[] {
  return gone === 0n ? moves : moves.map((move) => ({ ...move, amount: move.amount - gone }))
}

/** What the open holds will bring to an account, each hold net. */
function promises({ held }: Audit, id: string, except?: Held) {
  let [debits, credits] = [0n, 0n]
  for (const each of held.values()) {
    if (each.state !== 'pending' || each === except) continue
    const net = netIn(left(each), id)
    if (net > 0n) debits += net
    else credits -= net
  }
  return { debits, credits }
}

interface Draft {
  /** Postings of the entry being made. */
  readonly postings?: ReadonlyMap<string, readonly bigint[]>
  /** The hold being posted: it promises nothing any more. */
  readonly except?: Held | undefined
}

export function sums(audit: Audit, id: string, { postings, except }: Draft = {}): Sums {
  const pot = audit.pots.get(id)
  if (pot === undefined) throw new Error(`the auditor knows no ${id}`)
  const history = [...pot.history, ...(postings?.get(id) ?? [])]
  const net = history.reduce((sum, amount) => sum + amount, 0n)
  const { debits, credits } = promises(audit, id, except)
  return pot.terms.isAsset
    ? { has: net, promisedOut: credits, promisedIn: debits }
    : { has: -net, promisedOut: debits, promisedIn: credits }
}

export function limitOf(audit: Audit, id: string, draft: Draft = {}): string | null {
  const { has, promisedOut, promisedIn } = sums(audit, id, draft)
  const terms = audit.pots.get(id)?.terms
  if (terms?.floor === true && has - promisedOut < 0n) return 'insufficient_funds'
  const ceiling = terms?.ceiling ?? null
  return ceiling !== null && has + promisedIn > ceiling ? 'limit_exceeded' : null
}

export function unable({ pots }: Audit, { debit, credit }: Move): string | null {
  const [left, right] = [pots.get(debit), pots.get(credit)]
  if (left === undefined || right === undefined) return 'account_not_found'
  if (left.closed || right.closed) return 'account_closed'
  return left.terms.book === right.terms.book ? null : 'books_differ'
}

interface Posting {
  readonly ref: string
  readonly moves: readonly Move[]
  /** When it counts from. */
  readonly from: number
  /** The hold that is being posted. */
  readonly except?: Held
}

export function post(audit: Audit, { ref, moves, from, except }: Posting): Prediction {
  const postings = new Map<string, bigint[]>()
  const draft = { postings, except }
  const moved: bigint[] = []
  for (const move of moves) {
    const refused = unable(audit, move)
    if (refused !== null) return { error: refused }
    const amount = amountOf(audit, move, draft)
    moved.push(amount)
    if (amount === 0n) continue
    postings.set(move.debit, [...(postings.get(move.debit) ?? []), amount])
    postings.set(move.credit, [...(postings.get(move.credit) ?? []), -amount])
    const broken = limitOf(audit, move.debit, draft) ?? limitOf(audit, move.credit, draft)
    if (broken !== null) return { error: broken }
  }
  for (const [id, amounts] of postings) {
    audit.pots.get(id)?.history.push(...amounts)
    for (const amount of amounts) audit.pots.get(id)?.dated.push({ amount, at: audit.now, from })
  }
  if (postings.size > 0) {
    audit.entries += 1
    const made = moves.map((move, i) => ({ ...move, amount: moved[i] ?? 0n }))
    audit.journal.set(ref, { moves: made, isUndone: false })
  }
  return { ok: 'posted', moved }
}

function amountOf(audit: Audit, { balancing, amount, ...sides }: Move, draft: Draft): bigint {
  if (balancing === undefined) return amount
  const { has, promisedOut } = sums(audit, sides[balancing], draft)
  const free = has - promisedOut
  if (free <= 0n) return 0n
  return free < amount ? free : amount
}

export function countersOf(audit: Audit, id: string): AuditedCounters {
  const { debits: debitsPending, credits: creditsPending } = promises(audit, id)
  const history = audit.pots.get(id)?.history ?? []
  let [debits, credits] = [0n, 0n]
  for (const amount of history) {
    if (amount > 0n) debits += amount
    else credits -= amount
  }
  return { debits, credits, debitsPending, creditsPending, postings: BigInt(history.length) }
}

export function accountsOf(moves: readonly Move[]): string[] {
  return [...new Set(moves.flatMap(({ debit, credit }) => [debit, credit]))]
}

/** Debits minus credits of an account over some moves. */
export function netIn(moves: readonly Move[], id: string): bigint {
  return moves.reduce((sum, { debit, credit, amount }) => {
    if (debit === id) return sum + amount
    return credit === id ? sum - amount : sum
  }, 0n)
}
