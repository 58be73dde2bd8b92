import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { distributeIncome, type EarningHolder } from './distribution.ts'

describe('the distribution of a day income', () => {
  test('hands the last fen to the largest fractions', () => {
    const holders = [
      { id: 'a', units: 1n },
      { id: 'b', units: 2n },
      { id: 'c', units: 4n },
    ]
    // Exact shares of 10 fen: 1.43, 2.86, 5.71.
    assert.deepEqual(shares(10n, holders), { a: 1n, b: 3n, c: 6n })
  })

  test('settles equal fractions by account id', () => {
    const holders = ['d', 'b', 'a', 'c'].map((id) => ({ id, units: 100n }))
    assert.deepEqual(shares(2n, holders), { a: 1n, b: 1n, c: 0n, d: 0n })
  })

  test('shares a loss as the mirror image of a gain', () => {
    const holders = [
      { id: 'a', units: 1n },
      { id: 'b', units: 2n },
      { id: 'c', units: 4n },
    ]
    assert.deepEqual(shares(-10n, holders), { a: -1n, b: -3n, c: -6n })
  })

  test('gives nothing to a holder without units', () => {
    const holders = [
      { id: 'a', units: 0n },
      { id: 'b', units: 3n },
      { id: 'c', units: 3n },
    ]
    assert.deepEqual(shares(1n, holders), { a: 0n, b: 1n, c: 0n })
  })

  test('answers with an error when nobody has earning units', () => {
    const expected = { ok: false, error: 'no_earning_units' }
    assert.deepEqual(distributeIncome(5n, []), expected)
    assert.deepEqual(distributeIncome(5n, [{ id: 'a', units: 0n }]), expected)
  })

  test('refuses a holder listed twice and negative units', () => {
    const twice = [
      { id: 'a', units: 1n },
      { id: 'a', units: 1n },
    ]
    assert.throws(() => distributeIncome(1n, twice), /twice/)
    assert.throws(() => distributeIncome(1n, [{ id: 'a', units: -1n }]), /negative/)
  })
})

const anyHolders = fc
  .uniqueArray(
    fc.record({
      id: fc.string({ minLength: 1, maxLength: 3 }),
      units: fc.oneof(fc.bigInt({ min: 0n, max: 9n }), fc.bigInt({ min: 0n, max: 10n ** 14n })),
    }),
    { minLength: 1, maxLength: 40, selector: ({ id }) => id },
  )
  .filter((holders) => holders.some(({ units }) => units > 0n))
const anyIncome = fc.oneof(
  fc.bigInt({ min: -50n, max: 50n }),
  fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }),
)

describe('any distribution', () => {
  test('sums to the day income exactly', () => {
    fc.assert(
      fc.property(anyIncome, anyHolders, (income, holders) => {
        const sum = Object.values(shares(income, holders)).reduce((a, b) => a + b, 0n)
        assert.equal(sum, income)
      }),
    )
  })

  test('gives everybody less than one fen more or less than the exact share', () => {
    fc.assert(
      fc.property(anyIncome, anyHolders, (income, holders) => {
        const total = holders.reduce((sum, { units }) => sum + units, 0n)
        const given = shares(income, holders)
        for (const { id, units } of holders) {
          const off = (given[id] ?? 0n) * total - income * units
          assert.ok(off < total && off > -total, id)
        }
      }),
    )
  })

  test('does not depend on the order of the holders', () => {
    const shuffled = anyHolders.chain((holders) =>
      fc.tuple(fc.constant(holders), fc.shuffledSubarray(holders, { minLength: holders.length })),
    )
    fc.assert(
      fc.property(anyIncome, shuffled, (income, [holders, other]) => {
        assert.deepEqual(shares(income, holders), shares(income, other))
      }),
    )
  })

  test('keeps the order of the holders in its answer', () => {
    fc.assert(
      fc.property(anyIncome, anyHolders, (income, holders) => {
        const result = distributeIncome(income, holders)
        assert.ok(result.ok)
        assert.deepEqual(
          result.value.map(({ id }) => id),
          holders.map(({ id }) => id),
        )
      }),
    )
  })
})

function shares(income: bigint, holders: readonly EarningHolder[]): Record<string, bigint> {
  const result = distributeIncome(income, holders)
  assert.ok(result.ok)
  return Object.fromEntries(result.value.map((share) => [share.id, share.income]))
}
