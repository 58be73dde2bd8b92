import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { addDays } from '#kernel'
import { missedIncome, type FundDay } from './missed-income.ts'

const from = '2013-10-12'

describe('missed income', () => {
  test('is rounded up once, over the exact sum of all days', () => {
    // Three days of a third of a fen: exactly one fen, not three rounded ones.
    const days = daysOf([1n, 1n, 1n], 300n)
    assert.deepEqual(missedIncome({ units: 100n, from, to: '2013-10-14', days }), {
      ok: true,
      value: 1n,
    })
    assert.deepEqual(missedIncome({ units: 101n, from, to: '2013-10-14', days }), {
      ok: true,
      value: 2n,
    })
  })

  test('counts both ends, and nothing when the units earned again at once', () => {
    const days = daysOf([10n, 20n, 40n], 100n)
    const asked = (to: string) => missedIncome({ units: 100n, from, to, days })
    assert.deepEqual(asked('2013-10-12'), { ok: true, value: 10n })
    assert.deepEqual(asked('2013-10-13'), { ok: true, value: 30n })
    assert.deepEqual(asked('2013-10-11'), { ok: true, value: 0n })
  })

  test('names the first day without a figure', () => {
    const days = daysOf([10n, 20n, 40n], 100n)
    assert.deepEqual(missedIncome({ units: 1n, from, to: '2013-10-16', days }), {
      ok: false,
      error: { code: 'day_missing', date: '2013-10-15' },
    })
    days.set('2013-10-13', { incomeFen: 1n, unitsTotal: 0n })
    assert.deepEqual(missedIncome({ units: 1n, from, to: '2013-10-14', days }), {
      ok: false,
      error: { code: 'day_missing', date: '2013-10-13' },
    })
  })

  test('never asks a victim to pay for a loss that was missed', () => {
    const mixed = daysOf([-30n, 10n], 100n)
    assert.deepEqual(missedIncome({ units: 100n, from, to: '2013-10-13', days: mixed }), {
      ok: true,
      value: 0n,
    })
  })

  test('is never less than the exact sum, and less than a fen more', () => {
    const day = fc.record({
      incomeFen: fc.bigInt({ min: 0n, max: 10n ** 10n }),
      unitsTotal: fc.bigInt({ min: 1n, max: 10n ** 13n }),
    })
    const units = fc.bigInt({ min: 0n, max: 10n ** 9n })
    fc.assert(
      fc.property(units, fc.array(day, { minLength: 1, maxLength: 20 }), (held, list) => {
        const days = new Map(list.map((figure, index) => [addDays(from, index), figure]))
        const result = missedIncome({ units: held, from, to: addDays(from, list.length - 1), days })
        assert.ok(result.ok)
        const all = list.reduce((product, { unitsTotal }) => product * unitsTotal, 1n)
        const exact = list.reduce(
          (sum, { incomeFen, unitsTotal }) => sum + held * incomeFen * (all / unitsTotal),
          0n,
        )
        const over = result.value * all - exact
        assert.ok(over >= 0n && over < all)
      }),
    )
  })
})

function daysOf(incomes: readonly bigint[], unitsTotal: bigint): Map<string, FundDay> {
  return new Map(incomes.map((incomeFen, day) => [addDays(from, day), { incomeFen, unitsTotal }]))
}
