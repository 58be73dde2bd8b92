import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLane, createMemoryStore, type Command } from '#commit'
import { createManualClock } from '#kernel'
import { noticeLog } from './notice.ts'
import { cleanChannels, notify } from './notify.ts'

test('a notice goes to each channel once and carries no whole phone number', async () => {
  const store = createMemoryStore()
  const clock = createManualClock(1_000)
  const lane = createLane({ store, clock, sleep: () => Promise.resolve() })
  const tell: Command<{ payee: string }, null> = {
    name: 'test.tell',
    reads: () => [],
    apply(state, { payee }, now) {
      const params = { amount: '5.00', payee }
      const told = { customerId: 'cus_a', channels: cleanChannels, params }
      notify(state, { ...told, template: 'payment_denied' }, now)
      return null
    },
  }
  const input = { payee: '+8613812345678' }
  await lane.submit(tell, { owner: 'test', id: '1', content: input, input })
  const rows = store.rows(noticeLog)
  assert.deepEqual(
    rows.map((row) => row.channel),
    ['app', 'email'],
  )
  assert.equal(new Set(rows.map((row) => row.id)).size, 2)
  assert.equal(rows[0]?.params['payee'], '+861****5678')
  assert.equal(rows[0]?.at, 1_000)
  await lane.close()
})
