import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Key, View } from '#commit'
import { day, type Instant } from '#kernel'
import { openLedgerStage, places, type LedgerStage } from '../../test/properties/ledger-stage.ts'
import { accountKey, openAccount, type Opening } from './account.ts'
import { closeAccount, reopenAccount } from './close-account.ts'
import { ledgerErrors } from './error-codes.ts'
import { expireHold, hold, holdKey, type HoldWish, postHold, voidHold } from './hold.ts'
import { accountKeys, type Leg, post } from './post.ts'
import { chainKeys, type Link, postAll } from './post-all.ts'
import { entryKeys, type EntryWish, postEntry } from './post-entry.ts'
import { reversalKeys, type ReversalWish, reverse } from './reverse.ts'

type Asked = keyof typeof ledgerErrors

/** Runs one act as a command of its own; answers its code, or `ok`. */
type Act = (state: View, now: Instant) => unknown

const many = 6_000_000_000n
const ghost = '2010:ghost'
const [poor, other, shut] = ['2010:poor', '2010:other', 'R201:shut']
const leg = (debit: string, credit: string, amount = 1n): Leg => ({ debit, credit, amount })

/** Each with one fault less than the one before, down to the last one of `post`. */
const peeledLegs: Record<(typeof ledgerErrors.post)[number], Leg> = {
  account_not_found: leg(ghost, shut, many),
  account_closed: leg(poor, shut, many),
  books_differ: leg(poor, 'R201:open', many),
  insufficient_funds: leg(poor, '2110', many),
  limit_exceeded: leg('3010', '2110', many),
}

const tooMany = Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`K${i}`, '\n']))
const [seen, unseen] = [
  { account: poor, version: 0n },
  { account: poor, version: 9n },
]
const unmet = { account: poor, atLeast: 1n }
const unmetAfter = { account: '3010', balance: 'posted', atLeast: 10n ** 15n, after: true } as const

/** Everything that can be wrong with an entry besides its legs, one fault less each time. */
function peeledEntries(now: Instant) {
  const unknown = { account: ghost }
  const conditions = [unknown, unseen, unmet, unmetAfter]
  const effectiveAt = now + 1
  const early = now - 401 * day
  return [
    { metadata: tooMany, effectiveAt, conditions },
    { metadata: { Key: '\n' }, effectiveAt, conditions },
    { metadata: { key: '\n' }, effectiveAt, conditions },
    { metadata: { key: 'value' }, effectiveAt, conditions },
    { effectiveAt: early, conditions },
    { conditions },
    { conditions: [unseen, unmet, unmetAfter] },
    { conditions: [seen, unmet, unmetAfter] },
  ]
}

