import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Database, Sql } from '#database'
import { exportJournal, readJournal, sealJournal } from '#ledger'
import { testDatabase } from '#test-support'
import { createVerify, type Verification } from './verify.ts'
import { invariantIds, type InvariantId } from './verify-result.ts'
import { createVerifyStage, verifyWith, type VerifyStage } from './verify-stage.fixture.ts'

/** Changes something behind the program's back, as the owner of the tables. */
type Plant = (sql: Sql, stage: VerifyStage) => unknown

/** The planted violation, and the invariants that must notice it. */
const plantedInside: readonly [what: string, finds: InvariantId[], plant: Plant][] = [
  [
    'a posting changed by a fen',
    ['I1', 'I10'],
    (sql) => sql`update ledger.posting set amount = amount + 1
      where account = '1010' and seq = 1`,
  ],
  [
    'an entry without its postings',
    ['I1', 'I10'],
    (sql) => sql`delete from ledger.posting where entry = (
      select number from ledger.entry where kind = 'top_up' limit 1)`,
  ],
  [
    'an entry with a number that the lane has not given',
    ['I1'],
    async (sql) => {
      await sql`update ledger.entry set number = 1000000000
        where number = (select max(number) from ledger.entry)`
      await sql`update ledger.posting set entry = 1000000000
        where entry = (select max(entry) from ledger.posting)`
    },
  ],
  [
    'an effective time that no balance knows of',
    ['I1'],
    (sql) => sql`insert into ledger.entry_detail
      select number, at - interval '1 day', null, null from ledger.entry limit 1`,
  ],
  [
    'an entry that says it undoes another one',
    ['I1'],
    (sql) => sql`insert into ledger.entry_detail
      select max(number), null, null, min(number) from ledger.entry`,
  ],
  [
    'an account closed with money in it, by nobody',
    ['I8'],
    (sql) => sql`update ledger.account set closed_at = now() where id = '1010'`,
  ],
  [
    'a counter raised by a fen',
    ['I2', 'I10'],
    (sql) => sql`update ledger.account set debits_posted = debits_posted + 1 where id = '1010'`,
  ],
  [
    'customers paid before the insurer has paid',
    ['I3'],
    (sql, stage) => movedByHand(sql, { debit: '1310', credit: `2010:${stage.anna.customerId}` }),
  ],
  [
    'units that the fund has never issued',
    ['I4'],
    (sql, stage) => movedByHand(sql, { debit: 'R100', credit: `R201:${stage.carl.customerId}` }),
  ],
  [
    'a register of the fund manager that has other units',
    ['I4'],
    (sql) => sql`update partners.fund_day set income = income + 1
      where day = (select min(day) from partners.fund_day)`,
  ],
  [
    'an order that nobody confirmed',
    ['I5'],
    (sql) => sql`update fund.order set state = 'accepted'
      where kind = 'subscription' and state = 'confirmed'`,
  ],
  [
    'an advance without a redemption',
    ['I6'],
    (sql) => movedByHand(sql, { debit: '1010', credit: '2110' }),
  ],
  [
    'a fast redemption settled with nobody paying',
    ['I6'],
    async (sql, stage) => {
      await movedByHand(sql, { debit: '1010', credit: '2110' })
      await movedByHand(sql, { debit: `R201:${stage.carl.customerId}`, credit: 'R204' })
    },
  ],
  [
    'income credited to the wrong fen',
    ['I7'],
    (sql) => sql`update fund.day set income_fen = income_fen + 1, credited_fen = credited_fen + 1
      where id = (select min(id) from fund.day where state = 'credited')`,
  ],
  [
    'a day of income without its units',
    ['I7'],
    (sql) => sql`update ledger.entry set ref = '2001-01-01/0'
      where number = (select min(number) from ledger.entry where kind = 'fund_income')`,
  ],
  [
    'an account below zero',
    ['I8'],
    (sql, stage) => sql`update ledger.account set debits_posted = credits_posted + 1
      where id = ${`2010:${stage.bob.customerId}`}`,
  ],
  [
    'a limit taken off an account',
    ['I8'],
    (sql) => sql`update ledger.account set ceiling = null where id = '2110'`,
  ],
  [
    'a hold voided after it was posted',
    ['I9'],
    (sql) => sql`update ledger.hold set state = 'posted', ended_at = created_at,
      posted_amount = amount where state = 'pending'`,
  ],
  [
    'a hold left open for a payment that is over',
    ['I9'],
    (sql) => sql`update wallet.payment set state = 'voided', ended_at = created_at
      where state = 'held'`,
  ],
  [
    'a recall that ended with more than it secured',
    ['I9'],
    (sql) => sql`update guarantee.recall set secured = wanted - 1
      where secured = (select max(secured) from guarantee.recall)`,
  ],
  [
    'a gap in an account’s postings',
    ['I10'],
    (sql) => sql`update ledger.posting set seq = seq + 1 where account = '1010'
      and seq = (select max(seq) from ledger.posting where account = '1010')`,
  ],
  [
    'a hold that reserves nothing',
    ['I10'],
    (sql, stage) => sql`update ledger.account set debits_pending = 0
      where id = ${`2010:${stage.carl.customerId}`}`,
  ],
  [
    'a claim closed with a fen missing',
    ['I11'],
    async (sql) => {
      // The table refuses it too: without its checks it is for verify to find.
      const checks = await sql<{ conname: string }[]>`select conname from pg_constraint
        where conrelid = 'guarantee.claim'::regclass and contype = 'c'`
      for (const { conname } of checks) {
        await sql`alter table guarantee.claim drop constraint ${sql(conname)}`
      }
      await sql`update guarantee.claim set principal_lost = principal_lost + 1`
    },
  ],
  [
    'a payment without a decision',
    ['I12'],
    (sql, stage) => sql`delete from risk.decision where subject = ${stage.stolen.id}`,
  ],
  [
    'a payment that was denied and moved all the same',
    ['I12'],
    (sql, stage) =>
      sql`update risk.decision set outcome = 'deny' where subject = ${stage.stolen.id}`,
  ],
  [
    'money moved by nobody’s rule',
    ['I12'],
    (sql) => sql`update ledger.entry set kind = 'gift'
      where number = (select min(number) from ledger.entry)`,
  ],
  [
    'a payment accepted and missing from the books',
    ['I12'],
    (sql) => sql`update wallet.payment set state = 'posted', ended_at = created_at
      where state = 'held'`,
  ],
]

