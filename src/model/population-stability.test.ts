import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { distributionOf, populationStability } from './population-stability.ts'

test('bins lie at the quantiles of training, missing values have their own', () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, Number.NaN]
  assert.deepEqual(distributionOf(values, 5), { edges: [2, 4, 6, 8], counts: [2, 2, 2, 2, 2, 1] })
  assert.deepEqual(distributionOf([0, 0, 0, 0, 5], 4), { edges: [0], counts: [4, 1, 0] })
  assert.deepEqual(distributionOf([], 4), { edges: [], counts: [0, 0] })
})

test('the index by hand: halves that become a fifth and four fifths', () => {
  const then = distributionOf([1, 1, 1, 1, 1, 2, 2, 2, 2, 2], 2)
  const now = [1, 2, 2, 2, 2]
  const expected = (0.2 - 0.5) * Math.log(0.2 / 0.5) + (0.8 - 0.5) * Math.log(0.8 / 0.5)
  assert.ok(Math.abs(populationStability(then, now) - expected) < 1e-12)
})

test('a feature that stops arriving is seen, and an empty bin is not infinite', () => {
  const then = distributionOf(Array.from({ length: 100 }, (_, i) => i))
  const gone = populationStability(
    then,
    Array.from({ length: 100 }, () => Number.NaN),
  )
  assert.ok(gone > 0.25 && Number.isFinite(gone))
  assert.equal(populationStability(then, []), 0)
})

test('nothing changed means 0, and it is never negative', () => {
  const lists = fc.array(fc.double({ min: -100, max: 100 }), { minLength: 1, maxLength: 100 })
  fc.assert(
    fc.property(lists, lists, (before, after) => {
      const then = distributionOf(before)
      assert.equal(populationStability(then, before), 0)
      assert.ok(populationStability(then, after) >= 0)
    }),
  )
})
