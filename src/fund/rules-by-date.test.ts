import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addDays, startOfLocalDay } from '#kernel'
import { createBooksStage } from './books-stage.fixture.ts'
import { recordShadowPrice, shadowAlertOf } from './record-shadow-price.ts'
import { setFundLimits } from './set-fund-limits.ts'

describe('the rules of a day', () => {
  const caps = [
    ['2013-07-01', 1_000_000_00n],
    ['2017-05-26', 1_000_000_00n],
    ['2017-05-27', 250_000_00n],
    ['2017-08-13', 250_000_00n],
    ['2017-08-14', 100_000_00n],
    ['2017-12-07', 100_000_00n],
  ] as const
  for (const [date, cap] of caps) {
    it(`let a person hold ${cap / 100n} yuan on ${date} and not a fen more`, async () => {
      const stage = createBooksStage(date, '10:00')
      await stage.topUp(2_000_000_00n)
      assert.equal(await stage.subscribe('ord_1', cap + 1n), 'holding_cap_exceeded')
      assert.equal(await stage.subscribe('ord_2', cap), 'accepted')
      assert.equal(await stage.subscribe('ord_3', 1n), 'holding_cap_exceeded')
    })
  }

  it('keep a holding above a cap that was lowered: it stays, but nothing is added', async () => {
    const stage = createBooksStage('2017-05-26', '10:00')
    await stage.topUp(2_000_000_00n)
    assert.equal(await stage.subscribe('ord_1', 900_000_00n), 'accepted')
    stage.clockAt('2017-05-27', '00:00')
    assert.equal(await stage.subscribe('ord_2', 1n), 'holding_cap_exceeded')
    // Friday's subscription; the Dragon Boat holiday lasted until Tuesday.
    await stage.settle('2017-05-26', '2017-05-31')
    assert.equal(stage.balance('R201:cus_ada'), 900_000_00n)
    stage.clockAt('2017-08-14', '10:00')
    assert.equal(await stage.subscribe('ord_3', 1n), 'holding_cap_exceeded')
    assert.equal(await stage.redeem('ord_4', 800_000_01n, 'normal'), 'accepted')
    assert.equal(await stage.subscribe('ord_5', 1n), 'holding_cap_exceeded')
    assert.equal(await stage.redeem('ord_6', 1_00n, 'fast'), 'advanced')
  })

  it('limit what goes in on one day from 2017-12-08 on, at midnight', async () => {
    const stage = createBooksStage('2017-12-07', '23:59:59')
    await stage.topUp(200_000_00n)
    assert.equal(await stage.subscribe('ord_1', 20_000_01n), 'accepted')
    stage.clockAt('2017-12-08', '00:00')
    assert.equal(await stage.subscribe('ord_2', 20_000_01n), 'daily_subscription_exceeded')
    assert.equal(await stage.subscribe('ord_3', 15_000_00n), 'accepted')
    assert.equal(await stage.subscribe('ord_4', 5_000_01n), 'daily_subscription_exceeded')
    assert.equal(await stage.subscribe('ord_5', 5_000_00n), 'accepted')
    assert.equal(await stage.subscribe('ord_6', 1n), 'daily_subscription_exceeded')
    stage.clockAt('2017-12-09', '00:00')
    assert.equal(await stage.subscribe('ord_7', 20_000_00n), 'accepted')
  })

  const cards = [
    ['2013-07-01', '2013-07-02', '2013-07-02', 50_000_00n],
    ['2017-12-07', '2017-12-08', '2018-05-31', 50_000_00n],
    ['2017-12-07', '2017-12-08', '2018-06-01', 10_000_00n],
  ] as const
  for (const [bought, confirmed, date, cap] of cards) {
    it(`let ${cap / 100n} yuan a day go to a card on ${date}, to the wallet more`, async () => {
      const stage = createBooksStage(bought, '10:00')
      await stage.topUp(90_000_00n)
      assert.equal(await stage.subscribe('ord_1', 90_000_00n), 'accepted')
      await stage.settle(bought, confirmed)
      stage.clockAt(date, '23:59:59')
      const toCard = (id: string, amount: bigint) => stage.redeem(id, amount, 'card')
      assert.equal(await toCard('ord_2', cap + 1n), 'fast_redemption_exceeded')
      assert.equal(await toCard('ord_3', cap - 1_00n), 'advanced')
      assert.equal(await toCard('ord_4', 1_01n), 'fast_redemption_exceeded')
      assert.equal(await toCard('ord_5', 1_00n), 'advanced')
      assert.equal(await toCard('ord_6', 1n), 'fast_redemption_exceeded')
      assert.equal(await stage.redeem('ord_7', 1_00n, 'fast'), 'advanced', 'to the wallet')
      assert.equal(await stage.redeem('ord_8', 1_00n, 'normal'), 'accepted', 'without a cap')
      stage.setClock(startOfLocalDay(addDays(date, 1)))
      assert.equal(await toCard('ord_9', 10_000_00n), 'advanced', 'a new day')
    })
  }
})