/** The planted difference, and whose balance must show it. */
const plantedOutside: readonly [what: string, partner: string, plant: Plant][] = [
  [
    'a top-up that the bank has and nobody asked for',
    'bank:reserve',
    (sql) => sql`update partners.bank_account set balance = balance + 1 where number = 'reserve'`,
  ],
  [
    'a transfer that the bank has made and the books have not',
    'bank:settlement',
    (sql) => sql`update partners.bank_account set balance = balance + 1
      where number = 'settlement'`,
  ],
  [
    'income that never reached the custodian',
    'bank:custodian',
    (sql) => sql`update partners.bank_account set balance = balance - 13
      where number = 'custodian'`,
  ],
  [
    'an insurer who counts another payment',
    'insurer:paid',
    (sql) => sql`update partners.insurer_claim set approved = approved - 1 where paid_at is not null
      and claim_id = (select min(claim_id) from partners.insurer_claim)`,
  ],
]

/** One yuan between two accounts, in full balance, as a program without rules would do it. */
async function movedByHand(sql: Sql, leg: { debit: string; credit: string }): Promise<void> {
  const [last] = await sql<[{ number: bigint }]>`select max(number) as number from ledger.entry`
  const number = last.number + 1n
  await sql`insert into ledger.entry values (${number}, 'top_up', 'by hand', null, now())`
  for (const [account, amount] of [
    [leg.debit, 100n],
    [leg.credit, -100n],
  ] as const) {
    await sql`update ledger.account set posting_seq = posting_seq + 1,
        debits_posted = debits_posted + greatest(${amount}::int8, 0),
        credits_posted = credits_posted + greatest(-${amount}::int8, 0) where id = ${account}`
    await sql`insert into ledger.posting select id, posting_seq, ${number}, ${amount},
      debits_posted - credits_posted, now() from ledger.account where id = ${account}`
  }
}

