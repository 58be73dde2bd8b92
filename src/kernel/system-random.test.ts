import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemRandom } from './system-random.ts'

test('no bytes are given out twice, and none are left zero, across many refills', () => {
  const seen = new Set<string>()
  const perValue = new Uint32Array(256)
  for (let i = 0; i < 4_000; i += 1) {
    const bytes = systemRandom.bytes(16)
    seen.add(Buffer.from(bytes).toString('hex'))
    for (const byte of bytes) perValue[byte] = (perValue[byte] ?? 0) + 1
  }
  assert.equal(seen.size, 4_000)
  // 250 of each value are expected; eight standard deviations are 126.
  for (const count of perValue) assert.ok(count > 120 && count < 380, String(count))
})

test('what was given out does not change when more is taken', () => {
  const first = systemRandom.bytes(32)
  const copy = Uint8Array.from(first)
  for (let i = 0; i < 500; i += 1) systemRandom.bytes(32)
  assert.deepEqual(first, copy)
})

test('any length is given, one longer than the store as well', () => {
  for (const length of [0, 1, 4_095, 4_096, 4_097, 10_000]) {
    const bytes = systemRandom.bytes(length)
    assert.equal(bytes.length, length)
    if (length > 100) assert.ok(new Set(bytes).size > 50)
  }
})

test('numbers lie in [0, 1) and fill it', () => {
  const tenths = new Set(Array.from({ length: 500 }, () => Math.floor(systemRandom.next() * 10)))
  assert.deepEqual(
    [...tenths].toSorted((a, b) => a - b),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  )
})
