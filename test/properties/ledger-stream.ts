import { createSeededRandom, day, type Random } from '#kernel'
import type { AccountCode, BalanceCondition, Leg } from '#ledger'
import type { Step } from './ledger-steps.ts'

/** Accounts of one book among which money moves often, and now and then across. */
const owners = ['a', 'b', 'c', 'd', 'e']
const yuan = ['1010', '1020', '1210', '2110', '3010', '5030', ...owned('2010'), ...owned('2020')]
const units = ['R100', 'R204', ...owned('R201')]
const unknown = ['2010:ghost', 'R201:ghost']

function owned(code: string): string[] {
  return owners.map((owner) => `${code}:${owner}`)
}

/** Opens nearly all of them, so that some are found missing, and puts something into each. */
export const openings: readonly Step[] = [...yuan, ...units]
  .filter((id) => id !== '2020:e')
  .map((id): Step => {
    const [code, owner] = id.split(':')
    const opening = { do: 'open', code: code as AccountCode } as const
    return owner === undefined ? opening : { ...opening, owner }
  })
  .concat(
    fund('1010', '3010', 900_000_000_000n),
    fund('1020', '3010', 60_000_000n),
    fund('1210', '3010', 1_000_000n),
    fund('3010', '2110', 4_000_000_000n),
    [...owned('2010'), '2020:a', '2020:b'].map((id) => fund('3010', id, 100_000n)),
    [...owned('R201'), 'R204'].map((id) => fund('R100', id, 100_000n)),
  )

function fund(debit: string, credit: string, amount: bigint): Step {
  return { do: 'post', legs: [{ debit, credit, amount }] }
}

/** A stream of random steps that remembers which holds it has asked for. */
export function createStream(random: Random): (now: number) => Step {
  const holds: (Step & { do: 'hold' })[] = []
  /** References of entries of one leg, and how many steps ago they were asked for. */
  const posts: { readonly ref: string; readonly step: number }[] = []
  let steps = 0
  let next = 0

  function legs(most: number, mayBalance: boolean): Leg[] {
    return Array.from({ length: random.between(1, most) }, () => leg(random, mayBalance))
  }

  function newHold(now: number): Step {
    const earlier = holds.length > 0 && random.next() < 0.1 ? random.pick(holds) : undefined
    const expiresAt = random.next() < 0.5 ? null : now + random.between(1, 5_000)
    const wanted = random.next() < 0.3 ? chain(random) : legs(random.pick([1, 3]), false)
    const made = { do: 'hold', id: `hold_${(next += 1)}`, legs: wanted, expiresAt } as const
    if (earlier === undefined) {
      holds.push(made)
      return made
    }
    // The same again, or the same id for something else.
    const dice = random.next()
    if (dice < 0.4) return earlier
    if (dice < 0.6) return { ...earlier, expiresAt: now + 9_999 }
    return dice < 0.8 ? { ...earlier, ref: 'other' } : { ...made, id: earlier.id }
  }

  function someHold(): string {
    // Mostly young ones: old ones have nearly all ended.
    const young = holds.slice(-12)
    return young.length === 0 || random.next() < 0.05 ? 'hold_none' : random.pick(young).id
  }

  function postSome(): Step {
    const id = someHold()
    if (random.next() < 0.5) return { do: 'post_hold', id }
    const part = { do: 'post_hold', id, amount: BigInt(random.between(1, 120)) } as const
    return random.next() < 0.3 ? part : { ...part, final: random.next() < 0.2 }
  }

  /** Two accounts are emptied, closed and opened again, over and over. */
  function turnAccount(): Step {
    const account = random.pick(['2020:c', '2020:d', '2010:ghost'])
    const dice = random.next()
    if (dice < 0.4) return { do: 'close', account }
    if (dice < 0.7) return { do: 'reopen', account }
    const sweep = { debit: account, credit: '3010', amount: 10n ** 12n }
    return { do: 'post', legs: [{ ...sweep, balancing: 'debit' }] }
  }

  function newPost(): Step & { do: 'post' } {
    const ref = `post_${(next += 1)}`
    const moves = legs(3, true)
    if (moves.length === 1 && moves[0]?.balancing === undefined) posts.push({ ref, step: steps })
    return { do: 'post', legs: moves, ref }
  }

  function newEntry(now: number): Step {
    const effectiveAt = now - random.pick([0, 500, 2_000, 5_000, 20_000, 500 * day, -1])
    const metadata = random.pick([{}, { order: 'o1' }, { order: '', k: 'v' }, { Order: 'o1' }])
    const conditions = Array.from({ length: random.between(0, 2) }, () => condition(random))
    const entry = { kind: 'test', ref: `entry_${steps}`, legs: legs(2, true), conditions }
    if (random.next() < 0.5) return { do: 'entry', entry }
    if (random.next() < 0.8) return { do: 'entry', entry: { ...entry, effectiveAt } }
    return { do: 'entry', entry: { ...entry, metadata } }
  }

  /** Of an entry that is old enough to be in the journal; the same one now and then again. */
  function undo(now: number): Step {
    const old = posts.filter(({ step }) => step < steps - 40).slice(-10)
    const ref = old.length === 0 ? 'post_none' : random.pick(old).ref
    return { do: 'reverse', ref, effectiveAt: now - random.pick([0, 0, 3_000, -1]) }
  }

  function links(now: number): Step {
    const made = newHold(now)
    const some = [newPost(), made, newPost(), { do: 'void', id: someHold() }] as const
    const last = made.do === 'hold' ? ({ do: 'post_hold', id: made.id } as const) : newPost()
    const all = [...some, last].filter((each) => each.do === 'hold' || random.next() < 0.5)
    return { do: 'chain', links: all as (Step & { do: 'chain' })['links'] }
  }

  return (now) => {
    const dice = random.next()
    steps += 1
    if (dice < 0.3) return newPost()
    if (dice < 0.4) return newEntry(now)
    if (dice < 0.45) return undo(now)
    if (dice < 0.5) return links(now)
    if (dice < 0.7) return newHold(now)
    if (dice < 0.83) return postSome()
    if (dice < 0.88) return { do: 'void', id: someHold() }
    if (dice < 0.94) return { do: 'expire', id: someHold() }
    if (dice < 0.96) return random.pick(openings)
    return turnAccount()
  }
}

