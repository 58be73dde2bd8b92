import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { InvariantError } from '#kernel'
import { divideDown, divideHalfUp, divideUp, larger, smaller } from './round.ts'

const divisions = { divideDown, divideHalfUp, divideUp }
const anything = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n })
const positive = fc.bigInt({ min: 1n, max: 10n ** 18n })

test('each direction around one, two and a half, both signs', () => {
  const table: readonly (readonly [
    n: bigint,
    d: bigint,
    down: bigint,
    half: bigint,
    up: bigint,
  ])[] = [
    [0n, 5n, 0n, 0n, 0n],
    [10n, 5n, 2n, 2n, 2n],
    [-10n, 5n, -2n, -2n, -2n],
    [12n, 5n, 2n, 2n, 3n],
    [13n, 5n, 2n, 3n, 3n],
    [-12n, 5n, -3n, -2n, -2n],
    [-13n, 5n, -3n, -3n, -2n],
    [5n, 2n, 2n, 3n, 3n],
    [-5n, 2n, -3n, -3n, -2n],
    [1n, 2n, 0n, 1n, 1n],
    [7n, 1n, 7n, 7n, 7n],
  ]
  for (const [n, d, down, half, up] of table) {
    const found = [divideDown(n, d), divideHalfUp(n, d), divideUp(n, d)]
    assert.deepEqual(found, [down, half, up], `${n} / ${d}`)
  }
})

test('a quotient is never off by a whole one, and lies where its direction says', () => {
  fc.assert(
    fc.property(anything, positive, (n, d) => {
      assert.ok(divideDown(n, d) * d <= n && n - divideDown(n, d) * d < d)
      assert.ok(divideUp(n, d) * d >= n && divideUp(n, d) * d - n < d)
      const off = divideHalfUp(n, d) * d - n
      assert.ok(2n * (off < 0n ? -off : off) <= d)
    }),
  )
})

test('a denominator of zero or below is a defect', () => {
  for (const divide of Object.values(divisions)) {
    assert.throws(() => divide(1n, 0n), InvariantError)
    assert.throws(() => divide(1n, -1n), InvariantError)
  }
})

test('the smaller and the larger of two', () => {
  assert.deepEqual([smaller(1n, 2n), smaller(2n, 1n), smaller(3n, 3n)], [1n, 1n, 3n])
  assert.deepEqual([larger(1n, 2n), larger(2n, 1n), larger(3n, 3n)], [2n, 2n, 3n])
})
