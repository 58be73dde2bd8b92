import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeFacts, encodeFacts } from './facts-codec.ts'
import { factsWith } from './facts.fixture.ts'
import {
  addedInVersion2,
  addedInVersion3,
  factFields,
  factNames,
  largest,
  type Facts,
  type FactType,
} from './facts.ts'

function anyValue(type: FactType | readonly string[]): fc.Arbitrary<unknown> {
  if (typeof type !== 'string') return fc.constantFrom(...type)
  if (type === 'flag') return fc.boolean()
  return fc.oneof(
    fc.nat({ max: 300 }),
    fc.maxSafeNat().map((n) => n % (largest[type] + 1)),
  )
}

const anyFacts = fc.record(
  Object.fromEntries(factNames.map((name) => [name, anyValue(factFields[name])])),
  { noNullPrototype: true },
) as unknown as fc.Arbitrary<Facts>

test('every fact comes back as it was written', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const bytes = encodeFacts(facts)
      assert.deepEqual(decodeFacts(bytes), facts)
      assert.deepEqual(encodeFacts(decodeFacts(bytes)), bytes)
    }),
  )
})

test('the largest values fit', () => {
  const most = Object.fromEntries(
    factNames.map((name) => {
      const type: FactType | readonly string[] = factFields[name]
      if (typeof type !== 'string') return [name, type.at(-1)]
      return [name, type === 'flag' ? true : largest[type]]
    }),
  ) as unknown as Facts
  assert.deepEqual(decodeFacts(encodeFacts(most)), most)
})

test('an ordinary payment takes less than 100 bytes', () => {
  const bytes = encodeFacts(factsWith())
  assert(bytes.length < 100, `${bytes.length} bytes`)
})

test('facts that version 1 wrote are read, and what it did not know is unknown', () => {
  const before = factsWith({ step: 'withdrawal', forwarding: 'yes', hasSession: true, amount: 777 })
  const bytes = encodeFacts({ ...before, ...addedInVersion3 })
  // Version 1: three enums and the last number fewer; the two bytes of flags are the same two.
  const old = Uint8Array.from([1, ...bytes.subarray(1, 9), ...bytes.subarray(12, -9)])
  assert.deepEqual(decodeFacts(old), { ...before, ...addedInVersion2, ...addedInVersion3 })
})

test('facts that version 2 wrote are read, and nobody was known as a mule', () => {
  const before = factsWith({ malware: 'yes', hasSession: true, travelKmh: 70, feedStale: true })
  const bytes = encodeFacts({ ...before, ...addedInVersion3 })
  // Version 2: the last eight numbers fewer; the two new flags lie in the same two bytes.
  const old = Uint8Array.from([2, ...bytes.subarray(1, -8)])
  assert.deepEqual(decodeFacts(old), { ...before, ...addedInVersion3 })
})

test('bytes of another version or with a tail are refused', () => {
  const bytes = encodeFacts(factsWith())
  assert.throws(() => decodeFacts(Uint8Array.from([99, ...bytes.subarray(1)])), /version 99/)
  assert.throws(() => decodeFacts(Uint8Array.from([...bytes, 0])), /trailing/)
  assert.throws(() => decodeFacts(bytes.subarray(0, 20)), /missing/)
})
