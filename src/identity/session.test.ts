import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLane, createMemoryStore, type Command } from '#commit'
import { createManualClock } from '#kernel'
import { customer, customerKey, type Customer } from './customer.ts'
import { isLive, openSession, session, sessionKey, withSessionsEnded } from './session.ts'

const times = { createdAt: 100, expiresAt: 200, endedAt: null } as const

test('a session lives from its beginning until it expires or is ended', () => {
  assert.equal(isLive(times, null, 100), true)
  assert.equal(isLive(times, null, 199), true)
  assert.equal(isLive(times, null, 200), false)
  assert.equal(isLive({ ...times, endedAt: 150 }, null, 160), false)
})

test('a reset ends what was opened before it, also at the same instant', () => {
  assert.equal(isLive(times, 99, 150), true)
  assert.equal(isLive(times, 100, 150), false)
  assert.equal(isLive(times, 120, 150), false)
})

test('with a clock standing still, sessions end and begin in the order of the acts', async () => {
  const store = createMemoryStore()
  const clock = createManualClock(1_000)
  const lane = createLane({ store, clock, sleep: () => Promise.resolve() })
  const acts: Command<{ act: 'open' | 'end'; id: string }, null> = {
    name: 'test.act',
    reads: ({ id }) => [customerKey('cus_1'), sessionKey(id)],
    apply(state, { act, id }, now) {
      const who = state.get(customer, 'cus_1') ?? ({ id: 'cus_1' } as Customer)
      if (act === 'end') state.put(customer, withSessionsEnded(who, now))
      else {
        const opened = { id, customerId: 'cus_1', deviceId: 'dev_1', network: '203.0.113' }
        openSession(state, { ...opened, entry: 'password', proof: 'password', lifeMs: 100 }, now)
      }
      return null
    },
  }
  let requests = 0
  const act = (wish: 'open' | 'end', id: string) => {
    requests += 1
    const request = { owner: 't', id: `r${requests}`, content: {}, input: { act: wish, id } }
    return lane.submit(acts, request)
  }
  const live = () =>
    [...store.records(session).values()]
      .filter((each) => {
        const who = store.records(customer).get('cus_1')
        return isLive(each, who?.sessionsEndedAt ?? null, clock.now())
      })
      .map(({ id }) => id)
  await act('open', 'ses_1')
  await act('end', 'none')
  assert.deepEqual(live(), [])
  await act('open', 'ses_2')
  assert.deepEqual(live(), ['ses_2'])
  await act('end', 'none')
  await act('open', 'ses_3')
  assert.deepEqual(live(), ['ses_3'])
  await lane.close()
})
