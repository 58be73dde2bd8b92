import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Sql } from '#database'
import { localInstant } from '#kernel'
import { testDatabase, type TestDatabase } from '#test-support'
import { readOutsideBalances, readOutsideMovements } from '../outside-balances.ts'
import { createStage, type Stage, ways } from '../stage.fixture.ts'
import { fundSentinels } from './sentinels.ts'

const million = 100_000_000n
/** Friday, and the Monday on which it is confirmed. */
const friday = { dealingDay: '2013-10-11', confirmationDay: '2013-10-14' }

for (const way of ways) {
  describe(`fund manager, by ${way}`, () => {
    let test: TestDatabase
    let sql: Sql
    let stage: Stage

    before(async () => {
      test = await testDatabase()
      sql = test.database.connect('simulator')
      stage = await createStage({ sql, way })
    })
    after(async () => {
      await stage.close()
      await sql.end()
      await test.drop()
    })

    it('adds up a dealing day, each submission once', async () => {
      const { fundManager } = stage
      const { dealingDay } = friday
      const orders = { reference: 'ord-1', dealingDay, subscriptions: million, redemptions: 0n }
      const first = { ok: true, value: { dealingDay, subscriptions: million, redemptions: 0n } }
      assert.deepEqual(await fundManager.submitOrders(orders), first)
      assert.deepEqual(await fundManager.submitOrders(orders), first)
      const reused = await fundManager.submitOrders({ ...orders, subscriptions: 1n })
      assert.deepEqual(reused, { ok: false, error: 'reference_reused' })
      const more = { ...orders, reference: 'ord-2', subscriptions: 50n }
      const second = await fundManager.submitOrders(more)
      assert.equal(second.ok && second.value.subscriptions, million + 50n)
      const negative = await fundManager.submitOrders({ ...more, redemptions: -1n })
      assert.deepEqual(negative, { ok: false, error: 'amount_invalid' })
      const none = { ...orders, reference: 'ord-3', subscriptions: 0n, redemptions: 1n }
      const refused = await fundManager.submitOrders(none)
      assert.deepEqual(refused, { ok: false, error: 'insufficient_units' })
    })

    it('confirms a dealing day once and takes no more orders for it', async () => {
      const { fundManager } = stage
      const { dealingDay } = friday
      const first = await fundManager.confirm(friday)
      assert.deepEqual(first, {
        ok: true,
        value: {
          ...friday,
          status: 'confirmed',
          subscriptions: million + 50n,
          redemptions: 0n,
          unitsIssued: million + 50n,
          proceeds: 0n,
        },
      })
      assert.deepEqual(await fundManager.confirm(friday), first)
      const late = { reference: 'ord-4', dealingDay, subscriptions: 1n, redemptions: 0n }
      const answer = await fundManager.submitOrders(late)
      assert.deepEqual(answer, { ok: false, error: 'dealing_day_closed' })
      const register = await fundManager.register()
      assert.equal(register.ok && register.value.units, million + 50n)
    })

    it('earns nothing before confirmation, then its rate, once, and as cash', async () => {
      const { fundManager, clock, bank, simulators } = stage
      const early = await fundManager.dayIncome('2013-10-12')
      assert.deepEqual(early, { ok: false, error: 'not_declared_yet' })
      clock.set(localInstant('2013-10-16', '09:00'))
      const sunday = await fundManager.dayIncome('2013-10-13')
      assert.deepEqual(sunday, { ok: true, value: { date: '2013-10-13', units: 0n, income: 0n } })
      await simulators.fundManager.planDay('2013-10-14', { rate: 12_000n })
      const monday = await fundManager.dayIncome('2013-10-14')
      // 1,000,000.50 units at 1.2000 yuan per 10,000 units: 120.00006 yuan.
      const declared = { date: '2013-10-14', units: million + 50n, income: 12_000n }
      assert.deepEqual(monday, { ok: true, value: declared })
      assert.deepEqual(await fundManager.dayIncome('2013-10-14'), monday)
      const tuesday = await fundManager.dayIncome('2013-10-15')
      assert.ok(tuesday.ok)
      assert.equal(tuesday.value.units, million + 50n + 12_000n)
      const { income } = tuesday.value
      assert.ok(income > 11_300n && income < 12_700n, `about 1.2 yuan in 2013: ${income}`)
      assert.deepEqual(await bank.balance('custodian'), { ok: true, value: 12_000n + income })
    })

    it('redeems no more than there is, and shows its register to the proof', async () => {
      const { fundManager } = stage
      const order = { dealingDay: '2013-10-16', subscriptions: 0n, redemptions: million }
      assert.ok((await fundManager.submitOrders({ ...order, reference: 'ord-5' })).ok)
      const again = await fundManager.submitOrders({ ...order, reference: 'ord-6' })
      assert.deepEqual(again, { ok: false, error: 'insufficient_units' })
      const pending = await fundManager.register()
      assert.equal(pending.ok && pending.value.pendingRedemptions, million)
      const query = { dealingDay: '2013-10-16', confirmationDay: '2013-10-17' }
      const confirmed = await fundManager.confirm(query)
      assert.equal(confirmed.ok && confirmed.value.proceeds, million)
      const register = await fundManager.register()
      assert.ok(register.ok)
      assert.equal(register.value.incomeThrough, '2013-10-15')
      const balances = await readOutsideBalances(sql)
      const units = balances.find(({ partner }) => partner === 'fund:units')
      assert.equal(units?.amount, register.value.units)
      const movements = await readOutsideMovements(sql, 'fund:units')
      const sum = movements.reduce((total, { amount }) => total + amount, 0n)
      assert.equal(sum, register.value.units)
    })

    it('plays its sentinels', async () => {
      const { fundManager, bank } = stage
      const { rejected: dealingDay, lossDay } = fundSentinels
      const orders = { reference: 'ord-7', dealingDay, subscriptions: 5n, redemptions: 0n }
      assert.ok((await fundManager.submitOrders(orders)).ok)
      const answer = await fundManager.confirm({ dealingDay, confirmationDay: '1999-01-05' })
      assert.ok(answer.ok)
      assert.equal(answer.value.status, 'rejected')
      assert.equal(answer.value.unitsIssued, 0n)
      const before = await bank.balance('custodian')
      const loss = await fundManager.dayIncome(lossDay)
      assert.deepEqual(loss, { ok: true, value: { date: lossDay, units: 0n, income: -1_234n } })
      const after = await bank.balance('custodian')
      assert.ok(before.ok && after.ok)
      assert.equal(after.value, before.value - 1_234n)
      const errors = ['timeout', 'rateLimited', 'unavailable', 'malformedAnswer'] as const
      const codes = ['timeout', 'rate_limited', 'unavailable', 'malformed_answer']
      for (const [index, name] of errors.entries()) {
        const failed = await fundManager.dayIncome(fundSentinels[name])
        assert.deepEqual(failed, { ok: false, error: codes[index] })
      }
    })

    it('can be out of order, and come back', async () => {
      const { fundManager, simulators } = stage
      await simulators.setFault('fund', 'unavailable')
      assert.deepEqual(await fundManager.register(), { ok: false, error: 'unavailable' })
      await simulators.setFault('fund', null)
      assert.ok((await fundManager.register()).ok)
    })
  })
}
