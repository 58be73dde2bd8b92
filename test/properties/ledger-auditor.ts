/*
 * An independent model of the ledger, written from its description alone: plain maps and sums, no
 * code of src/ledger. It predicts every answer and every balance; where the two differ, one of
 * them is wrong.
 */

import type { AskedCondition, AskedEntry, Asking, Move, Prediction } from './ledger-asking.ts'
import {
  accountsOf,
  auditedTerms,
  countersOf,
  left,
  limitOf,
  netIn,
  post,
  sums,
  unable,
  type Audit,
  type Held,
} from './ledger-audit.ts'

/** The model: tell it every command in the order in which it is decided. */
export function createAuditor() {
  const audit: Audit = {
    pots: new Map(),
    held: new Map(),
    journal: new Map(),
    known: new Set(),
    entries: 0,
    now: 0,
  }
  const { pots, held } = audit
  return {
    predict(asking: Asking, now: number): Prediction {
      audit.now = now
      return predict(audit, asking, now)
    },
    /** From now on all entries made so far can be undone. */
    learn: () => {
      for (const ref of audit.journal.keys()) audit.known.add(ref)
    },
    /** On the account's own side, counting only what lies before a moment. */
    balanceAt: (id: string, before: number, by: 'inserted' | 'effective') => {
      const pot = pots.get(id)
      const counted = pot?.dated.filter(({ at, from }) => (by === 'inserted' ? at : from) < before)
      const net = counted?.reduce((sum, { amount }) => sum + amount, 0n) ?? 0n
      return pot?.terms.isAsset === false ? -net : net
    },
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
      return post(audit, { ref: asking.ref ?? 'test', moves: asking.legs, from: now })
    case 'entry':
      return entry(audit, asking.entry, now)
    case 'reverse':
      return undo(audit, asking, now)
    case 'chain':
      return chain(audit, asking.links, now)
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
  pots.set(id, { terms, closed: false, history: [], dated: [] })
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

function entry(audit: Audit, wish: AskedEntry, now: number): Prediction {
  const { ref, legs: moves, conditions = [], effectiveAt: from = now } = wish
  const pairs = Object.entries(wish.metadata ?? {})
  if (pairs.length > 16) return { error: 'metadata_too_many' }
  if (pairs.some(([key]) => key !== key.toLowerCase())) return { error: 'metadata_key_malformed' }
  if (pairs.some(([, value]) => value === '')) return { error: 'metadata_value_malformed' }
  if (from > now) return { error: 'effective_in_future' }
  if (now - from > 400 * 24 * 3_600_000) return { error: 'effective_too_early' }
  const pots = conditions.map(({ account }) => audit.pots.get(account))
  if (pots.includes(undefined)) return { error: 'condition_account_not_found' }
  const isOther = ({ version }: AskedCondition, i: number) =>
    version !== undefined && version !== BigInt(pots[i]?.history.length ?? 0)
  if (conditions.some(isOther)) return { error: 'account_version_differs' }
  const hold = (when: boolean) =>
    conditions.filter(({ after = false }) => after === when).every((each) => holds(audit, each))
  if (!hold(false)) return { error: 'condition_not_met' }
  return allOrNothing(audit, () => {
    const done = post(audit, { ref, moves, from })
    return 'ok' in done && !hold(true) ? { error: 'condition_not_met_after' } : done
  })
}

function holds(audit: Audit, { account, balance = 'available', ...limits }: AskedCondition) {
  const { has, promisedIn, promisedOut } = sums(audit, account)
  const balances = {
    posted: has,
    pending: promisedIn - promisedOut,
    available: has - promisedOut,
  }
  const { atLeast, atMost } = limits
  const present = balances[balance]
  return (
    (atLeast === undefined || present >= atLeast) && (atMost === undefined || present <= atMost)
  )
}

/** Only entries of one move are undone in these streams. */
function undo(audit: Audit, wish: Asking & { do: 'reverse' }, now: number): Prediction {
  const { ref, effectiveAt: from = now } = wish
  const found = audit.known.has(ref) ? audit.journal.get(ref) : undefined
  const move = found?.moves[0]
  if (found === undefined || move === undefined) return { error: 'entry_not_found' }
  const { debit, credit, amount } = move
  if (found.isUndone) return { ok: 'repeat', moved: [amount] }
  const fault = from > now ? 'effective_in_future' : null
  if (fault !== null) return { error: fault }
  const moves = [{ debit: credit, credit: debit, amount }]
  const done = post(audit, { ref: `${ref}-`, moves, from })
  if (!('ok' in done)) return done
  found.isUndone = true
  return { ok: 'reversed', moved: [amount] }
}

function chain(audit: Audit, links: readonly Asking[], now: number): Prediction {
  return allOrNothing(audit, () => {
    const moved: bigint[] = []
    for (const [i, link] of links.entries()) {
      const done = predict(audit, link, now)
      if ('defect' in done) return done
      if ('error' in done) return { error: `${i} ${done.error}` }
      moved.push(...done.moved)
    }
    return { ok: 'chained', moved }
  })
}

/** Puts everything back as it was when the answer is not success. */
function allOrNothing(audit: Audit, act: () => Prediction): Prediction {
  const saved = structuredClone(audit)
  const done = act()
  if ('ok' in done) return done
  for (const name of ['pots', 'held', 'journal'] as const) {
    audit[name].clear()
    for (const [id, each] of saved[name]) audit[name].set(id, each as never)
  }
  audit.entries = saved.entries
  return done
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
  const ref = found.ref
  const done = post(audit, { ref, moves: all, from: now, except: found })
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
