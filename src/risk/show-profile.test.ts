import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day, hour } from '#kernel'
import { addToHolder, type HolderEvent } from './add-to-holder.ts'
import { hashOf } from './profile-layout.ts'
import { showProfile } from './show-profile.ts'

const start = Date.UTC(2026, 2, 2)

test('what is shown of a profile is what happened, with the names of those that are known', () => {
  const paid = (to: string, amount: number, at: number): HolderEvent => {
    const [device, network] = [hashOf('dev_1'), hashOf('203.0.113')]
    return { kind: 'paid', at, amount, party: hashOf(to), device, network }
  }
  const events = [
    paid('cus_friend', 1_000, start),
    paid('cus_friend', 500, start + 20 * day),
    paid('cus_other', 7_000, start + 20 * day + hour),
  ]
  let bytes: Uint8Array | null = null
  for (const each of events) bytes = addToHolder(bytes, each)
  assert.ok(bytes !== null)
  const now = start + 20 * day + 90 * 60_000
  const shown = showProfile(bytes, { now, ids: ['cus_friend', 'dev_1'] })
  assert.deepEqual(shown.windows, {
    paid: {
      '1h': { count: 1, sum: 7_000, largest: 7_000 },
      '24h': { count: 2, sum: 7_500, largest: 7_000 },
      '7d': { count: 2, sum: 7_500, largest: 7_000 },
      '30d': { count: 3, sum: 8_500, largest: 7_000 },
    },
  })
  const [friend, other] = shown.payees
  assert.deepEqual([friend?.id, friend?.count, friend?.sum], ['cus_friend', 2, 1_500])
  assert.deepEqual([friend?.first, friend?.last], [start, start + 20 * day])
  assert.deepEqual(
    [other?.id, other?.hash],
    [null, hashOf('cus_other').toString(16).padStart(8, '0')],
  )
  assert.deepEqual(
    shown.devices.map(({ id }) => id),
    ['dev_1'],
  )
  assert.deepEqual([shown.paymentsEver, shown.largestPayment, shown.events], [3, 7_000, 3])
  assert.equal(shown.since, start)
})
