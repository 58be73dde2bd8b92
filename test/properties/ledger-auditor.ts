/*
 * An independent model of the ledger, written from its description alone: plain maps and sums, no
 * code of src/ledger. It predicts every answer and every balance; where the two differ, one of
 * them is wrong.
 */

/** What an account may do, in the auditor's own words. */
export interface Terms {
  readonly book: string
  /** True: money it has is a debit balance (cash); false: a credit balance (what we owe). */
  readonly isAsset: boolean
  readonly floor: boolean
  readonly ceiling: bigint | null
}

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

interface Held {
  readonly ref: string
  readonly moves: readonly Move[]
  /** Posted in parts so far. */
  gone: bigint
  readonly deadline: number | null
  state: 'pending' | 'posted' | 'voided' | 'expired'
}

export interface Move {
  readonly debit: string
  readonly credit: string
  readonly amount: bigint
  readonly balancing?: 'debit' | 'credit'
}

interface Pot {
  readonly terms: Terms
  closed: boolean
  /** Every posting, debits positive. */
  readonly history: bigint[]
}

/** Sums an account can be asked for; `in` and `out` are on the account's own side. */
interface Sums {
  readonly has: bigint
  readonly promisedOut: bigint
  readonly promisedIn: bigint
}

/** `defect`: what no caller may ask for; the command must throw and change nothing. */
export type Prediction =
  | { readonly ok: string; readonly moved: readonly bigint[] }
  | { readonly error: string }
  | { readonly defect: string }

export interface AuditedCounters {
  readonly debits: bigint
  readonly credits: bigint
  readonly debitsPending: bigint
  readonly creditsPending: bigint
  readonly postings: bigint
}

export type Asking =
  | { readonly do: 'open'; readonly code: string; readonly owner?: string }
  | { readonly do: 'close' | 'reopen'; readonly account: string }
  | { readonly do: 'post'; readonly legs: readonly Move[] }
  | {
      readonly do: 'hold'
      readonly id: string
      readonly legs: readonly Move[]
      readonly expiresAt: number | null
      readonly ref?: string
    }
  | {
      readonly do: 'post_hold'
      readonly id: string
      readonly amount?: bigint
      readonly final?: boolean
    }
  | { readonly do: 'void' | 'expire'; readonly id: string }

interface Audit {
  readonly pots: Map<string, Pot>
  readonly held: Map<string, Held>
  entries: number
}

/** The model: tell it every command in the order in which it is decided. */
export function createAuditor() {
  const audit: Audit = { pots: new Map(), held: new Map(), entries: 0 }
  const { pots, held } = audit
  return {
    predict: (asking: Asking, now: number): Prediction => predict(audit, asking, now),
    entries: () => audit.entries,
    holds: () => new Map([...held].map(([id, { state }]) => [id, state])),
    /** In the order of their postings, debits positive. */
    history: (id: string): readonly bigint[] => pots.get(id)?.history ?? [],
    counters: () => new Map([...pots.keys()].map((id) => [id, countersOf(audit, id)])),
  }
}

export type Auditor = ReturnType<typeof createAuditor>

function predict(audit: Audit, asking: Asking, now: number): Prediction {
  switch (asking.do) {
    case 'open':
      return open(
        audit,
        asking.owner === undefined ? asking.code : `${asking.code}:${asking.owner}`,
      )
    case 'close':
      return close(audit, asking.account)
    case 'reopen':
      return reopen(audit, asking.account)
    case 'post':
      return post(audit, asking.legs)
    case 'hold':
      return hold(audit, asking, now)
    case 'post_hold':
      return postHold(audit, asking, now)
    case 'void':
      return voidHold(audit, asking.id, now)
    case 'expire':
      return expire(audit, asking.id, now)
  }
}

function open({ pots }: Audit, id: string): Prediction {
  if (pots.has(id)) return { ok: 'exists', moved: [] }
  const terms = auditedTerms[id.split(':')[0] ?? '']
  if (terms === undefined) throw new Error(`the auditor knows no ${id}`)
  pots.set(id, { terms, closed: false, history: [] })
  return { ok: 'opened', moved: [] }
}

function close(audit: Audit, id: string): Prediction {
  const pot = audit.pots.get(id)
  if (pot === undefined) return { error: 'account_not_found' }
  if (pot.closed) return { error: 'account_closed' }
  const { has, promisedIn, promisedOut } = sums(audit, id)
  if (has !== 0n) return { error: 'balance_not_zero' }
  if (promisedIn > 0n || promisedOut > 0n) return { error: 'holds_pending' }
  pot.closed = true
  return { ok: 'close', moved: [] }
}

function reopen({ pots }: Audit, id: string): Prediction {
  const pot = pots.get(id)
  if (pot === undefined) return { error: 'account_not_found' }
  if (!pot.closed) return { error: 'account_not_closed' }
  pot.closed = false
  return { ok: 'reopen', moved: [] }
}