describe('verify', () => {
  let database: Database
  let reader: Sql
  let stage: VerifyStage
  let verify: () => Promise<Verification>
  before(async () => {
    const given = await testDatabase()
    database = given.database
    stage = await createVerifyStage(given)
    reader = database.connect('reader', { max: 1 })
    verify = createVerify({ sql: reader })
  })
  after(async () => {
    await reader.end()
    await stage.close()
  })

  it('finds nothing wrong with weeks of every kind of movement', async () => {
    const { ok, invariants, external } = await verify()
    assert.deepEqual(
      invariants.flatMap((each) => each.broken),
      [],
    )
    assert.deepEqual(
      external.filter(({ equal }) => !equal),
      [],
    )
    assert.ok(ok)
    assert.deepEqual(
      invariants.map(({ id }) => id),
      invariantIds,
    )
    for (const { id, checked } of invariants) assert.ok(checked > 0, `${id} checked nothing`)
    assert.deepEqual(
      external.map(({ partner }) => partner),
      [
        'bank:custodian',
        'bank:facility',
        'bank:operator',
        'bank:reserve',
        'bank:settlement',
        'fund:units',
        'insurer:paid',
        'insurer:premium',
      ],
    )
  })

  it('exports a journal of it all that its own reader finds sound', async () => {
    const pieces: string[] = []
    const write = (piece: string) => void pieces.push(piece)
    await exportJournal(reader, write, { format: 'hledger' })
    const { faults, entries } = readJournal(pieces.join(''), 'hledger')
    assert.deepEqual(faults, [])
    assert.equal(entries, (await verify()).invariants[0]?.checked)
  })

  it('walks the hash chain and names the entry that is not what was sealed', async () => {
    const before = (await verify()).seals
    await sealJournal(stage.context.sql, { partial: true }, stage.context.now())
    const { ok, seals, invariants } = await verify()
    assert.ok(ok && seals.ok && seals.seals > before.seals)
    assert.deepEqual([seals.unsealed, seals.unsealedSince], [0, null])
    assert.equal(seals.checked, invariants[0]?.checked)
    const changed = await verifyWith(
      database,
      (sql) => sql`update ledger.entry set ref = ref || '.' where number = 1
        or number = (select max(number) from ledger.entry)`,
    )
    assert.equal(changed.ok, false)
    assert.match(changed.seals.broken.join(), /^entry \d+ was changed/)
    const only = await createVerify({ sql: reader, walkSeals: false })()
    assert.deepEqual([only.seals.checked, only.seals.seals], [0, seals.seals])
  })

  it('agrees with the partners at every moment while a server works', async () => {
    let working = true
    const looking = (async () => {
      let looked = 0
      while (working) {
        const { ok, invariants, external } = await verify()
        const broken = invariants.flatMap((each) => each.broken)
        assert.ok(ok, JSON.stringify({ broken, external }))
        looked += 1
      }
      return looked
    })()
    try {
      await Promise.all([stage.topUp(11_00n), stage.withdraw(7_00n), stage.topUp(3_00n)])
      await stage.goTo('2026-03-24', '15:00:05')
      await stage.redeem(stage.carl, 5_00n)
      await stage.goTo('2026-03-25', '09:31')
      await stage.goTo('2026-03-25', '10:01')
      await stage.goTo('2026-03-26', '09:31')
      await stage.goTo('2026-03-27', '10:01')
    } finally {
      working = false
    }
    assert.ok((await looking) > 2)
  })

  for (const [what, finds, plant] of plantedInside) {
    it(`finds ${what}: ${finds.join(', ')}`, async () => {
      const { ok, invariants } = await verifyWith(database, async (sql) => plant(sql, stage))
      assert.equal(ok, false)
      const broken = invariants.filter((each) => !each.ok).map(({ id }) => id)
      for (const id of finds) assert.ok(broken.includes(id), `${id} not in ${broken.join(', ')}`)
      for (const each of invariants) assert.equal(each.ok, each.broken.length === 0)
    })
  }

  for (const [what, partner, plant] of plantedOutside) {
    it(`finds ${what}`, async () => {
      const { ok, external } = await verifyWith(database, async (sql) => plant(sql, stage))
      assert.equal(ok, false)
      assert.deepEqual(
        external.filter(({ equal }) => !equal).map((each) => each.partner),
        [partner],
      )
    })
  }

  it('says what it could not check on a database nobody has used', async () => {
    const { database: empty, drop } = await testDatabase()
    const sql = empty.connect('reader', { max: 1 })
    const { ok, invariants, external } = await createVerify({ sql })()
    await sql.end()
    await drop()
    assert.ok(ok)
    assert.deepEqual(external, [])
    for (const { id, checked, note } of invariants) {
      assert.equal(checked, 0, id)
      assert.ok((note ?? '').length > 0, id)
    }
  })

  it('cannot change anything: it reads as a role that may not write', async () => {
    await assert.rejects(reader`delete from ledger.entry`, /read-only|permission denied/)
    await assert.rejects(
      reader`update ledger.account set posting_seq = 0`,
      /read-only|permission denied/,
    )
  })
})
