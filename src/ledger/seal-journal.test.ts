import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Database, Sql } from '#database'
import { hour, required } from '#kernel'
import {
  openLedgerStage,
  places,
  stageStart,
  type LedgerStage,
} from '../../test/properties/ledger-stage.ts'
import { readSeals, sealJournal } from './seal-journal.ts'
import { verifySeals, type KeptSeal } from './verify-seals.ts'

const sealedAt = stageStart + hour

/** What somebody with the owner's rights does behind the program's back. */
type Plant = (sql: Sql) => Promise<unknown>

const nth = (n: number) => `(select number from ledger.entry order by number offset ${n} limit 1)`

const changes: readonly [what: string, plant: string, found: RegExp][] = [
  ['a letter', `update ledger.entry set ref = 'Payment 2' where number = ${nth(1)}`, /changed/],
  ['a kind', `update ledger.entry set kind = kind || ' ' where number = ${nth(1)}`, /changed/],
  [
    'a moment',
    `update ledger.entry set at = at + interval '1 microsecond' where number = ${nth(1)}`,
    /changed/,
  ],
  [
    'one fen on both sides',
    `update ledger.posting set amount = amount + sign(amount) where entry = ${nth(1)}`,
    /changed/,
  ],
  [
    'an account',
    `update ledger.posting set account = '2010:b', seq = 99
      where entry = ${nth(1)} and account = '2010:a'`,
    /changed/,
  ],
  [
    'a posting removed',
    `delete from ledger.posting where entry = ${nth(1)} and account = '2010:a'`,
    /changed/,
  ],
  ['an entry removed', `delete from ledger.entry where number = ${nth(1)}`, /missing/],
  [
    'an entry added',
    `insert into ledger.entry select e.number + 1, 'x', 'x', null, e.at
      from (select number, at, lead(number) over (order by number) as next
        from ledger.entry) e where e.next > e.number + 1 order by e.number limit 1`,
    /was added after seal/,
  ],
]

const seals: readonly [what: string, plant: string, found: readonly RegExp[]][] = [
  [
    'a digest',
    `update ledger.seal set digest = sha256(digest) where number = 2`,
    [/^seal 2 was changed/, /^seal 2 does not fit its entries/],
  ],
  [
    'a list of entries',
    `update ledger.seal set leaves = leaves || '\\x00'::bytea where number = 2`,
    [/^seal 2 was changed/],
  ],
  [
    'its time',
    `update ledger.seal set sealed_at = sealed_at - interval '1 second' where number = 2`,
    [/^seal 2 was changed/],
  ],
  [
    'its chain value',
    `update ledger.seal set chain = sha256(chain) where number = 2`,
    [/^seal 2 was changed/, /^seal 3 was changed, or the one before it/],
  ],
  ['removed', `delete from ledger.seal where number = 2`, [/^seals 2 to 2 are missing/]],
  ['the first removed', `delete from ledger.seal where number < 3`, [/^seals 1 to 2 are missing/]],
  [
    'the last removed',
    `delete from ledger.seal where number = (select max(number) from ledger.seal)`,
    [/^the head says/],
  ],
]

