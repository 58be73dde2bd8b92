import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { fundDayOn, orderById, overdueOrders, publishedDays } from '#fund'
import { testDatabase } from '#test-support'
import type { Actor } from './context.ts'
import { codeOf } from './identity-stage.fixture.ts'
import { createFundStage, valueOf, type FundStage } from './fund-stage.fixture.ts'

describe('a fund order through the calendar', () => {
  let stage: FundStage
  let anna: Actor
  before(async () => {
    stage = await createFundStage(await testDatabase())
    anna = await stage.customer('+8613800000001', 50_000_00n)
  })
  after(() => stage.close())

  it('counts for the day until one millisecond before the cut-off', async () => {
    stage.clockAt('2026-03-06', '14:59:59')
    stage.clock.advance(999)
    const order = valueOf(await stage.subscribe(anna, 1_000_01n))
    assert.equal(order.dealingDay, '2026-03-06')
    assert.equal(order.confirmationDay, '2026-03-09')
    assert.equal(await stage.inBooks(`2040:${anna.customerId}`), 1_000_01n)
  })

  it('counts for Monday from 15:00:00 on Friday', async () => {
    stage.clockAt('2026-03-06', '15:00:00')
    const order = valueOf(await stage.subscribe(anna, 500_00n))
    assert.equal(order.dealingDay, '2026-03-09')
    assert.equal(order.confirmationDay, '2026-03-10')
  })

  it('takes only the closed day to the fund at the cut-off', async () => {
    await stage.goTo('2026-03-06', '15:00:05')
    assert.equal(await stage.inBooks('1120'), 1_000_01n)
    assert.equal(await stage.inBooks('1110'), 0n)
    await stage.prove()
  })

  it('earns nothing over the weekend and from Monday on', async () => {
    await stage.goTo('2026-03-09', '09:29:59')
    assert.equal((await stage.holding(anna)).available, 0n)
    await stage.goTo('2026-03-09', '09:30:00')
    assert.equal((await stage.holding(anna)).available, 1_000_01n)
    assert.equal((await stage.holding(anna)).subscriptionsInTransit, 500_00n)
    await stage.simulators.fundManager.planDay('2026-03-09', { income: 13n })
    await stage.goTo('2026-03-10', '00:05:00')
    const { available, income } = await stage.holding(anna)
    assert.equal(available, 1_000_01n + 13n)
    assert.deepEqual(income, {
      yesterday: 13n,
      latestDate: '2026-03-09',
      latest: 13n,
      cumulative: 13n,
    })
    const [sunday, monday] = (await publishedDays(stage.sql, { days: 2 })).slice(-2)
    assert.equal(sunday?.per10k, null)
    // 0.13 yuan on 1,000.01 units is 1.299987 on 10,000: published half-up.
    assert.equal(monday?.per10k, 13_000n)
    await stage.prove()
  })

  it('confirms over a holiday only on the next dealing day', async () => {
    // 2026-04-06 is the day off for Qingming; 04-04 and 04-05 are a weekend.
    await stage.goTo('2026-04-03', '10:00')
    const order = valueOf(await stage.subscribe(anna, 2_000_00n))
    assert.equal(order.confirmationDay, '2026-04-07')
    await stage.goTo('2026-04-07', '00:06')
    assert.equal((await stage.holding(anna)).subscriptionsInTransit, 2_000_00n)
    await stage.goTo('2026-04-07', '09:31')
    assert.equal((await stage.holding(anna)).subscriptionsInTransit, 0n)
    assert.equal((await orderById(stage.sql, order.id))?.state, 'confirmed')
    assert.deepEqual(await overdueOrders(stage.sql, '2026-04-07'), [])
    await stage.prove()
  })

  it('pays a normal redemption on the next dealing day, its units earning until then', async () => {
    await stage.goTo('2026-04-10', '11:00')
    const { order } = valueOf(await stage.redeem(anna, 700_00n, 'normal'))
    const before = await stage.holding(anna)
    assert.equal(before.redeeming, 700_00n)
    const wallet = await stage.inBooks(`2010:${anna.customerId}`)
    await stage.goTo('2026-04-13', '00:10')
    const sunday = await stage.holding(anna)
    assert.ok(sunday.income.yesterday > 0n)
    await stage.goTo('2026-04-13', '09:45')
    const confirmed = await stage.holding(anna)
    assert.equal(confirmed.redeeming, 0n)
    assert.equal(confirmed.redemptionsInTransit, 700_00n)
    assert.equal(await stage.inBooks(`2010:${anna.customerId}`), wallet)
    await stage.goTo('2026-04-13', '10:00')
    assert.equal(await stage.inBooks(`2010:${anna.customerId}`), wallet + 700_00n)
    assert.equal((await orderById(stage.sql, order.id))?.state, 'paid')
    await stage.prove()
  })

  it('refuses what the rules of the day refuse, moving nothing', async () => {
    const again = await stage.customer('+8613800000002', 200_000_00n)
    const wallet = `2010:${again.customerId}`
    assert.equal(codeOf(await stage.subscribe(again, 0n)), 'order_too_small')
    assert.equal(codeOf(await stage.subscribe(again, 20_000_01n)), 'daily_subscription_exceeded')
    valueOf(await stage.subscribe(again, 20_000_00n))
    assert.equal(codeOf(await stage.subscribe(again, 1n)), 'daily_subscription_exceeded')
    for (const date of ['2026-04-14', '2026-04-15', '2026-04-16']) {
      await stage.goTo(date, '12:00')
      valueOf(await stage.subscribe(again, 20_000_00n))
    }
    await stage.goTo('2026-04-20', '12:00')
    // 80,000.00 and some income are there: the cap of 100,000.00 is a cap on all of it.
    assert.equal(codeOf(await stage.subscribe(again, 20_000_00n)), 'holding_cap_exceeded')
    assert.equal(await stage.inBooks(wallet), 120_000_00n)
    assert.equal(codeOf(await stage.redeem(again, 100_100_00n)), 'insufficient_funds')
    const stranger = await stage.customer('+8613800000003', 1_00n)
    assert.equal(codeOf(await stage.redeem(stranger, 1n)), 'insufficient_funds')
    assert.equal(codeOf(await stage.subscribe(stranger, 1_01n)), 'insufficient_funds')
    await stage.prove()
  })

  it('stops a frozen customer from redeeming while his units go on earning', async () => {
    const before = await stage.holding(anna)
    await stage.setStatus(anna, 'frozen')
    assert.equal(codeOf(await stage.redeem(anna, 1_00n)), 'customer_frozen')
    assert.equal(codeOf(await stage.subscribe(anna, 1_00n)), 'customer_frozen')
    await stage.goTo('2026-04-22', '00:10')
    assert.ok((await stage.holding(anna)).available > before.available)
    assert.equal((await fundDayOn(stage.sql, '2026-04-21'))?.state, 'credited')
  })

  it('waits for a silent fund manager and goes on where it stopped', async () => {
    await stage.simulators.setFault('fund', 'timeout')
    stage.clockAt('2026-04-23', '00:05')
    const silent = await stage.advance()
    assert.equal(silent.waiting?.event.kind, 'confirm')
    assert.equal(silent.waiting?.problem.code, 'partner_unavailable')
    await stage.simulators.setFault('fund', null)
    await stage.goTo('2026-04-23', '00:06')
    assert.equal((await fundDayOn(stage.sql, '2026-04-22'))?.state, 'credited')
    await stage.prove()
  })

  it('waits for a silent bank, its transfers kept in order', async () => {
    await stage.setStatus(anna, 'active')
    await stage.goTo('2026-04-23', '11:00')
    valueOf(await stage.subscribe(anna, 100_00n))
    valueOf(await stage.redeem(anna, 10_00n))
    await stage.simulators.setFault('bank', 'unavailable')
    stage.clockAt('2026-04-23', '15:00')
    const silent = await stage.advance()
    assert.equal(silent.waiting?.event.kind, 'cut_off')
    await stage.simulators.setFault('bank', null)
    // What our books have moved and the bank has not is known, so even now everything agrees.
    await stage.prove()
    await stage.goTo('2026-04-23', '15:01')
    await stage.prove()
  })
})
