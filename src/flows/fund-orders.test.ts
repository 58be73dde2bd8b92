import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { orderById, ordersOf, setFundLimits } from '#fund'
import { testDatabase } from '#test-support'
import { createAdvanceFundDay } from './advance-fund-day.ts'
import { createCancelFundOrder } from './cancel-fund-order.ts'
import type { Actor } from './context.ts'
import { codeOf } from './identity-stage.fixture.ts'
import { createLinkBankAccount } from './link-bank-account.ts'
import { verifyDecisions } from './verify-decisions.ts'
import { createWithdraw } from './withdraw.ts'
import { createFundStage, valueOf, type FundStage } from './fund-stage.fixture.ts'

describe('orders that are changed on their way', () => {
  let stage: FundStage
  let anna: Actor
  let bea: Actor
  before(async () => {
    stage = await createFundStage(await testDatabase())
    anna = await stage.customer('+8613800000001', 50_000_00n)
    bea = await stage.customer('+8613800000002', 50_000_00n)
  })
  after(() => stage.close())

  const cancel = async (actor: Actor, orderId: string, requestId: string) =>
    createCancelFundOrder(stage.context)(await stage.again(actor), { requestId, orderId })

  it('may be taken back until the cut-off, by their owner, once', async () => {
    stage.clockAt('2026-03-02', '10:00')
    const kept = valueOf(await stage.subscribe(anna, 12_000_00n))
    const order = valueOf(await stage.subscribe(anna, 5_000_00n))
    valueOf(await stage.subscribe(bea, 12_000_00n))
    assert.equal(codeOf(await cancel(bea, order.id, 'req_1')), 'order_not_found')
    assert.equal(codeOf(await cancel(anna, 'ord_unknown', 'req_1')), 'order_not_found')
    const first = valueOf(await cancel(anna, order.id, 'req_2'))
    assert.equal(first.state, 'cancelled')
    assert.deepEqual(valueOf(await cancel(anna, order.id, 'req_2')), first, 'the first answer')
    assert.equal(codeOf(await cancel(anna, order.id, 'req_3')), 'order_not_open')
    assert.equal(codeOf(await cancel(anna, kept.id, 'req_2')), 'id_reused')
    assert.equal(await stage.inBooks(`2010:${anna.customerId}`), 38_000_00n)
    await stage.setStatus(anna, 'frozen')
    assert.equal(codeOf(await cancel(anna, kept.id, 'req_4')), 'customer_frozen')
    await stage.setStatus(anna, 'active')
    stage.clockAt('2026-03-02', '15:00')
    assert.equal(codeOf(await cancel(anna, kept.id, 'req_5')), 'order_past_cut_off')
    await stage.goTo('2026-03-03', '10:00')
    assert.equal((await stage.holding(anna)).available, 12_000_00n)
    await stage.prove()
  })

  it('are deferred pro rata by the gate and come back on the next dealing day', async () => {
    await stage.run(setFundLimits, { quotaFen: null, gatePerMille: 100 })
    const big = valueOf(await stage.redeem(anna, 9_000_00n, 'normal'))
    const small = valueOf(await stage.redeem(bea, 3_000_00n, 'normal'))
    await stage.goTo('2026-03-03', '15:00')
    await stage.prove()
    const [rest] = await ordersOf(stage.sql, { customerId: anna.customerId, limit: 1 })
    const found = await orderById(stage.sql, big.order.id)
    // A tenth of the units leaves; three quarters of that are Anna's.
    assert.ok(found !== null && found.deferredAmount > 7_199_00n, `${found?.deferredAmount}`)
    const ofAnna = await ordersOf(stage.sql, { customerId: anna.customerId, limit: 10 })
    const next = ofAnna.find(({ deferredFrom }) => deferredFrom === big.order.id)
    assert.ok(rest !== undefined && next !== undefined)
    assert.equal(next.amount, found.deferredAmount)
    assert.equal(next.dealingDay, '2026-03-04')
    await stage.goTo('2026-03-04', '10:00')
    assert.equal((await orderById(stage.sql, small.order.id))?.state, 'paid')
    assert.equal((await stage.holding(anna)).redeeming, next.amount)
    await stage.run(setFundLimits, { quotaFen: null, gatePerMille: null })
    await stage.goTo('2026-03-05', '10:00')
    assert.equal((await orderById(stage.sql, next.id))?.state, 'paid')
    assert.equal((await stage.holding(anna)).redeeming, 0n)
    await stage.prove()
  })

  it('are confirmed in part when the fund says so, and the rest goes back', async () => {
    const placed = valueOf(await stage.subscribe(bea, 1_000_00n))
    await stage.goTo('2026-03-05', '15:00')
    const wallet = await stage.inBooks(`2010:${bea.customerId}`)
    stage.clockAt('2026-03-06', '09:30')
    const { fundManager } = stage.simulators
    const inPart: typeof fundManager = {
      ...fundManager,
      async confirm(query) {
        const answer = await fundManager.confirm(query)
        if (!answer.ok) return answer
        const parts = [{ orderId: placed.id, confirmed: 400_00n }]
        return { ok: true, value: { ...answer.value, unitsIssued: 400_00n, parts } }
      },
    }
    const partners = { ...stage.context.partners, fundManager: inPart }
    const { waiting } = await createAdvanceFundDay({ ...stage.context, partners })()
    assert.equal(waiting, null)
    const order = await orderById(stage.sql, placed.id)
    assert.deepEqual([order?.state, order?.confirmedAmount], ['confirmed', 400_00n])
    assert.equal(await stage.inBooks(`2010:${bea.customerId}`), wallet + 600_00n)
    assert.equal(await stage.inBooks('1120'), 0n)
    assert.equal(await stage.inBooks('1110'), 0n)
  })

  it('go to a card at once within the cap, and are repaid by the fund', async () => {
    const linked = valueOf(
      await createLinkBankAccount(stage.context)(await stage.again(anna), {
        requestId: 'req_link',
        accountNumber: '6222000000000001',
        bankName: 'Bank of Coffer',
      }),
    )
    const bankAccountId = linked.account?.id ?? ''
    await stage.goTo('2026-03-10', '11:00')
    const withdraw = async (amount: bigint, requestId: string) =>
      createWithdraw(stage.context)(await stage.again(anna), {
        requestId,
        bankAccountId,
        amount,
        source: 'fund',
      })
    const wallet = await stage.inBooks(`2010:${anna.customerId}`)
    const { available } = await stage.holding(anna)
    assert.ok(available > 2_000_00n)
    const paid = valueOf(await withdraw(2_000_00n, 'req_w1'))
    assert.equal(paid.state, 'settled')
    assert.deepEqual(valueOf(await withdraw(2_000_00n, 'req_w1')), paid, 'once')
    assert.equal(await stage.inBooks(`2010:${anna.customerId}`), wallet)
    assert.equal((await stage.holding(anna)).available, available - 2_000_00n)
    assert.equal(await stage.inBooks('2110'), 2_000_00n)
    assert.equal(codeOf(await withdraw(8_000_01n, 'req_w2')), 'fast_redemption_exceeded')
    assert.equal(codeOf(await withdraw(available, 'req_w3')), 'insufficient_funds')
    await stage.goTo('2026-03-11', '10:00')
    assert.equal(await stage.inBooks('2110'), 0n)
    assert.deepEqual((await verifyDecisions(stage.sql)).broken, [], 'I12')
  })
})
