import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLane, createMemoryStore, type Command } from '#commit'
import { createManualClock, day, hour } from '#kernel'
import {
  customersOn,
  device,
  deviceIn,
  deviceKey,
  deviceUseKey,
  isTrusted,
  seeDevice,
  type AddedBy,
} from './device.ts'

interface Seen {
  readonly customerId: string
  readonly by: AddedBy
  readonly vouched?: boolean
}

const see: Command<Seen, { trusted: boolean; customers: number }> = {
  name: 'test.see-device',
  reads: ({ customerId }) => [deviceKey(customerId, 'dev_x'), deviceUseKey('dev_x')],
  apply(state, seen, now) {
    seeDevice(state, { ...seen, deviceId: 'dev_x', name: 'Phone' }, now)
    const trusted = isTrusted(deviceIn(state, seen.customerId, 'dev_x'), now)
    return { trusted, customers: customersOn(state, 'dev_x') }
  },
}

function stage() {
  const store = createMemoryStore()
  const clock = createManualClock(1_000)
  const lane = createLane({ store, clock, sleep: () => Promise.resolve() })
  let n = 0
  return {
    store,
    clock,
    async see(seen: Seen) {
      n += 1
      const request = { owner: 'test', id: String(n), content: seen, input: seen }
      const answer = await lane.submit(see, request)
      assert.ok(answer.status === 'done')
      return answer.output
    },
  }
}

test('trust: at once at sign-up, 72 h after a sign-in, 7 days after a reset', async () => {
  const waits = [
    ['sign_up', 0],
    ['sign_in', 72 * hour],
    ['reset', 7 * day],
  ] as const
  for (const [by, wait] of waits) {
    const { see: seen, clock } = stage()
    assert.equal((await seen({ customerId: 'cus_a', by })).trusted, wait === 0, by)
    clock.advance(Math.max(0, wait - 1))
    assert.equal((await seen({ customerId: 'cus_a', by })).trusted, wait === 0, by)
    clock.advance(1)
    assert.equal((await seen({ customerId: 'cus_a', by })).trusted, true, by)
  }
})

test('a trusted device can vouch for a new one', async () => {
  const { see: seen } = stage()
  assert.equal((await seen({ customerId: 'cus_a', by: 'sign_in' })).trusted, false)
  assert.equal((await seen({ customerId: 'cus_a', by: 'sign_in', vouched: true })).trusted, true)
})

test('the same device at two customers is two records, and is counted', async () => {
  const { see: seen, store } = stage()
  assert.equal((await seen({ customerId: 'cus_a', by: 'sign_up' })).customers, 1)
  assert.equal((await seen({ customerId: 'cus_a', by: 'sign_in' })).customers, 1)
  const other = await seen({ customerId: 'cus_b', by: 'sign_in' })
  assert.deepEqual(other, { trusted: false, customers: 2 })
  assert.deepEqual([...store.records(device).keys()], ['cus_a/dev_x', 'cus_b/dev_x'])
})
