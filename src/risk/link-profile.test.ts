import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { day, hour } from '#kernel'
import { addToLink, customersSince, touchInterval } from './link-profile.ts'

const start = Date.parse('2013-06-13T00:00:00Z')

test('customers are never counted too few, and too many only by the touch interval', () => {
  const visit = fc.record({
    customer: fc.integer({ min: 1, max: 80 }),
    gap: fc.integer({ min: 0, max: 12 * hour }),
  })
  fc.assert(
    fc.property(fc.array(visit, { minLength: 1, maxLength: 300 }), (visits) => {
      let bytes: Uint8Array | null = null
      let at = start
      const seen: { customer: number; at: number }[] = []
      for (const { customer, gap } of visits) {
        at += gap
        seen.push({ customer, at })
        bytes = addToLink(bytes, customer, at)
      }
      assert(bytes !== null)
      const distinct = (since: number) =>
        Math.min(64, new Set(seen.filter((v) => v.at > since).map((v) => v.customer)).size)
      for (const length of [7 * day, 30 * day]) {
        const counted = customersSince(bytes, at - length)
        assert(counted >= distinct(at - length))
        assert(counted <= distinct(at - length - touchInterval))
      }
    }),
    { numRuns: 50 },
  )
})

test('a customer seen again soon changes no byte, so no row is written', () => {
  const bytes = addToLink(null, 7, start)
  assert.equal(addToLink(bytes, 7, start + hour), bytes)
  assert.notEqual(addToLink(bytes, 7, start + touchInterval), bytes)
})

test('a network full of customers of the last day is not rewritten for each of the others', () => {
  let bytes = addToLink(null, 1, start)
  for (let customer = 2; customer <= 64; customer += 1) {
    bytes = addToLink(bytes, customer, start + customer)
  }
  assert.equal(addToLink(bytes, 999, start + hour), bytes)
  assert.equal(customersSince(bytes, start - day), 64)
})