describe('the codes of the ledger', () => {
  let stage: LedgerStage
  let count = 0
  before(async () => {
    const [memory] = places
    assert.ok(memory !== undefined)
    stage = await openLedgerStage(memory.open)
    await stage.open('1010', '1210', '2110', '3010', poor, other, 'R201:open', shut)
    await stage.done({ do: 'close', account: shut })
    await stage.done({ do: 'post', legs: [leg('3010', '2110', 4_000_000_000n)] })
    await stage.done({ do: 'post', legs: [leg('1010', other, 100n)] })
  })
  after(() => stage.close())

  async function told(keys: readonly Key[], act: Act): Promise<string> {
    const command = {
      name: 'test.act',
      reads: () => keys,
      apply: (state: View, _input: null, now: Instant) => act(state, now),
    }
    const request = { owner: 'codes', id: `r${(count += 1)}`, content: count, input: null }
    const answer = await stage.lane.submit(command, request)
    assert.ok(answer.status === 'done')
    if (typeof answer.output === 'string') return answer.output
    const result = answer.output as { ok: boolean; error?: string }
    return result.ok ? 'ok' : (result.error ?? '')
  }

  /** Asks for wishes with ever fewer faults: each is told its own code, the last one nothing. */
  async function peel(asked: Asked, acts: readonly (() => Promise<string>)[]): Promise<void> {
    const answers: string[] = []
    for (const act of acts) answers.push(await act())
    assert.deepEqual(answers, [...ledgerErrors[asked], 'ok'])
  }

  it('open', async () => {
    const open = (opening: Opening) => () =>
      told([accountKey('2040:new')], (state, now) => {
        const done = openAccount(state, opening, now)
        return done === 'opened' ? { ok: true } : done
      })
    const opening = { code: '2040', owner: 'new', ceiling: 500n } as const
    assert.equal(await open(opening)(), 'ok')
    assert.equal(await open({ code: '2040', owner: 'new' })(), 'exists_with_different_ceiling')
    assert.equal(await open(opening)(), 'exists')
    await stage.done({ do: 'post', legs: [leg('3010', '2040:new', 500n)] })
    const above = await stage.done({ do: 'post', legs: [leg('3010', '2040:new')] })
    assert.deepEqual(above, { error: 'limit_exceeded' })
  })

  it('close and reopen', async () => {
    await stage.open('2010:full', '2010:gone', '2010:free')
    await stage.done({ do: 'close', account: '2010:gone' })
    await stage.done({ do: 'post', legs: [leg('1010', '2010:full')] })
    const into = (id: string) => [leg('1010', id), leg('1010', id)]
    await stage.done({ do: 'hold', id: 'f', legs: into('2010:full'), expiresAt: null })
    await stage.done({ do: 'hold', id: 'p', legs: into(poor), expiresAt: null })
    const turn = (act: typeof closeAccount | typeof reopenAccount, id: string) => () =>
      told([accountKey(id)], (state, now) => act(state, { id, by: 'ops', reason: 'why' }, now))
    const ids = [ghost, '2010:gone', '2010:full', poor, '2010:free']
    await peel(
      'close',
      ids.map((id) => turn(closeAccount, id)),
    )
    await peel(
      'reopen',
      [ghost, poor, '2010:gone'].map((id) => turn(reopenAccount, id)),
    )
    await stage.done({ do: 'void', id: 'p' })
  })

  it('post', () =>
    peel(
      'post',
      [...ledgerErrors.post.map((code) => [peeledLegs[code]]), [leg('1010', other)]].map(
        (legs) => () =>
          told(accountKeys(legs), (state, now) => post(state, { kind: 't', ref: 't', legs }, now)),
      ),
    ))

  it('post_entry', () => {
    const entry = { kind: 't', ref: 't' }
    const broken = ledgerErrors.post.map((code) => [peeledLegs[code]])
    const legs = [leg('3010', other)]
    const wishes: EntryWish[] = [
      ...peeledEntries(stage.clock.now()).map((faults) => ({
        ...entry,
        ...faults,
        legs: [peeledLegs.account_not_found],
      })),
      ...broken.map((some) => ({ ...entry, legs: some, conditions: [unmetAfter] })),
      { ...entry, legs, conditions: [unmetAfter] },
      { ...entry, legs, conditions: [{ account: other, atLeast: 100n, atMost: 101n }] },
    ]
    return peel(
      'post_entry',
      wishes.map(
        (wish) => () => told(entryKeys(wish), (state, now) => postEntry(state, wish, now)),
      ),
    )
  })

  it('reverse', () => {
    let number = 1_000n
    /** An entry whose mirror image is this leg. */
    const mirrorOf = ({ debit, credit, amount }: Leg) => [
      { account: debit, amount: -amount },
      { account: credit, amount },
    ]
    const entry = (postings: ReversalWish['original']['postings']) => ({
      kind: 't',
      ref: 't',
      original: { number: (number += 1n), kind: 't', ref: 't', postings },
    })
    const missing = mirrorOf(peeledLegs.account_not_found).map((each) => ({
      ...each,
      account: each.account.replace('R201:shut', '2010:shut'),
    }))
    const faults = peeledEntries(stage.clock.now())
    const conditions = [unmetAfter]
    const wishes: ReversalWish[] = [
      { ...entry([]), ...faults[0] },
      ...faults.map((each) => ({ ...entry(missing), ...each })),
      { ...entry(missing), conditions },
      { ...entry(mirrorOf(leg('R201:open', shut))), conditions },
      { ...entry(mirrorOf(peeledLegs.insufficient_funds)), conditions },
      { ...entry(mirrorOf(peeledLegs.limit_exceeded)), conditions },
      { ...entry(mirrorOf(leg('3010', other))), conditions },
      entry(mirrorOf(leg('3010', other))),
    ]
    return peel(
      'reverse',
      wishes.map(
        (wish) => () => told(reversalKeys(wish), (state, now) => reverse(state, wish, now)),
      ),
    )
  })

  it('hold', async () => {
    const made: HoldWish = {
      id: 'held',
      kind: 'a',
      ref: 'a',
      legs: [leg('1010', other)],
      expiresAt: null,
    }
    const [first, ...rest] = ledgerErrors.post
    const legs = [peeledLegs[first]]
    const expiresAt = stage.clock.now() + day
    const ask = (wish: HoldWish) => () =>
      told([holdKey(wish.id), ...accountKeys(wish.legs)], (state, now) => hold(state, wish, now))
    assert.equal(await ask(made)(), 'ok')
    await peel('hold', [
      ask({ ...made, kind: 'b', ref: 'b', legs, expiresAt }),
      ask({ ...made, ref: 'b', legs, expiresAt }),
      ask({ ...made, legs, expiresAt }),
      ask({ ...made, expiresAt }),
      ask(made),
      ask({ ...made, id: 'new', legs }),
      ...rest.map((code) => ask({ ...made, id: 'new', legs: [peeledLegs[code]] })),
      ask({ ...made, id: 'new' }),
    ])
  })

  it('post_hold, void_hold and expire_hold', async () => {
    await stage.open('2010:crossed')
    const accounts = ['1010', '1210', '2110', '3010', other, '2010:crossed']
    const through = (id: string) => [leg('1010', id), leg(id, other)]
    const full = [leg('1210', '2110', 3_000_000_000n), leg('2110', '3010', 3_000_000_000n)]
    const made: [id: string, legs: Leg[]][] = [
      ...['posted', 'voided', 'expired', 'open', 'open-too'].map((id): [string, Leg[]] => [
        id,
        [leg('1010', other, 5n)],
      ]),
      ['two', through('2010:crossed')],
      ['full', full],
    ]
    for (const [id, legs] of made) {
      const expiresAt = id === 'expired' ? stage.clock.now() + 1 : null
      await stage.done({ do: 'hold', id, legs, expiresAt })
    }
    await stage.done({ do: 'post_hold', id: 'posted' })
    await stage.done({ do: 'void', id: 'voided' })
    stage.clock.advance(1)
    const act = (id: string, run: Act) => () =>
      told([holdKey(id), ...accounts.map(accountKey)], run)
    const close = (id: string, amount?: bigint) =>
      act(id, (state, now) => postHold(state, amount === undefined ? { id } : { id, amount }, now))
    const ended = ['none', 'posted', 'voided', 'expired']
    await peel('void_hold', [
      ...ended.map((id) => act(id, (state, now) => voidHold(state, { id }, now))),
      act('open-too', (state, now) => voidHold(state, { id: 'open-too' }, now)),
    ])
    const expire = (id: string) => act(id, (state, now) => expireHold(state, { id }, now))
    assert.equal(await expire('expired')(), 'ok')
    const due = [...ended.map(expire), expire('open')]
    const answers = await Promise.all(due.map((each) => each()))
    assert.deepEqual(answers, [...ledgerErrors.expire_hold])
    await stage.done({ do: 'close', account: '2010:crossed' })
    await peel('post_hold', [
      ...ended.map((id) => close(id, 9n)),
      close('two', 9n),
      close('two', 0n),
      close('two'),
      close('full'),
      close('open', 5n),
    ])
  })

  it('chain: the link that failed says why, the others that they are linked', async () => {
    const good = { kind: 't', ref: 't', legs: [leg('1010', other)] }
    const bad = { kind: 't', ref: 't', legs: [leg(poor, other)] }
    const links: Link[] = [
      { do: 'post', entry: good },
      { do: 'hold', hold: { id: 'linked', kind: 't', ref: 't', legs: good.legs, expiresAt: null } },
      { do: 'post', entry: bad },
      { do: 'post_hold', id: 'linked', accounts: [] },
    ]
    const before = await stage.place.counters()
    const entries = await stage.place.entries()
    let failed: unknown
    const ask = (some: readonly Link[]) =>
      told(chainKeys(some), (state, now) => {
        const done = postAll(state, some, now)
        failed = done.ok ? undefined : done.error
        return done.ok ? done : done.error.error
      })
    assert.equal(await ask(links), 'insufficient_funds')
    const [linked] = ledgerErrors.chain
    assert.deepEqual(failed, {
      failed: 2,
      error: 'insufficient_funds',
      links: [linked, linked, 'insufficient_funds', linked],
    })
    assert.deepEqual(await stage.place.counters(), before)
    assert.equal(await stage.place.entries(), entries)
    // Each link sees what those before it did: a hold made and posted in one chain.
    assert.equal(await ask(links.filter((_, i) => i !== 2)), 'ok')
    assert.equal(await stage.place.entries(), entries + 2)
  })

  it('are in the reference as they are here, in the same order', () => {
    let folder = import.meta.dirname
    while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder)
    const page = readFileSync(join(folder, 'docs/reference/ledger.md'), 'utf8')
    const rows = page.split('\n').flatMap((line) => {
      const [, asked, codes] = /^\| `([a-z_]+)` \| (`.*`) \|$/.exec(line) ?? []
      return asked === undefined || !(asked in ledgerErrors)
        ? []
        : [[asked, codes?.match(/[a-z_]+/g)]]
    })
    assert.deepEqual(Object.fromEntries(rows), ledgerErrors)
  })
})
