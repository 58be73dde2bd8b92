import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from '#commit'
import { localInstant } from '#kernel'
import { createBooksStage } from './books-stage.fixture.ts'
import { fundOrder, orderKey } from './order-record.ts'
import { lapseRedemption } from './place-redemption.ts'

test('a challenged redemption lapses at its deadline, not before, and once', async () => {
  const stage = createBooksStage('2013-07-01', '10:00')
  await stage.topUp(10_000_00n)
  await stage.subscribe('ord_0', 6_000_00n)
  await stage.settle('2013-07-01', '2013-07-02')
  await stage.redeem('ord_1', 1_000_00n, 'normal')
  const deadline = localInstant('2013-07-03', '10:00')
  const lapse: Command<{ at: number }, boolean> = {
    name: 'test.lapse',
    reads: () => [orderKey('ord_1')],
    apply(state, { at }) {
      const order = state.get(fundOrder, 'ord_1')
      assert.ok(order !== undefined)
      return lapseRedemption(state, order, at)
    },
  }
  const challenge: Command<null, null> = {
    name: 'test.challenge',
    reads: () => [orderKey('ord_1')],
    apply(state) {
      const order = stage.order('ord_1')
      state.put(fundOrder, { ...order, state: 'challenged', expiresAt: deadline })
      return null
    },
  }
  assert.equal(await stage.run(lapse, { at: deadline }), false, 'not challenged')
  await stage.run(challenge, null)
  assert.equal(await stage.run(lapse, { at: deadline - 1 }), false)
  assert.equal(await stage.run(lapse, { at: deadline }), true)
  const { state, endedAt } = stage.order('ord_1')
  assert.deepEqual([state, endedAt], ['lapsed', deadline])
  assert.equal(await stage.run(lapse, { at: deadline + 1 }), false)
})
