import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addDays } from '#kernel'
import { incomeAt, rateOn, usualLevels } from './rate-path.ts'

test('a day has one rate, whenever it is asked for, and another under another seed', () => {
  const path = { seed: 7, levels: usualLevels }
  const days = Array.from({ length: 60 }, (_, index) => addDays('2013-10-01', index))
  const forwards = days.map((date) => rateOn(date, path))
  const backwards = days.toReversed().map((date) => rateOn(date, path))
  assert.deepEqual(backwards.toReversed(), forwards)
  const other = days.map((date) => rateOn(date, { ...path, seed: 8 }))
  assert.notDeepEqual(other, forwards)
})

test('rates stay within 5 % of their level and differ from day to day', () => {
  const path = { seed: 7, levels: usualLevels }
  const days = Array.from({ length: 365 }, (_, index) => addDays('2025-01-01', index))
  const rates = days.map((date) => rateOn(date, path))
  assert.ok(rates.every((rate) => rate >= 3_800n && rate <= 4_200n))
  assert.ok(new Set(rates).size > 40)
  const mean = rates.reduce((sum, rate) => sum + rate, 0n) / 365n
  assert.ok(mean > 3_960n && mean < 4_040n, `mean ${mean}`)
})

test('income is half-up to the fen', () => {
  assert.equal(incomeAt(1_000_000n, 15_787n), 158n)
  assert.equal(incomeAt(300_000_00n, 12_000n), 3_600n)
  assert.equal(incomeAt(5_000n, 10_000n), 1n)
  assert.equal(incomeAt(4_999n, 10_000n), 0n)
})
