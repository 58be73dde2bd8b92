import { defineRecord, keyOf, type Key, type View } from '#commit'
import { fail, type Instant, invariant, ok, required, type Result } from '#kernel'
import { smaller } from '#money'
import { chart } from './chart.ts'
import type { LedgerError } from './error-codes.ts'
import { type Leg, type Posted } from './post.ts'
import { entryKeys, type EntryWish, postEntry } from './post-entry.ts'

/** An entry as it is in the journal. Entries never change, so it may be read outside the lane. */
export interface EntryToReverse {
  readonly number: bigint
  readonly kind: string
  readonly ref: string
  /** Positive: debit. Negative: credit. */
  readonly postings: readonly { readonly account: string; readonly amount: bigint }[]
}

export interface ReversalWish extends Omit<EntryWish, 'legs' | 'holdId'> {
  readonly original: EntryToReverse
}

export interface Reversed extends Posted {
  /** It had been reversed before: this is what was done then, and nothing was done now. */
  readonly isRepeat: boolean
}

/** The first reversal of an entry, by the original's number. */
interface Reversal {
  id: string
  entry: bigint
  at: Instant
}

const reversal = defineRecord<Reversal>({
  name: 'ledger.reversal',
  key: 'id',
  fields: { id: 'text', entry: 'bigint', at: 'instant' },
  constant: ['entry', 'at'],
  shortLived: true,
})

/** The keys a command must declare to reverse this entry. */
export function reversalKeys(wish: ReversalWish): Key[] {
  const keys = entryKeys({ ...wish, legs: mirrored(wish.original) })
  return [keyOf(reversal, String(wish.original.number)), ...keys]
}

/**
 * Undoes an entry by a new one that takes from every account what the original brought it, once:
 * asked again it answers the first outcome and moves nothing. What an account only passed on
 * within the original is left alone.
 * Errors: nothing_to_reverse and those of `postEntry` but books_differ.
 */
export function reverse(
  state: View,
  wish: ReversalWish,
  now: Instant,
): Result<Reversed, LedgerError<'reverse'>> {
  const { original, ...entry } = wish
  const id = String(original.number)
  const legs = mirrored(original)
  const moved = legs.map(({ amount }) => amount)
  const earlier = state.get(reversal, id)
  if (earlier !== undefined) return ok({ entry: earlier.entry, moved, isRepeat: true })
  if (legs.length === 0) return fail('nothing_to_reverse')
  const posted = postEntry(state, { ...entry, legs, reverses: original.number }, now)
  if (!posted.ok) {
    invariant(posted.error !== 'books_differ', `legs of entry ${id} within their books`)
    return fail(posted.error)
  }
  state.put(reversal, { id, entry: posted.value.entry, at: now })
  return ok({ ...posted.value, isRepeat: false })
}

/**
 * Legs that bring every account back, book by book. Each account only pays or only receives in
 * them, so their order makes no difference to any limit.
 */
function mirrored({ number, postings }: EntryToReverse): Leg[] {
  const nets = new Map<string, Map<string, bigint>>()
  for (const { account, amount } of postings) {
    const { book } = required(chart.get(account.split(':')[0] ?? ''), `code of ${account}`)
    const net = nets.get(book) ?? new Map<string, bigint>()
    net.set(account, (net.get(account) ?? 0n) + amount)
    nets.set(book, net)
  }
  return [...nets.values()].flatMap((net) => legsOf(number, net))
}

function legsOf(number: bigint, net: ReadonlyMap<string, bigint>): Leg[] {
  const back = [...net].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const debits = back.flatMap(([id, amount]) => (amount < 0n ? [{ id, left: -amount }] : []))
  const credits = back.flatMap(([id, amount]) => (amount > 0n ? [{ id, left: amount }] : []))
  const legs: Leg[] = []
  while (debits[0] !== undefined && credits[0] !== undefined) {
    const [debit, credit] = [debits[0], credits[0]]
    const amount = smaller(debit.left, credit.left)
    legs.push({ debit: debit.id, credit: credit.id, amount })
    debit.left -= amount
    credit.left -= amount
    if (debit.left === 0n) debits.shift()
    if (credit.left === 0n) credits.shift()
  }
  invariant(debits.length + credits.length === 0, `entry ${number} does not balance`)
  return legs
}