describe('the sealed journal', () => {
  let stage: LedgerStage
  let database: Database
  let app: Sql
  before(async () => {
    const postgres = required(
      places.find(({ name }) => name === 'PostgreSQL'),
      'PostgreSQL',
    )
    stage = await openLedgerStage(postgres.open)
    database = required(stage.place.database, 'a database')
    app = database.connect('app', { max: 2 })
    await stage.open('1010', '2010:a', '2010:b')
    await post(1000n, 'top up')
  })
  after(async () => {
    await app.end()
    await stage.close()
  })
  const legs = (amount: bigint) => [{ debit: '1010', credit: '2010:a', amount }]
  const post = (amount: bigint, ref: string) => stage.done({ do: 'post', legs: legs(amount), ref })
  const seal = (chunk: number, partial: boolean) => sealJournal(app, { chunk, partial }, sealedAt)
  const verify = (sql: Sql, kept?: KeptSeal) => verifySeals(sql, kept)

  /** What is found after a change that is taken back again. */
  async function foundAfter(plant: Plant, kept?: KeptSeal): Promise<readonly string[]> {
    const owner = database.connect('owner', { max: 1 })
    const undo = new Error('undo')
    let broken: readonly string[] = []
    try {
      await owner.begin(async (tx) => {
        const sql = tx as unknown as Sql
        await plant(sql)
        broken = (await verify(sql, kept)).broken
        throw undo
      })
    } catch (error) {
      if (error !== undo) throw error
    } finally {
      await owner.end()
    }
    return broken
  }

  it('leaves what does not fill a seal until it is asked for, and shows it', async () => {
    assert.deepEqual(await seal(4, false), { seals: 0, entries: 0 })
    const open = await readSeals(app)
    assert.deepEqual([open.seals, open.unsealed, open.unsealedSince], [0n, 1, stageStart])
    for (let i = 2; i <= 10; i += 1) await post(BigInt(i), `payment ${i}`)
    const metadata = { order: 'o1' }
    const effectiveAt = stage.clock.now() - hour
    const entry = { kind: 'test', ref: 'detailed', legs: legs(5n), metadata, effectiveAt }
    await stage.done({ do: 'entry', entry })
    assert.deepEqual(await seal(4, false), { seals: 2, entries: 8 })
    assert.equal((await readSeals(app)).unsealed, 3)
    assert.deepEqual(await seal(4, true), { seals: 1, entries: 3 })
    assert.deepEqual(await seal(4, true), { seals: 0, entries: 0 })
    const sealed = await readSeals(app)
    assert.deepEqual([sealed.seals, sealed.unsealed, sealed.unsealedSince], [3n, 0, null])
    assert.match(sealed.chain, /^[0-9a-f]{64}$/)
  })

  it('is found whole, also with numbers that no entry has and what came after it', async () => {
    // A refused chain has drawn numbers: gaps are no fault.
    const links = [
      { do: 'post', legs: legs(1n) },
      { do: 'post', legs: [{ debit: '2010:b', credit: '1010', amount: 1n }] },
    ] as const
    assert.deepEqual(await stage.done({ do: 'chain', links }), { error: '1 insufficient_funds' })
    await post(7n, 'after the gap')
    assert.deepEqual(await verify(app), { checked: 11, broken: [] })
    await seal(4, true)
    await post(8n, 'not sealed')
    assert.deepEqual(await verify(app), { checked: 12, broken: [] })
    const state = await readSeals(app)
    assert.deepEqual([state.seals, state.unsealed], [4n, 1])
  })

  it('is sealed once, however many do it at once', async () => {
    for (let i = 0; i < 20; i += 1) await post(1n, `more ${i}`)
    const both = await Promise.all([seal(5, true), seal(5, true)])
    assert.equal(both[0].entries + both[1].entries, 21)
    assert.deepEqual(await verify(app), { checked: 33, broken: [] })
  })

  it('may be added to and not changed by the server’s role', async () => {
    await assert.rejects(app`update ledger.seal set entries = 1`, /permission denied/)
    await assert.rejects(app`delete from ledger.seal`, /permission denied/)
  })

  for (const [what, plant, found] of changes) {
    it(`names the entry: ${what}`, async () => {
      const numbers = await app<{ number: bigint }[]>`
        select number from ledger.entry order by number limit 20`
      const broken = await foundAfter((sql) => sql.unsafe(plant))
      assert.equal(broken.length, 1, broken.join('; '))
      assert.match(broken[0] ?? '', found)
      const [named = ''] = /\d+/.exec(broken[0] ?? '') ?? []
      const known = numbers.map(({ number }) => String(number))
      assert.equal(known.indexOf(named), what === 'an entry added' ? -1 : 1)
    })
  }

  it('names the entry whose details were changed or removed', async () => {
    for (const plant of [
      `update ledger.entry_detail set metadata = '{"order": "o2"}'`,
      `update ledger.entry_detail set effective_at = effective_at - interval '1 day'`,
      `delete from ledger.entry_detail`,
    ]) {
      const [row] = await app<{ entry: bigint }[]>`select entry from ledger.entry_detail`
      const broken = await foundAfter((sql) => sql.unsafe(plant))
      assert.deepEqual(broken, [`entry ${row?.entry} was changed (seal 3)`])
    }
  })

  for (const [what, plant, found] of seals) {
    it(`names the seal: ${what}`, async () => {
      const broken = await foundAfter((sql) => sql.unsafe(plant))
      assert.equal(broken.length, found.length, broken.join('; '))
      for (const [i, pattern] of found.entries()) assert.match(broken[i] ?? '', pattern)
    })
  }

  it('shows a chain made anew by the value that was kept elsewhere', async () => {
    const kept = await readSeals(app)
    assert.deepEqual((await verify(app, kept)).broken, [])
    const anew: Plant = async (sql) => {
      await sql`update ledger.entry set ref = 'rewritten' where ref = 'payment 2'`
      await sql`delete from ledger.seal`
      await sql`update ledger.seal_head set number = 0, to_entry = -1,
        chain = sha256('coffer journal')`
      // As sealing does it, within this transaction.
      const within = { begin: (act: (tx: Sql) => unknown) => act(sql) } as unknown as Sql
      await sealJournal(within, { chunk: 5, partial: true }, sealedAt)
    }
    assert.deepEqual(await foundAfter(anew), [])
    assert.deepEqual(await foundAfter(anew, kept), [
      `seal ${kept.seals} is not the one whose value was kept`,
    ])
  })
})
