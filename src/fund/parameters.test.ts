import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parametersOn } from './parameters.ts'

test('every rule changes on its own day and stays changed', () => {
  const table = [
    ['2013-06-13', 1_000_000_00n, null, 50_000_00n],
    ['2017-05-26', 1_000_000_00n, null, 50_000_00n],
    ['2017-05-27', 250_000_00n, null, 50_000_00n],
    ['2017-08-13', 250_000_00n, null, 50_000_00n],
    ['2017-08-14', 100_000_00n, null, 50_000_00n],
    ['2017-12-07', 100_000_00n, null, 50_000_00n],
    ['2017-12-08', 100_000_00n, 20_000_00n, 50_000_00n],
    ['2018-05-31', 100_000_00n, 20_000_00n, 50_000_00n],
    ['2018-06-01', 100_000_00n, 20_000_00n, 10_000_00n],
    ['2026-12-31', 100_000_00n, 20_000_00n, 10_000_00n],
  ] as const
  for (const [date, holding, daily, fast] of table) {
    const rules = parametersOn(date)
    assert.equal(rules.holdingCapFen, holding, date)
    assert.equal(rules.dailySubscriptionCapFen, daily, date)
    assert.equal(rules.fastRedemptionToCardCapFen, fast, date)
    assert.equal(rules.cutOffMs, 54_000_000)
    assert.equal(rules.smallestOrderFen, 1n)
  }
})

test('a later change wins over an earlier one, in whatever order they are listed', () => {
  const history = [
    { from: '2015-01-01', set: { holdingCapFen: 2n } },
    { from: '2014-01-01', set: { holdingCapFen: 1n } },
  ]
  assert.equal(parametersOn('2014-06-01', history).holdingCapFen, 1n)
  assert.equal(parametersOn('2015-06-01', history).holdingCapFen, 2n)
})
