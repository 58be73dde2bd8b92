import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { poissonInterval } from './poisson-interval.ts'

describe('the exact Poisson interval', () => {
  test('matches two-sided 95 % limits computed apart, to 60 digits, from the Poisson sums', () => {
    const table = [
      [0, 0, 3.6889],
      [1, 0.0253, 5.5716],
      [2, 0.2422, 7.2247],
      [3, 0.6187, 8.7673],
      [4, 1.0899, 10.2416],
      [5, 1.6235, 11.6683],
      [10, 4.7954, 18.3904],
      [20, 12.2165, 30.8884],
      [50, 37.111, 65.9188],
      [100, 81.364, 121.6268],
    ] as const
    for (const [events, lower, upper] of table) {
      const interval = poissonInterval(events)
      assert.ok(Math.abs(interval.lower - lower) < 1e-4, `lower of ${events}: ${interval.lower}`)
      assert.ok(Math.abs(interval.upper - upper) < 1e-4, `upper of ${events}: ${interval.upper}`)
    }
  })

  test('has the closed form of zero events at every confidence', () => {
    for (const confidence of [0.5, 0.9, 0.95, 0.99]) {
      const expected = -Math.log((1 - confidence) / 2)
      assert.ok(Math.abs(poissonInterval(0, confidence).upper - expected) < 1e-12)
    }
  })

  test('leaves exactly one tail on either side', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), (events) => {
        const { lower, upper } = poissonInterval(events)
        assert.ok(Math.abs(1 - poissonSum(events - 1, lower) - 0.025) < 1e-9)
        assert.ok(Math.abs(poissonSum(events, upper) - 0.025) < 1e-9)
      }),
      { numRuns: 100 },
    )
  })

  test('holds for large counts too, near the normal approximation', () => {
    for (const events of [10_000, 1_000_000]) {
      const { lower, upper } = poissonInterval(events)
      const spread = 1.959964 * Math.sqrt(events)
      assert.ok(Math.abs(lower - (events - spread)) < 3)
      assert.ok(Math.abs(upper - (events + spread)) < 3)
    }
  })

  test('refuses what is not a count', () => {
    assert.throws(() => poissonInterval(-1), /whole number/)
    assert.throws(() => poissonInterval(1.5), /whole number/)
  })
})

/** P(X <= events) of a Poisson variable, summed term by term. */
function poissonSum(events: number, mean: number): number {
  let logTerm = -mean
  let sum = Math.exp(logTerm)
  for (let k = 1; k <= events; k += 1) {
    logTerm += Math.log(mean / k)
    sum += Math.exp(logTerm)
  }
  return sum
}
