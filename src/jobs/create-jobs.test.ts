import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  createLane,
  createPostgresStore,
  markDelivered,
  newestWaitingMessage,
  type Command,
  type Lane,
} from '#commit'
import type { Sql } from '#database'
import { systemClock } from '#kernel'
import { testDatabase, type TestDatabase } from '#test-support'
import { createJobs } from './create-jobs.ts'

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

const shout: Command<{ word: string }, null> = {
  name: 'test.shout',
  reads: () => [],
  apply(state, { word }) {
    state.emit('shout', { word })
    return null
  },
}

describe('jobs and the outbox', () => {
  let test: TestDatabase
  let sql: Sql
  let lane: Lane
  before(async () => {
    test = await testDatabase()
    sql = test.database.connect('app', { max: 2 })
    const store = createPostgresStore({
      connect: (events) => test.database.connect('app', { max: 1, ...events }),
      sleep: wait,
    })
    lane = createLane({ store, clock: systemClock, sleep: wait })
  })
  after(async () => {
    await lane.close()
    await sql.end()
    await test.drop()
  })
  const say = (word: string) =>
    lane.submit(shout, { owner: 't', id: word, content: { word }, input: { word } })
  const waiting = async () => {
    const rows = await sql`select payload->>'word' as word from commit.outbox
      where delivered_at is null order by number`
    return rows.map((row) => String(row['word']))
  }

  /** Jobs whose rounds call `onRound` and that sleep until they are woken. */
  function begin(onRound: (round: number) => Promise<void>) {
    let rounds = 0
    const errors: unknown[] = []
    const jobs = createJobs({
      runDue: async () => onRound((rounds += 1)),
      nextDue: () => Promise.resolve({ at: Number.MAX_SAFE_INTEGER, kind: 'all' as const }),
      now: () => lane.now(),
      rate: () => Promise.resolve(1),
      clock: systemClock,
      onEmitted: (listener) => lane.onEmitted(listener),
      onError: (error) => errors.push(error),
      newestMessage: () => newestWaitingMessage(sql),
      markDelivered: (upTo) => markDelivered(sql, upTo, lane.now()),
    })
    return { jobs, errors, rounds: () => rounds }
  }

  async function until(holds: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < 200; tries += 1) {
      if (await holds()) return
      await wait(25)
    }
    assert.fail('did not come true')
  }

  it('a message is delivered by the round after it, not by the one it came during', async () => {
    await say('before')
    const seen: string[][] = []
    const { jobs, errors } = begin(async (round) => {
      if (round === 1) await say('meanwhile')
      seen.push(await waiting())
    })
    await until(async () => (await waiting()).length === 0)
    await jobs.close()
    assert.deepEqual(seen, [['before', 'meanwhile'], ['meanwhile']])
    assert.deepEqual(errors, [])
  })

  it('a round that breaks delivers nothing and is tried again', async () => {
    await say('again')
    const { jobs, errors, rounds } = begin(async (round) => {
      if (round === 1) throw new Error('broken round')
      await Promise.resolve()
    })
    await until(async () => (await waiting()).length === 0)
    await jobs.close()
    assert.equal(rounds(), 2)
    assert.equal(errors.length, 1)
  })
})
