import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Sql } from '#database'
import { hour } from '#kernel'
import { testDatabase, type TestDatabase } from '#test-support'
import { readOutsideBalances, readOutsideMovements } from '../outside-balances.ts'
import { createStage, type Stage, ways } from '../stage.fixture.ts'
import { insurerSentinels } from './sentinels.ts'

const yuan = 100n
const terms = {
  startsOn: '2013-01-01',
  endsOn: '2013-12-31',
  perEventLimit: 100_000n * yuan,
  aggregateLimit: 150_000n * yuan,
  deductible: 10n * yuan,
  premiumPerMillion: 3_333_333n,
}

for (const way of ways) {
  describe(`insurer, by ${way}`, () => {
    let test: TestDatabase
    let sql: Sql
    let stage: Stage

    before(async () => {
      test = await testDatabase()
      sql = test.database.connect('simulator')
      stage = await createStage({ sql, way, decisionDelayMs: hour })
      await stage.insurer.bindCover({ reference: 'pol-1', ...terms })
    })
    after(async () => {
      await stage.close()
      await sql.end()
      await test.drop()
    })

    const evidence = { summary: 'five payments', sha256: 'ab12' }
    function notify(claimId: string, amount: bigint, lostOn = '2013-10-12') {
      return stage.insurer.notifyClaim({ claimId, coverId: 'pol-1', lostOn, amount, evidence })
    }
    async function decide(claimId: string) {
      const decision = await stage.insurer.decision(claimId)
      assert.ok(decision.ok)
      return decision.value
    }

    it('binds a cover once', async () => {
      const { insurer } = stage
      const bound = await insurer.bindCover({ reference: 'pol-1', ...terms })
      assert.deepEqual(bound, { ok: true, value: { coverId: 'pol-1', ...terms } })
      const other = await insurer.bindCover({ reference: 'pol-1', ...terms, deductible: 0n })
      assert.deepEqual(other, { ok: false, error: 'reference_reused' })
    })

    it('hears of premium once', async () => {
      const { insurer } = stage
      const notice = { reference: 'prm-1', coverId: 'pol-1', month: '2013-10', accounts: 300 }
      const heard = { ok: true, value: { ...notice, amount: 1_000n } }
      assert.deepEqual(await insurer.noticePremium({ ...notice, amount: 1_000n }), heard)
      assert.deepEqual(await insurer.noticePremium({ ...notice, amount: 1_000n }), heard)
      const other = await insurer.noticePremium({ ...notice, amount: 2n })
      assert.deepEqual(other, { ok: false, error: 'reference_reused' })
      const unknown = { ...notice, reference: 'prm-2', coverId: 'none', amount: 1n }
      const missing = await insurer.noticePremium(unknown)
      assert.deepEqual(missing, { ok: false, error: 'cover_not_found' })
    })

    it('decides after its delay, less the deductible, and pays once', async () => {
      const { insurer, bank, clock } = stage
      assert.ok((await notify('clm-1', 40_000n * yuan)).ok)
      assert.ok((await notify('clm-1', 40_000n * yuan)).ok)
      const other = await notify('clm-1', 1n)
      assert.deepEqual(other, { ok: false, error: 'reference_reused' })
      assert.equal((await decide('clm-1')).status, 'pending')
      const early = await insurer.remit('clm-1')
      assert.deepEqual(early, { ok: false, error: 'claim_not_approved' })
      clock.advance(hour)
      const approved = 39_990n * yuan
      const decision = { status: 'approved', claimId: 'clm-1', amount: approved }
      assert.deepEqual(await decide('clm-1'), decision)
      const paid = await insurer.remit('clm-1')
      assert.ok(paid.ok)
      assert.equal(paid.value.amount, approved)
      clock.advance(hour)
      assert.deepEqual(await insurer.remit('clm-1'), paid)
      assert.deepEqual(await bank.balance('reserve'), { ok: true, value: approved })
      const movements = await readOutsideMovements(sql, 'bank:reserve')
      assert.deepEqual(
        movements.map(({ reference, amount }) => ({ reference, amount })),
        [{ reference: paid.value.bankReference, amount: approved }],
      )
    })

    it('never approves more than its limits', async () => {
      const { clock } = stage
      await notify('clm-2', 500_000n * yuan)
      await notify('clm-3', 500_000n * yuan)
      await notify('clm-4', 500_000n * yuan)
      clock.advance(hour)
      const perEvent = { status: 'approved', claimId: 'clm-2', amount: 100_000n * yuan }
      assert.deepEqual(await decide('clm-2'), perEvent)
      const rest = { status: 'approved', claimId: 'clm-3', amount: 10_010n * yuan }
      assert.deepEqual(await decide('clm-3'), rest)
      const reason = 'aggregate_limit_reached'
      assert.deepEqual(await decide('clm-4'), { status: 'declined', claimId: 'clm-4', reason })
    })

    it('covers losses of its period only, under a cover that exists', async () => {
      const { insurer } = stage
      const late = await notify('clm-5', 5n, '2014-01-01')
      assert.deepEqual(late, { ok: false, error: 'cover_not_in_force' })
      const claim = { claimId: 'clm-6', coverId: 'none', lostOn: '2013-10-12', amount: 5n }
      const missing = await insurer.notifyClaim({ ...claim, evidence })
      assert.deepEqual(missing, { ok: false, error: 'cover_not_found' })
      assert.deepEqual(await notify('clm-7', 0n), { ok: false, error: 'amount_invalid' })
      const nothing = await insurer.decision('clm-8')
      assert.deepEqual(nothing, { ok: false, error: 'claim_not_found' })
    })

    it('plays its sentinels', async () => {
      const { insurer, clock } = stage
      await insurer.bindCover({ reference: 'pol-2', ...terms, deductible: 0n })
      const claim = { coverId: 'pol-2', lostOn: '2013-10-12', evidence }
      const { unavailable, ...decided } = insurerSentinels
      for (const [claimId, amount] of Object.entries(decided)) {
        await insurer.notifyClaim({ ...claim, claimId, amount })
      }
      clock.advance(hour)
      assert.equal((await decide('declined')).status, 'declined')
      assert.equal((await decide('undecided')).status, 'pending')
      const half = { status: 'approved', claimId: 'half', amount: 44_444n }
      assert.deepEqual(await decide('half'), half)
      const down = await insurer.notifyClaim({ ...claim, claimId: 'down', amount: unavailable })
      assert.deepEqual(down, { ok: false, error: 'unavailable' })
    })

    it('tells its totals, the same to us and to the proof', async () => {
      const { insurer } = stage
      const totals = await insurer.totals()
      assert.ok(totals.ok)
      const { claimsNotified, paid, premium, notified, approved } = totals.value
      assert.equal(claimsNotified, 7)
      assert.equal(paid, 39_990n * yuan)
      assert.equal(premium, 1_000n)
      const balances = await readOutsideBalances(sql)
      const of = (name: string) => balances.find(({ partner }) => partner === name)?.amount
      const seen = ['notified', 'approved', 'paid', 'premium'].map((name) => of(`insurer:${name}`))
      assert.deepEqual(seen, [notified, approved, paid, premium])
    })

    it('can be out of order, and come back', async () => {
      const { insurer, simulators } = stage
      await simulators.setFault('insurer', 'rate_limited')
      assert.deepEqual(await insurer.totals(), { ok: false, error: 'rate_limited' })
      await simulators.setFault('insurer', null)
      assert.ok((await insurer.totals()).ok)
    })
  })
}