function leg(random: Random, mayBalance: boolean): Leg {
  const book = random.next() < 0.75 ? yuan : units
  const from = random.next() < 0.03 ? [...unknown, ...yuan, ...units] : book
  const debit = random.pick(from)
  const credit = random.pick(from.filter((id) => id !== debit))
  const amount = amountOf(random)
  if (!mayBalance || random.next() < 0.8) return { debit, credit, amount }
  return { debit, credit, amount, balancing: random.pick(['debit', 'credit'] as const) }
}

/** Mostly true of an account that has been given something. */
function condition(random: Random): BalanceCondition {
  const on = { account: random.pick([...yuan, ...unknown]) }
  const dice = random.next()
  if (dice < 0.1) return { ...on, version: BigInt(random.between(0, 40)) }
  const balance = random.pick(['posted', 'pending', 'available'] as const)
  const [atLeast, atMost] = [amountOf(random) - 100n, amountOf(random) * 1_000_000n]
  return { ...on, balance, after: random.next() < 0.5, ...(dice < 0.7 ? { atLeast } : { atMost }) }
}

/** Mostly small beside what accounts have; some as large as the ceilings. */
function amountOf(random: Random): bigint {
  const dice = random.next()
  if (dice < 0.7) return BigInt(random.between(1, 100))
  if (dice < 0.95) return BigInt(random.between(100, 10_000))
  return BigInt(random.pick([99_999_999, 100_000_000, 4_999_999_999, 5_000_000_000]))
}

/** A payment from the fund: units to the bank, its advance to the payer, from him to the payee. */
function chain(random: Random): Leg[] {
  const [payer, payee] = [random.pick(owners), random.pick(owners)]
  const amount = amountOf(random)
  const wallet = `2010:${payer}`
  const legs: Leg[] = [
    { debit: `R201:${payer}`, credit: 'R204', amount },
    { debit: '1210', credit: wallet, amount },
    { debit: '1010', credit: '2110', amount },
  ]
  if (payer === payee) return legs
  const transfer = { debit: wallet, credit: `2010:${payee}`, amount }
  // Now and then in the wrong order: that is a defect, not a refusal.
  return random.next() < 0.9 ? [...legs, transfer] : [transfer, ...legs]
}

/** Books to look at, made by a seed: for each half day what is asked, given the time. */
export function createBooks(
  seed: number,
  { days }: { days: number },
): readonly ((now: number) => Step[])[] {
  const random = createSeededRandom(seed)
  const next = createStream(random)
  const halfDays = Array.from(
    { length: 2 * days },
    () => (now: number) => Array.from({ length: random.between(5, 15) }, () => next(now)),
  )
  return [() => [...openings], ...halfDays]
}
