import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { localInstant } from '#kernel'
import { createBooksStage } from './books-stage.fixture.ts'
import { noteConfirmedParts } from './confirm-orders.ts'
import { entriesOf } from './entries.fixture.ts'

type Stage = ReturnType<typeof createBooksStage>

/** 6,000.00 in the fund, 4,000.00 in the wallet on 2013-07-02. */
async function invested(): Promise<Stage> {
  const stage = createBooksStage('2013-07-01', '10:00')
  await stage.topUp(10_000_00n)
  await stage.subscribe('ord_0', 6_000_00n)
  await stage.settle('2013-07-01', '2013-07-02')
  return stage
}

describe('an order taken back', () => {
  let stage: Stage
  beforeEach(async () => {
    stage = await invested()
  })

  it('brings money of a subscription and units of a redemption back by entries', async () => {
    await stage.subscribe('ord_1', 1_000_00n)
    await stage.redeem('ord_2', 2_000_00n, 'normal')
    assert.equal(await stage.cancel('ord_1'), 'cancelled')
    assert.equal(await stage.cancel('ord_2'), 'cancelled')
    assert.equal(stage.balance('2010:cus_ada'), 4_000_00n)
    assert.equal(stage.balance('R201:cus_ada'), 6_000_00n)
    assert.equal(stage.balance('2040:cus_ada') + stage.balance('R203:cus_ada'), 0n)
    assert.deepEqual(entriesOf(stage.store, 'fund_cancel'), ['ord_1', 'ord_2'])
    assert.equal(await stage.cancel('ord_1'), 'order_not_open', 'once')
    await stage.settle('2013-07-02', '2013-07-03')
    assert.equal(stage.day('2013-07-02')?.subscriptions, 0n)
    assert.equal(stage.balance('R201:cus_ada'), 6_000_00n)
  })

  it('is possible until the last millisecond, of a weekend until Monday', async () => {
    await stage.subscribe('ord_1', 1_00n)
    await stage.subscribe('ord_2', 1_00n)
    const cutOff = localInstant('2013-07-02', '15:00')
    stage.setClock(cutOff - 1)
    assert.equal(await stage.cancel('ord_1'), 'cancelled')
    stage.setClock(cutOff)
    assert.equal(await stage.cancel('ord_2'), 'order_past_cut_off')
    stage.clockAt('2013-07-06', '12:00')
    await stage.subscribe('ord_3', 1_00n)
    stage.clockAt('2013-07-08', '14:59:59')
    assert.equal(await stage.cancel('ord_3'), 'cancelled')
  })

  it('is not possible once the day is closed, and never for what moved at once', async () => {
    await stage.redeem('ord_1', 1_00n, 'fast')
    assert.equal(await stage.cancel('ord_1'), 'order_not_open')
    await stage.subscribe('ord_2', 1_00n)
    await stage.settle('2013-07-02', '2013-07-03')
    assert.equal(await stage.cancel('ord_2'), 'order_not_open')
  })

  it('gives the room below the daily cap back on its own day', async () => {
    stage = createBooksStage('2018-01-02', '10:00')
    await stage.topUp(50_000_00n)
    await stage.subscribe('ord_1', 20_000_00n)
    assert.equal(await stage.subscribe('ord_2', 1_00n), 'daily_subscription_exceeded')
    await stage.cancel('ord_1')
    assert.equal(await stage.subscribe('ord_3', 20_000_00n), 'accepted')
    stage.clockAt('2018-01-03', '00:00')
    assert.equal(await stage.subscribe('ord_4', 20_000_00n), 'accepted')
    await stage.cancel('ord_3')
    assert.equal(await stage.subscribe('ord_5', 1n), 'daily_subscription_exceeded')
  })
})

describe('a confirmation in part', () => {
  it('books what the fund confirmed and sends the rest back', async () => {
    const stage = await invested()
    await stage.subscribe('ord_1', 1_000_00n)
    await stage.subscribe('ord_2', 500_00n)
    await stage.redeem('ord_3', 2_000_00n, 'normal')
    await stage.redeem('ord_4', 300_00n, 'normal')
    await stage.redeem('ord_5', 100_00n, 'fast')
    stage.clockAt('2013-07-02', '15:00')
    await stage.send('2013-07-02')
    stage.clockAt('2013-07-03', '09:30')
    const parts = [
      { orderId: 'ord_1', confirmed: 600_00n },
      { orderId: 'ord_2', confirmed: 0n },
      { orderId: 'ord_3', confirmed: 500_00n },
      { orderId: 'ord_4', confirmed: 0n },
    ]
    const date = '2013-07-02'
    assert.deepEqual(await stage.run(noteConfirmedParts, { date, parts }), { noted: 4 })
    assert.deepEqual(await stage.run(noteConfirmedParts, { date, parts }), { noted: 0 }, 'once')
    assert.equal((await stage.confirm(date)).state, 'paid')
    // 6,000 + 600 - 500 - 100 units; 4,000 - 1,500 + 900 back + 500 paid + 100 advanced.
    assert.equal(stage.balance('R201:cus_ada'), 6_000_00n)
    assert.equal(stage.balance('R100'), 6_000_00n)
    assert.equal(stage.balance('2010:cus_ada'), 4_000_00n)
    for (const id of ['1110', '1120', '1210', '2110', 'R204', 'F101', 'F201']) {
      assert.equal(stage.balance(id), 0n, id)
    }
    for (const code of ['2040', '2050', 'R203']) {
      assert.equal(stage.balance(`${code}:cus_ada`), 0n, code)
    }
    const states = ['ord_1', 'ord_2', 'ord_3', 'ord_4', 'ord_5'].map((id) => stage.order(id).state)
    assert.deepEqual(states, ['confirmed', 'rejected', 'paid', 'rejected', 'settled'])
    assert.equal(stage.order('ord_1').confirmedAmount, 600_00n)
  })

  it('is refused as a whole when its sum does not fit, or a part is no part', async () => {
    const stage = await invested()
    await stage.subscribe('ord_1', 1_000_00n)
    stage.clockAt('2013-07-02', '15:00')
    await stage.send('2013-07-02')
    const date = '2013-07-02'
    for (const confirmed of [-1n, 1_000_00n, 1_000_01n]) {
      const parts = [{ orderId: 'ord_1', confirmed }]
      await assert.rejects(stage.run(noteConfirmedParts, { date, parts }), /part of ord_1/)
    }
    const stranger = [{ orderId: 'ord_0', confirmed: 1n }]
    await assert.rejects(stage.run(noteConfirmedParts, { date, parts: stranger }), /is an order of/)
  })
})
