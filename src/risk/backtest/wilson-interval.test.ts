import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shareOf } from './wilson-interval.ts'

const near = (a: number, b: number) => assert(Math.abs(a - b) < 5e-4, `${a} is not ${b}`)

test('81 of 263 lies between 0.2553 and 0.3662, as published (Newcombe 1998, table I)', () => {
  const { share, low, high } = shareOf(81, 263)
  near(share ?? 0, 0.308)
  near(low, 0.2553)
  near(high, 0.3662)
})

test('none of 20 and all of 20 keep an open end, nothing of nothing says nothing', () => {
  const none = shareOf(0, 20)
  assert.equal(none.low, 0)
  near(none.high, 0.1611)
  const all = shareOf(20, 20)
  assert.equal(all.high, 1)
  near(all.low, 0.8389)
  assert.deepEqual(shareOf(0, 0), { count: 0, of: 0, share: null, low: 0, high: 1 })
})