describe('the fund as a whole', () => {
  it('takes subscriptions up to a quota that opens at 09:00 each day', async () => {
    const stage = createBooksStage('2018-03-01', '08:59:59')
    await stage.topUp(100_000_00n)
    await stage.topUp(100_000_00n, 'cus_bob')
    await stage.run(setFundLimits, { quotaFen: 30_000_00n, gatePerMille: null })
    assert.equal(await stage.subscribe('ord_1', 1_00n), 'fund_quota_not_open')
    stage.clockAt('2018-03-01', '09:00')
    assert.equal(await stage.subscribe('ord_2', 20_000_00n), 'accepted')
    assert.equal(await stage.subscribe('ord_3', 10_000_01n, 'cus_bob'), 'fund_quota_used')
    assert.equal(await stage.subscribe('ord_4', 10_000_00n, 'cus_bob'), 'accepted')
    assert.equal(await stage.subscribe('ord_5', 1n, 'cus_bob'), 'fund_quota_used')
    stage.clockAt('2018-03-02', '09:00')
    assert.equal(await stage.subscribe('ord_6', 1_00n, 'cus_bob'), 'accepted')
    await stage.run(setFundLimits, { quotaFen: null, gatePerMille: null })
    stage.clockAt('2018-03-03', '01:00')
    assert.equal(await stage.subscribe('ord_7', 20_000_00n), 'accepted')
  })

  it('warns at 0.25 % of deviation and stops subscriptions at 0.5 %, either way', async () => {
    const table = [
      [0n, 'none'],
      [2_499n, 'none'],
      [2_500n, 'watch'],
      [-2_500n, 'watch'],
      [4_999n, 'watch'],
      [5_000n, 'limit'],
      [-5_000n, 'limit'],
    ] as const
    for (const [deviation, alert] of table) assert.equal(shadowAlertOf(deviation), alert)
    const stage = createBooksStage('2016-12-20', '10:00')
    await stage.topUp(10_000_00n)
    assert.equal(await stage.subscribe('ord_1', 5_000_00n), 'accepted')
    const record = (date: string, deviation: bigint) =>
      stage.run(recordShadowPrice, { date, deviation })
    const stopped = await record('2016-12-20', -5_100n)
    assert.equal(stopped.status.suspended, true)
    assert.equal(await stage.subscribe('ord_2', 1_00n), 'subscriptions_suspended')
    await stage.settle('2016-12-20', '2016-12-21')
    assert.equal(await stage.redeem('ord_3', 1_00n, 'normal'), 'accepted', 'the way out is open')
    const late = await record('2016-12-19', 0n)
    assert.equal(late.status.suspended, true, 'an earlier day changes nothing')
    const since = stopped.status.suspendedAt
    assert.equal((await record('2016-12-21', -5_000n)).status.suspendedAt, since)
    assert.equal((await record('2016-12-22', -4_000n)).status.suspended, false)
    assert.equal(await stage.subscribe('ord_4', 1_00n), 'accepted')
  })
})
