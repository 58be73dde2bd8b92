import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { exposureToClaim, theftRate, theftRates } from './theft-rate.ts'

describe('the theft rate', () => {
  test('of zero among 100,000 may still be as high as 3.69 per 100,000', () => {
    const { rate, interval } = theftRate(0, 100_000, 100_000)
    assert.equal(rate, 0)
    assert.equal(interval?.lower, 0)
    assert.equal(interval?.upper.toFixed(2), '3.69')
  })

  test('may be claimed below 1 per 100,000 only after about 369,000 without a theft', () => {
    const needed = exposureToClaim(1, 100_000)
    assert.equal(Math.round(needed / 1000), 369)
    const upper = (exposed: number) => theftRate(0, exposed, 100_000).interval?.upper ?? 0
    assert.ok(upper(Math.floor(needed)) >= 1)
    assert.ok(upper(Math.ceil(needed) + 1) < 1)
  })

  test('carries its numerator, its denominator and its interval', () => {
    const rates = theftRates({
      thefts: 3,
      accountYears: 50_000,
      payments: 2_000_000,
      yuanMoved: 400_000_000,
    })
    const { perAccountYears, perPayments, perYuanMoved } = rates
    assert.equal(perAccountYears.numerator, 3)
    assert.equal(perAccountYears.denominator, 50_000)
    assert.equal(perAccountYears.rate, 6)
    assert.equal(perAccountYears.interval?.lower.toFixed(3), '1.237')
    assert.equal(perAccountYears.interval?.upper.toFixed(2), '17.53')
    assert.equal(perPayments.rate?.toFixed(6), '0.150000')
    assert.equal(perYuanMoved.per, 1)
    assert.equal(perYuanMoved.rate, 3 / 400_000_000)
  })

  test('is not told when nothing was exposed', () => {
    const rates = theftRates({ thefts: 0, accountYears: 0, payments: 0, yuanMoved: 0 })
    for (const { rate, interval } of Object.values(rates)) {
      assert.equal(rate, null)
      assert.equal(interval, null)
    }
  })
})
