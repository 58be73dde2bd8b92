import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { createBooksStage } from './books-stage.fixture.ts'
import { closeDealingDay } from './close-dealing-day.ts'
import { applyGate, deferRedemptions, deferredParts } from './defer-redemptions.ts'
import { setFundLimits } from './set-fund-limits.ts'

/** Ada and Bob hold 6,000.00 and 4,000.00; the gate stands at 10 %. */
async function gated() {
  const stage = createBooksStage('2013-07-01', '10:00')
  await stage.run(setFundLimits, { quotaFen: null, gatePerMille: 100 })
  for (const [owner, amount] of [
    ['cus_ada', 6_000_00n] as const,
    ['cus_bob', 4_000_00n] as const,
  ]) {
    await stage.topUp(amount, owner)
    await stage.subscribe(`ord_${owner}`, amount, owner)
  }
  await stage.settle('2013-07-01', '2013-07-02')
  return stage
}

describe('the redemption gate', () => {
  it('moves what exceeds a tenth of all units on to the next dealing day, pro rata', async () => {
    const stage = await gated()
    await stage.redeem('ord_1', 2_000_00n, 'normal')
    await stage.redeemOf('cus_bob', 'ord_2', 1_000_00n)
    stage.clockAt('2013-07-02', '15:00')
    const date = '2013-07-02'
    await stage.run(closeDealingDay, { date })
    const sums = { subscriptions: 0n, redemptions: 3_000_00n, fast: 0n }
    const day = await stage.run(applyGate, { date, sums })
    assert.equal(day.deferred, 2_000_00n, 'all but a tenth of 10,000')
    const parts = deferredParts(day.deferred, [stage.order('ord_1'), stage.order('ord_2')])
    assert.deepEqual(
      parts.map(({ deferred }) => deferred),
      [1_333_33n, 666_67n],
    )
    assert.deepEqual(await stage.run(deferRedemptions, { date, parts }), { moved: 2 })
    assert.deepEqual(await stage.run(deferRedemptions, { date, parts }), { moved: 0 }, 'once')
    const rest = stage.ordersOf('2013-07-03')
    assert.deepEqual(
      rest.map(({ amount, deferredFrom, state }) => [amount, deferredFrom, state]),
      [
        [1_333_33n, 'ord_1', 'accepted'],
        [666_67n, 'ord_2', 'accepted'],
      ],
    )
    await stage.settle(date, '2013-07-03')
    assert.equal(stage.balance('2010:cus_ada'), 666_67n)
    assert.equal(stage.balance('R203:cus_ada'), 1_333_33n, 'still earns')
    assert.equal(stage.balance('R100'), 9_000_00n)
    await stage.run(setFundLimits, { quotaFen: null, gatePerMille: null })
    const restOfAda = rest[0]?.id ?? ''
    assert.equal(await stage.cancel(restOfAda), 'cancelled', 'what waits may be taken back')
    await stage.settle('2013-07-03', '2013-07-04')
    assert.equal(stage.balance('R203:cus_ada'), 0n)
    assert.equal(stage.balance('R201:cus_ada'), 5_333_33n)
    assert.equal(stage.balance('2010:cus_bob'), 1_000_00n)
  })

  it('lets a day through whose net redemptions are within it, or all fast', async () => {
    const stage = await gated()
    await stage.redeem('ord_1', 1_000_00n, 'normal')
    stage.clockAt('2013-07-02', '15:00')
    const date = '2013-07-02'
    await stage.run(closeDealingDay, { date })
    const sums = { subscriptions: 0n, redemptions: 1_000_00n, fast: 0n }
    assert.equal((await stage.run(applyGate, { date, sums })).deferred, 0n)
    const more = { subscriptions: 500_00n, redemptions: 1_500_00n, fast: 0n }
    assert.equal((await stage.run(applyGate, { date, sums: more })).deferred, 0n, 'net')
    const onlyFast = { subscriptions: 0n, redemptions: 0n, fast: 5_000_00n }
    assert.equal((await stage.run(applyGate, { date, sums: onlyFast })).deferred, 0n)
  })

  it('is off unless somebody sets it', async () => {
    const stage = await gated()
    await stage.run(setFundLimits, { quotaFen: null, gatePerMille: null })
    stage.clockAt('2013-07-02', '15:00')
    await stage.run(closeDealingDay, { date: '2013-07-02' })
    const sums = { subscriptions: 0n, redemptions: 9_000_00n, fast: 0n }
    assert.equal((await stage.run(applyGate, { date: '2013-07-02', sums })).deferred, 0n)
  })

  it('defers no more of an order than there is, and in all what was decided', () => {
    const orders = fc.array(fc.bigInt(1n, 10_000_000n), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(orders, fc.nat({ max: 1_000 }), (amounts, perMille) => {
        const total = amounts.reduce((sum, amount) => sum + amount, 0n)
        const deferred = (total * BigInt(perMille)) / 1_000n
        const list = amounts.map((amount, index) => ({ id: `ord_${index}`, amount }))
        const parts = deferredParts(deferred, list)
        const byId = new Map(list.map(({ id, amount }) => [id, amount]))
        for (const part of parts) assert.ok(part.deferred <= (byId.get(part.orderId) ?? 0n))
        assert.equal(
          parts.reduce((sum, part) => sum + part.deferred, 0n),
          deferred,
        )
      }),
    )
  })
})