/** What a hold may still move: one of several moves has no parts. */
function left({ moves, gone }: Held): readonly Move[] {
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

function sums(audit: Audit, id: string, { postings, except }: Draft = {}): Sums {
  const pot = audit.pots.get(id)
  if (pot === undefined) throw new Error(`the auditor knows no ${id}`)
  const history = [...pot.history, ...(postings?.get(id) ?? [])]
  const net = history.reduce((sum, amount) => sum + amount, 0n)
  const { debits, credits } = promises(audit, id, except)
  return pot.terms.isAsset
    ? { has: net, promisedOut: credits, promisedIn: debits }
    : { has: -net, promisedOut: debits, promisedIn: credits }
}

function limitOf(audit: Audit, id: string, draft: Draft = {}): string | null {
  const { has, promisedOut, promisedIn } = sums(audit, id, draft)
  const terms = audit.pots.get(id)?.terms
  if (terms?.floor === true && has - promisedOut < 0n) return 'insufficient_funds'
  const ceiling = terms?.ceiling ?? null
  return ceiling !== null && has + promisedIn > ceiling ? 'limit_exceeded' : null
}

function unable({ pots }: Audit, { debit, credit }: Move): string | null {
  const [left, right] = [pots.get(debit), pots.get(credit)]
  if (left === undefined || right === undefined) return 'account_not_found'
  if (left.closed || right.closed) return 'account_closed'
  return left.terms.book === right.terms.book ? null : 'books_differ'
}

function post(audit: Audit, moves: readonly Move[], except?: Held): Prediction {
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
  for (const [id, amounts] of postings) audit.pots.get(id)?.history.push(...amounts)
  if (postings.size > 0) audit.entries += 1
  return { ok: 'posted', moved }
}

function amountOf(audit: Audit, { balancing, amount, ...sides }: Move, draft: Draft): bigint {
  if (balancing === undefined) return amount
  const { has, promisedOut } = sums(audit, sides[balancing], draft)
  const free = has - promisedOut
  if (free <= 0n) return 0n
  return free < amount ? free : amount
}

function hold(audit: Audit, wish: Asking & { do: 'hold' }, now: number): Prediction {
  const { id, legs: moves, expiresAt: deadline } = wish
  const { held } = audit
  const ref = wish.ref ?? id
  const earlier = held.get(id)
  if (earlier !== undefined) {
    if (earlier.ref !== ref) return { error: 'exists_with_different_ref' }
    if (print(earlier.moves) !== print(moves)) return { error: 'exists_with_different_legs' }
    return { error: earlier.deadline === deadline ? 'exists' : 'exists_with_different_expires_at' }
  }
  if (deadline !== null && deadline <= now) return { defect: 'lies ahead' }
  for (const move of moves) {
    const refused = unable(audit, move)
    if (refused !== null) return { error: refused }
  }
  held.set(id, { ref, moves, gone: 0n, deadline, state: 'pending' })
  for (const account of accountsOf(moves)) {
    // What nets to nothing reserves nothing.
    const broken = netIn(moves, account) === 0n ? null : limitOf(audit, account)
    if (broken === null) continue
    held.delete(id)
    return { error: broken }
  }
  const early = accountsOf(moves).find((account) => paysTooEarly(audit, account, moves))
  if (early === undefined) return { ok: 'held', moved: [] }
  held.delete(id)
  return { defect: 'pays before it is funded' }
}

/** Has an account with a floor given more, after some of the moves, than all of them reserve? */
function paysTooEarly({ pots }: Audit, id: string, moves: readonly Move[]): boolean {
  const terms = pots.get(id)?.terms
  if (terms?.floor !== true) return false
  const out = (some: readonly Move[]) => (terms.isAsset ? -netIn(some, id) : netIn(some, id))
  const reserved = out(moves) > 0n ? out(moves) : 0n
  return moves.some((_, i) => out(moves.slice(0, i + 1)) > reserved)
}

function pendingHold({ held }: Audit, id: string, now: number): Held | string {
  const found = held.get(id)
  if (found === undefined) return 'hold_not_found'
  if (found.state !== 'pending') return `hold_${found.state}`
  return found.deadline !== null && found.deadline <= now ? 'hold_expired' : found
}

function postHold(audit: Audit, wish: Asking & { do: 'post_hold' }, now: number): Prediction {
  const found = pendingHold(audit, wish.id, now)
  if (typeof found === 'string') return { error: found }
  const moves = left(found)
  const whole = moves[0]?.amount ?? 0n
  const amount = wish.amount ?? whole
  if (amount > whole) return { error: 'amount_exceeds_hold' }
  if (amount < whole && moves.length > 1) return { error: 'partial_not_possible' }
  const all = moves.length > 1 ? moves : moves.map((move) => ({ ...move, amount }))
  const done = post(audit, all, found)
  if (!('ok' in done)) return done
  if (amount === whole || wish.final !== false) found.state = 'posted'
  else found.gone += amount
  return done
}

function print(moves: readonly Move[]): string {
  return moves.map(({ debit, credit, amount }) => `${debit} ${credit} ${amount}`).join()
}

function voidHold(audit: Audit, id: string, now: number): Prediction {
  const found = pendingHold(audit, id, now)
  if (typeof found === 'string') return { error: found }
  found.state = 'voided'
  return { ok: 'voided', moved: [] }
}

function expire(audit: Audit, id: string, now: number): Prediction {
  const found = audit.held.get(id)
  if (found === undefined) return { error: 'hold_not_found' }
  if (found.state !== 'pending') return { error: `hold_${found.state}` }
  if (found.deadline === null || found.deadline > now) return { error: 'hold_not_due' }
  found.state = 'expired'
  return { ok: 'expired', moved: [] }
}

function countersOf(audit: Audit, id: string): AuditedCounters {
  const { debits: debitsPending, credits: creditsPending } = promises(audit, id)
  const history = audit.pots.get(id)?.history ?? []
  let [debits, credits] = [0n, 0n]
  for (const amount of history) {
    if (amount > 0n) debits += amount
    else credits -= amount
  }
  return { debits, credits, debitsPending, creditsPending, postings: BigInt(history.length) }
}

function accountsOf(moves: readonly Move[]): string[] {
  return [...new Set(moves.flatMap(({ debit, credit }) => [debit, credit]))]
}

/** Debits minus credits of an account over some moves. */
function netIn(moves: readonly Move[], id: string): bigint {
  return moves.reduce((sum, { debit, credit, amount }) => {
    if (debit === id) return sum + amount
    return credit === id ? sum - amount : sum
  }, 0n)
}
