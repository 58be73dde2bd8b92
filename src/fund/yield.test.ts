import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { addDays } from '#kernel'
import {
  formatMilliPercent,
  formatPer10k,
  incomeAtPer10k,
  per10kIncome,
  sevenDayYield,
  sevenDayYieldOn,
} from './yield.ts'

/** Published by the fund for 2013-07-01 to 2013-07-07. */
const july2013 = [15787n, 15461n, 14670n, 14223n, 13845n, 13674n, 13671n]

describe('income per 10,000 units', () => {
  test('is the day income over the units, half-up to four decimals', () => {
    assert.equal(per10kIncome(1_57n, 10_000_00n), 15700n)
    // 1 fen on 20,000,000.00 units is exactly half of 0.0001 / 10: rounds down; twice that, up.
    assert.equal(per10kIncome(1n, 20_000_000_00n), 0n)
    assert.equal(per10kIncome(1n, 2_000_000_00n), 1n)
    assert.equal(per10kIncome(1n, 2_000_000_01n), 0n)
    assert.equal(per10kIncome(-1_57n, 10_000_00n), -15700n)
    assert.throws(() => per10kIncome(1n, 0n), /needs units/)
  })

  test('gives the income back, half-up to the fen', () => {
    assert.equal(incomeAtPer10k(300_000_00n, 15787n), 47_36n)
    assert.equal(incomeAtPer10k(10_000_00n, 13671n), 1_37n)
    assert.equal(incomeAtPer10k(100_00n, 5000n), 1n)
    assert.equal(incomeAtPer10k(100_00n, 4999n), 0n)
  })

  test('is written with four decimals', () => {
    assert.equal(formatPer10k(15787n), '1.5787')
    assert.equal(formatPer10k(-5n), '-0.0005')
  })
})

describe('the 7-day annualised yield', () => {
  test('matches the published 5.425 % of 2013-07-07', () => {
    const figures = new Map(july2013.map((per10k, day) => [addDays('2013-07-01', day), per10k]))
    assert.equal(sevenDayYieldOn('2013-07-07', figures), 5425n)
    assert.equal(formatMilliPercent(5425n), '5.425')
  })

  test('gives believable June figures back from the yields published for July 1 to 6', () => {
    // Those windows begin before the list; going back, each has one unknown day more.
    const published = [5582n, 5739n, 5903n, 6034n, 6174n, 6307n]
    const figures = [...july2013]
    for (const expected of published) {
      const known = figures.slice(0, 6)
      let june = 14_000n
      while (sevenDayYield([june, ...known]) < expected) june += 20n
      assert.ok(june > 14_000n && june < 20_000n, `${june}`)
      // One unit of 0.0001 yuan moves the yield by at most 0.001 %, so the figure can be met.
      while (sevenDayYield([june, ...known]) > expected) june -= 1n
      assert.equal(sevenDayYield([june, ...known]), expected)
      figures.unshift(june)
    }
  })

  test('is not told before all seven calendar days have a figure', () => {
    const figures = new Map(july2013.map((per10k, day) => [addDays('2013-07-01', day), per10k]))
    assert.equal(sevenDayYieldOn('2013-07-06', figures), null)
    figures.delete('2013-07-04')
    assert.equal(sevenDayYieldOn('2013-07-07', figures), null)
  })

  test('is zero without income, and negative after a loss', () => {
    assert.equal(sevenDayYield([0n, 0n, 0n, 0n, 0n, 0n, 0n]), 0n)
    assert.equal(formatMilliPercent(sevenDayYield([-1000n, 0n, 0n, 0n, 0n, 0n, 0n])), '-0.052')
  })

  test('agrees with floating point everywhere but at the edge of rounding', () => {
    const figure = fc.bigInt({ min: -20_000n, max: 60_000n })
    fc.assert(
      fc.property(fc.array(figure, { minLength: 7, maxLength: 7 }), (window) => {
        const growth = window.reduce((sum, per10k) => sum + Math.log1p(Number(per10k) / 1e8), 0)
        const expected = Math.expm1((growth * 365) / 7) * 100_000
        assert.ok(Math.abs(Number(sevenDayYield(window)) - expected) < 0.500_001)
      }),
      { numRuns: 200 },
    )
  })
})
