import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import type { Command } from '#commit'
import { createBooksStage } from './books-stage.fixture.ts'
import { setFundLimits } from './set-fund-limits.ts'
import {
  carryOutStandingOrder,
  clearStandingOrder,
  setStandingOrder,
  standingKeys,
  standingOrderKey,
} from './standing-order.ts'

const customerId = 'cus_ada'
const set: Command<{ keepFen: bigint }, string> = {
  name: 'test.set_standing',
  reads: () => [standingOrderKey(customerId)],
  apply: (state, { keepFen }, now) => setStandingOrder(state, { customerId, keepFen }, now).doneOn,
}
const clear: Command<null, boolean> = {
  name: 'test.clear_standing',
  reads: () => [standingOrderKey(customerId)],
  apply: (state, _, now) => clearStandingOrder(state, customerId, now) !== null,
}
const carryOut: Command<{ orderId: string; date: string; blocked?: boolean }, bigint | null> = {
  name: 'test.carry_out',
  reads: ({ orderId }) => standingKeys({ customerId, orderId }),
  apply(state, { orderId, date, blocked = false }, now) {
    const turn = { customerId, orderId }
    return carryOutStandingOrder(state, { turn, date, blocked }, now)?.amount ?? null
  },
}

describe('a standing order', () => {
  let stage: ReturnType<typeof createBooksStage>
  beforeEach(async () => {
    stage = createBooksStage('2018-03-01', '10:00')
    await stage.topUp(50_000_00n)
  })

  it('moves what is above the sum to keep, once a day', async () => {
    await stage.run(set, { keepFen: 45_000_00n })
    stage.clockAt('2018-03-01', '14:00')
    const date = '2018-03-01'
    assert.equal(await stage.run(carryOut, { orderId: 'ord_1', date }), 5_000_00n)
    await stage.topUp(1_000_00n)
    assert.equal(await stage.run(carryOut, { orderId: 'ord_2', date }), null, 'its turn is over')
    const next = '2018-03-02'
    stage.clockAt(next, '14:00')
    assert.equal(await stage.run(carryOut, { orderId: 'ord_3', date: next }), 1_000_00n)
    stage.clockAt('2018-03-03', '14:00')
    assert.equal(await stage.run(carryOut, { orderId: 'ord_4', date: '2018-03-03' }), null)
  })

  it('moves as much as the caps leave room for', async () => {
    await stage.run(set, { keepFen: 0n })
    await stage.subscribe('ord_1', 15_000_00n)
    stage.clockAt('2018-03-01', '14:00')
    const date = '2018-03-01'
    assert.equal(await stage.run(carryOut, { orderId: 'ord_2', date }), 5_000_00n)
  })

  it('leaves the money where it is when the fund takes none or a freeze is on', async () => {
    await stage.run(set, { keepFen: 0n })
    await stage.run(setFundLimits, { quotaFen: 1_00n, gatePerMille: null })
    stage.clockAt('2018-03-01', '14:00')
    assert.equal(await stage.run(carryOut, { orderId: 'ord_1', date: '2018-03-01' }), null)
    await stage.run(setFundLimits, { quotaFen: null, gatePerMille: null })
    stage.clockAt('2018-03-02', '14:00')
    const frozen = { orderId: 'ord_2', date: '2018-03-02', blocked: true }
    assert.equal(await stage.run(carryOut, frozen), null)
    assert.equal(stage.balance('2010:cus_ada'), 50_000_00n)
  })

  it('begins tomorrow when it is set after its hour, and ends when told', async () => {
    assert.equal(await stage.run(set, { keepFen: 0n }), '')
    stage.clockAt('2018-03-01', '14:00')
    assert.equal(await stage.run(set, { keepFen: 0n }), '2018-03-01')
    assert.equal(await stage.run(carryOut, { orderId: 'ord_1', date: '2018-03-01' }), null)
    assert.equal(await stage.run(clear, null), true)
    assert.equal(await stage.run(clear, null), false)
    stage.clockAt('2018-03-02', '14:00')
    assert.equal(await stage.run(carryOut, { orderId: 'ord_2', date: '2018-03-02' }), null)
  })
})
