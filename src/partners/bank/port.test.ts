import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Sql } from '#database'
import { testDatabase, type TestDatabase } from '#test-support'
import { createStage, type Stage, ways } from '../stage.fixture.ts'
import type { OwnAccount } from './port.ts'
import { bankSentinels } from './sentinels.ts'

const yuan = 100n

for (const way of ways) {
  describe(`bank, by ${way}`, () => {
    let test: TestDatabase
    let sql: Sql
    let stage: Stage

    before(async () => {
      test = await testDatabase()
      sql = test.database.connect('simulator')
      stage = await createStage({ sql, way })
      const { bank } = stage.simulators
      await bank.openAccount({ number: '62001', holder: 'Li Wei', balance: 1_000n * yuan })
      await bank.deposit({ reference: 'capital', account: 'operator', amount: 5_000n * yuan })
      await bank.deposit({ reference: 'float', account: 'reserve', amount: 100_000n * yuan })
    })
    after(async () => {
      assert.equal(await sumOfBalances(), 0n)
      await stage.close()
      await sql.end()
      await test.drop()
    })

    async function sumOfBalances(): Promise<bigint> {
      const [row] = await sql<[{ sum: bigint }]>`
        select sum(balance)::int8 from partners.bank_account`
      return row.sum
    }

    async function balance(account: OwnAccount): Promise<bigint> {
      const answer = await stage.bank.balance(account)
      assert.ok(answer.ok)
      return answer.value
    }

    it('confirms a holder by name, and opens an account nobody has yet', async () => {
      const { bank, simulators } = stage
      const ask = (accountNumber: string, name: string) =>
        bank.confirmHolder({ accountNumber, name })
      assert.deepEqual(await ask('62001', 'LI  wei'), { ok: true, value: 'match' })
      assert.deepEqual(await ask('62001', 'Li Na'), { ok: true, value: 'mismatch' })
      assert.deepEqual(await ask('62002', 'Li Na'), { ok: true, value: 'match' })
      assert.deepEqual(await ask('62002', 'Li Wei'), { ok: true, value: 'mismatch' })
      assert.equal(await simulators.bank.customerBalance('62002'), 100_000n * yuan)
      assert.deepEqual(await ask('reserve', 'reserve'), { ok: false, error: 'account_not_found' })
    })

    it('collects once per reference', async () => {
      const { bank, simulators } = stage
      const before = await balance('reserve')
      const order = { reference: 'top-1', accountNumber: '62001', amount: 300n * yuan }
      const first = await bank.collect(order)
      assert.ok(first.ok)
      assert.equal(first.value.status, 'settled')
      assert.deepEqual(await bank.collect(order), first)
      const other = await bank.collect({ ...order, amount: 1n })
      assert.deepEqual(other, { ok: false, error: 'reference_reused' })
      assert.equal(await balance('reserve'), before + 300n * yuan)
      assert.equal(await simulators.bank.customerBalance('62001'), 700n * yuan)
    })

    it('moves money once when the same reference comes twenty times at once', async () => {
      const { bank } = stage
      const before = await balance('operator')
      const order = { reference: 'move-20', from: 'operator', to: 'insurer', amount: 7n } as const
      const answers = await Promise.all(Array.from({ length: 20 }, () => bank.move(order)))
      for (const answer of answers) assert.deepEqual(answer, answers[0])
      assert.equal(await balance('operator'), before - 7n)
    })

    it('survives transfers in opposite directions at once', async () => {
      const { bank } = stage
      const before = await balance('operator')
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, index) => {
          const there = { from: 'operator', to: 'reserve' } as const
          const back = { from: 'reserve', to: 'operator' } as const
          const way = index % 2 === 0 ? there : back
          return bank.move({ reference: `swing-${index}`, ...way, amount: 5n })
        }),
      )
      assert.ok(answers.every(({ ok }) => ok))
      assert.equal(await balance('operator'), before)
    })

    it('refuses what an account does not have, and stays with its answer', async () => {
      const { bank, simulators } = stage
      const order = { reference: 'top-2', accountNumber: '62003', amount: 10n * yuan }
      await simulators.bank.openAccount({ number: '62003', holder: 'Wu', balance: 0n })
      const refused = { ok: false, error: 'insufficient_funds' }
      assert.deepEqual(await bank.collect(order), refused)
      await bank.payOut({ reference: 'wdr-0', accountNumber: '62003', amount: 50n * yuan })
      assert.deepEqual(await bank.collect(order), refused)
      const found = await bank.find('top-2')
      assert.ok(found.ok)
      assert.equal(found.value.refusal, 'insufficient_funds')
      const again = await bank.collect({ ...order, reference: 'top-3' })
      assert.equal(again.ok, true)
    })

    it('lends from the facility up to its limit', async () => {
      const { bank } = stage
      const draw = { from: 'facility', to: 'reserve' } as const
      const limit = 10_000_000n * yuan
      assert.ok((await bank.move({ ...draw, reference: 'adv-1', amount: limit })).ok)
      assert.equal(await balance('facility'), -limit)
      const beyond = await bank.move({ ...draw, reference: 'adv-2', amount: 1n })
      assert.deepEqual(beyond, { ok: false, error: 'insufficient_funds' })
      await bank.move({ reference: 'adv-3', from: 'reserve', to: 'facility', amount: limit })
    })

    it('pays out, and can send a payment back once', async () => {
      const { bank, simulators } = stage
      const before = await balance('reserve')
      const order = { reference: 'wdr-1', accountNumber: '62001', amount: 20n * yuan }
      assert.equal((await bank.payOut(order)).ok, true)
      assert.equal(await balance('reserve'), before - 20n * yuan)
      const returned = await simulators.bank.returnPayment('wdr-1')
      assert.deepEqual(await simulators.bank.returnPayment('wdr-1'), returned)
      assert.equal(await balance('reserve'), before)
      const found = await bank.find('wdr-1')
      assert.ok(found.ok)
      assert.equal(found.value.status, 'returned')
      assert.deepEqual(await bank.find('nothing'), { ok: false, error: 'movement_not_found' })
    })

    it('lists an account by sequence', async () => {
      const { bank } = stage
      const all = await bank.movements({ account: 'reserve', after: 0n })
      assert.ok(all.ok)
      const sequences = all.value.map(({ sequence }) => sequence)
      assert.deepEqual(
        sequences,
        sequences.toSorted((a, b) => (a < b ? -1 : 1)),
      )
      const sum = all.value.reduce(
        (total, { to, amount }) => total + (to === 'reserve' ? amount : -amount),
        0n,
      )
      assert.equal(sum, await balance('reserve'))
      const rest = await bank.movements({ account: 'reserve', after: sequences[0] ?? 0n })
      assert.ok(rest.ok)
      assert.deepEqual(rest.value, all.value.slice(1))
    })

    it('refuses amounts that are none', async () => {
      const { bank } = stage
      for (const amount of [0n, -1n]) {
        const answer = await bank.collect({ reference: 'zero', accountNumber: '62001', amount })
        assert.deepEqual(answer, { ok: false, error: 'amount_invalid' })
      }
    })

    it('plays its sentinels', async () => {
      const { bank } = stage
      const answers: Record<string, unknown> = {}
      for (const [name, accountNumber] of Object.entries(bankSentinels)) {
        const order = { reference: `in-${name}`, accountNumber, amount: 5n }
        const collected = await bank.collect(order)
        answers[name] = collected.ok ? 'settled' : collected.error
      }
      assert.deepEqual(answers, {
        refused: 'refused',
        nameMismatch: 'settled',
        accountNotFound: 'account_not_found',
        accountClosed: 'account_closed',
        insufficientFunds: 'insufficient_funds',
        returned: 'settled',
        answerLost: 'timeout',
        rateLimited: 'rate_limited',
        unavailable: 'unavailable',
        timeout: 'timeout',
        malformedAnswer: 'malformed_answer',
      })
      const { nameMismatch: accountNumber } = bankSentinels
      const mismatch = await bank.confirmHolder({ accountNumber, name: 'Li Wei' })
      assert.deepEqual(mismatch, { ok: true, value: 'mismatch' })
    })

    it('has done what a lost answer was about', async () => {
      const { bank } = stage
      const before = await balance('reserve')
      const { answerLost: accountNumber } = bankSentinels
      const order = { reference: 'lost', accountNumber, amount: 9n }
      assert.deepEqual(await bank.payOut(order), { ok: false, error: 'timeout' })
      assert.equal((await bank.payOut(order)).ok, true)
      assert.equal(await balance('reserve'), before - 9n)
    })

    it('returns a payment to the bouncing account', async () => {
      const { bank } = stage
      const before = await balance('reserve')
      const { returned: accountNumber } = bankSentinels
      const settled = await bank.payOut({ reference: 'bounce', accountNumber, amount: 9n })
      assert.equal(settled.ok && settled.value.status, 'settled')
      const found = await bank.find('bounce')
      assert.equal(found.ok && found.value.status, 'returned')
      assert.equal(await balance('reserve'), before)
    })

    it('can be out of order, and come back', async () => {
      const { bank, simulators } = stage
      await simulators.setFault('bank', 'unavailable')
      const order = { reference: 'down', accountNumber: '62001', amount: 9n }
      assert.deepEqual(await bank.payOut(order), { ok: false, error: 'unavailable' })
      assert.deepEqual(await bank.balance('reserve'), { ok: false, error: 'unavailable' })
      await simulators.setFault('bank', null)
      assert.equal((await bank.payOut(order)).ok, true)
    })
  })
}
