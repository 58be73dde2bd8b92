import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatAmount, parseAmount } from './amount.ts'

const largest = 10_000_000_000_000_000n

test('every amount in range is written so that it reads back the same', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -largest, max: largest }), (fen) => {
      assert.deepEqual(parseAmount(formatAmount(fen)), { ok: true, value: fen })
    }),
  )
})

test('yuan are written with a sign, all digits and two decimals', () => {
  const written = [0n, 1n, -1n, 10n, 99n, 100n, -100n, 1_234n, largest].map(formatAmount)
  const expected = ['0.00', '0.01', '-0.01', '0.10', '0.99', '1.00', '-1.00', '12.34']
  assert.deepEqual(written, [...expected, '100000000000000.00'])
})

test('decimals may be left out, and are tenths before hundredths', () => {
  const read = ['0', '12', '12.5', '12.05', '-0.5', '-7'].map((text) => parseAmount(text))
  const values = [0n, 1_200n, 1_250n, 1_205n, -50n, -700n]
  assert.deepEqual(
    read,
    values.map((value) => ({ ok: true, value })),
  )
})

test('what is no amount is refused by what is wrong with it', () => {
  const malformed = ['', '1.', '.5', '01', '+1', '1,000', '1e3', ' 1', '1 ', '１', '--1', '1.2.3']
  for (const text of malformed) {
    assert.deepEqual(parseAmount(text), { ok: false, error: 'amount_malformed' }, text)
  }
  const precise = { ok: false, error: 'amount_too_precise' }
  assert.deepEqual(parseAmount('1.234'), precise)
  assert.deepEqual(parseAmount('1.200'), precise)
})

test('the largest amount is still one, and a fen more is not', () => {
  assert.deepEqual(parseAmount('100000000000000.00'), { ok: true, value: largest })
  assert.deepEqual(parseAmount('-100000000000000.00'), { ok: true, value: -largest })
  const beyond = { ok: false, error: 'amount_out_of_range' }
  assert.deepEqual(parseAmount('100000000000000.01'), beyond)
  assert.deepEqual(parseAmount('-100000000000000.01'), beyond)
  assert.deepEqual(parseAmount('999999999999999999'), beyond)
})
