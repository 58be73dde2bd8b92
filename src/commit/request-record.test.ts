import assert from 'node:assert/strict'
import { test } from 'node:test'
import { digestOf } from './request-record.ts'

test('the fingerprint of a content stays what it is: stored answers depend on it', () => {
  assert.equal(digestOf('flows.pay', { amount: 5n, to: 'cus_1' }), -5906527564341148418n)
})

test('contents that differ in one character, in order or in the command differ', () => {
  const seen = new Set<bigint>()
  const contents: [string, unknown][] = [
    ['a', {}],
    ['b', {}],
  ]
  for (let amount = 0; amount < 50_000; amount += 1) {
    contents.push(['a', { amount: String(amount), to: 'cus_01' }])
    contents.push(['a', { amount: '1.00', to: `cus_${amount}` }])
    contents.push(['a', { to: `cus_${amount}`, amount: '1.00' }])
  }
  for (const [command, content] of contents) seen.add(digestOf(command, content))
  assert.equal(seen.size, contents.length)
})

test('each half of the fingerprint alone is spread evenly', () => {
  const buckets = { low: new Uint32Array(256), high: new Uint32Array(256) }
  const rounds = 51_200
  for (let i = 0; i < rounds; i += 1) {
    const digest = BigInt.asUintN(64, digestOf('a', { i }))
    for (const [name, shift] of [
      ['low', 0n],
      ['high', 56n],
    ] as const) {
      const at = Number((digest >> shift) & 255n)
      buckets[name][at] = (buckets[name][at] ?? 0) + 1
    }
  }
  // 200 expected in each; seven standard deviations are 100.
  for (const counts of Object.values(buckets)) {
    for (const found of counts) assert.ok(found > 100 && found < 300, `${found} of 200`)
  }
})
