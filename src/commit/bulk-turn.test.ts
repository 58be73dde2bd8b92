import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import type { Sql } from '#database'
import { createSeededRandom, systemClock } from '#kernel'
import { testDatabase, type TestDatabase } from '#test-support'
import type { BulkStep } from './bulk-turn.ts'
import type { Command } from './command.ts'
import { createLane, type Lane } from './lane.ts'
import { createPostgresStore } from './postgres-store.ts'
import { defineRecord, keyOf } from './record.ts'

interface Jar {
  id: string
  size: bigint
}

const jar = defineRecord<Jar>({
  name: 'sample.jar',
  key: 'id',
  fields: { id: 'text', size: 'bigint' },
})

const pour: Command<{ id: string; amount: bigint }, bigint> = {
  name: 'sample.pour',
  reads: ({ id }) => [keyOf(jar, id)],
  apply(state, { id, amount }) {
    const size = (state.get(jar, id)?.size ?? 0n) + amount
    state.put(jar, { id, size })
    return size
  },
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

describe('bulk work on the lane', () => {
  let test: TestDatabase
  let owner: Sql
  let own: Sql
  let lanes: Lane[] = []
  let requests = 0

  before(async () => {
    test = await testDatabase()
    owner = test.database.connect('owner', { max: 1 })
    own = test.database.connect('app', { max: 1 })
    await owner.unsafe(`create schema sample;
      create table sample.jar (id text primary key, size int8 not null, row_version int8 not null);
      grant usage on schema sample to coffer_app;
      grant select, insert, update on all tables in schema sample to coffer_app`)
  })
  afterEach(async () => {
    for (const lane of lanes) await lane.close()
    lanes = []
  })
  after(async () => {
    await Promise.all([owner.end(), own.end()])
    await test.drop()
  })

  function newLane(): Lane {
    const store = createPostgresStore({
      connect: (events) => test.database.connect('app', { max: 1, ...events }),
      sleep,
    })
    const lane = createLane({ store, clock: systemClock, sleep })
    lanes.push(lane)
    return lane
  }

  async function pourInto(lane: Lane, id: string, amount: bigint): Promise<bigint> {
    const request = { owner: 't', id: `r${(requests += 1)}`, content: amount }
    const done = await lane.submit(pour, { ...request, input: { id, amount } })
    assert.equal(done.status, 'done')
    return done.status === 'done' ? done.output : -1n
  }

  /** Adds to every jar there is. */
  const toAll = (amount: bigint): BulkStep<number> => {
    return async ({ tx }) => {
      const rows = await tx<{ id: string }[]>`
        update sample.jar set size = size + ${amount}, row_version = row_version + 1 returning id`
      const changed = rows.map(({ id }) => keyOf(jar, id))
      return { numbers: 1n, changed, output: rows.length }
    }
  }

  it('changes what commands then see, though they had it cached', async () => {
    const lane = newLane()
    await pourInto(lane, 'a', 5n)
    await pourInto(lane, 'b', 1n)
    assert.equal(await lane.bulk(own, toAll(100n)), 2)
    assert.equal(await pourInto(lane, 'a', 1n), 106n)
    assert.equal(await pourInto(lane, 'b', 1n), 102n)
    assert.equal(lane.statistics.reloads, 0)
  })

  it('is told the lane’s time and number, and moves them on', async () => {
    const lane = newLane()
    await pourInto(lane, 'a', 1n)
    const seen: { number: bigint; now: number }[] = []
    for (let round = 0; round < 2; round += 1) {
      await lane.bulk(own, async ({ number, now }) => {
        seen.push({ number, now })
        return { numbers: 3n, changed: [], output: null }
      })
    }
    assert.equal((seen[1]?.number ?? 0n) - (seen[0]?.number ?? 0n), 3n)
    assert.ok((seen[1]?.now ?? 0) >= (seen[0]?.now ?? 1))
    const [row] = await owner<[{ number: bigint }]>`
      select next_number as number from commit.lane where shard = 0`
    assert.equal(row.number, (seen[1]?.number ?? 0n) + 3n)
  })

  it('leaves nothing behind when it throws, and the lane goes on', async () => {
    const lane = newLane()
    const size = await pourInto(lane, 'a', 1n)
    const broken = lane.bulk(own, async (turn) => {
      await toAll(1_000n)(turn)
      throw new Error('broken on purpose')
    })
    await assert.rejects(broken, /broken on purpose/)
    assert.equal(await pourInto(lane, 'a', 1n), size + 1n)
  })

  it('is noticed by a lane of another process', async () => {
    const [here, there] = [newLane(), newLane()]
    const size = await pourInto(there, 'a', 1n)
    await here.bulk(own, toAll(10n))
    assert.equal(await pourInto(there, 'a', 1n), size + 11n)
    assert.ok(there.statistics.reloads > 0)
  })

  it('never loses an update beside a stream of requests, for jars known and unknown', async () => {
    const lane = newLane()
    const random = createSeededRandom(3)
    const ids = Array.from({ length: 40 }, (_, n) => `jar${n}`)
    for (const id of ids) await pourInto(lane, id, 1n)
    const cold = newLane()
    const expected = new Map(ids.map((id) => [id, 1n]))
    const pouring: Promise<unknown>[] = []
    let latest = 0
    for (let round = 0; round < 30; round += 1) {
      for (let n = 0; n < 20; n += 1) {
        const id = ids[random.between(0, ids.length - 1)] ?? ''
        expected.set(id, (expected.get(id) ?? 0n) + 1n)
        pouring.push(pourInto(cold, id, 1n))
      }
      latest = await cold.bulk(own, toAll(7n))
    }
    await Promise.all(pouring)
    assert.ok(latest >= ids.length)
    const rows = await owner<{ id: string; size: bigint }[]>`
      select id, size from sample.jar where id = any(${ids}::text[])`
    for (const { id, size } of rows) assert.equal(size, (expected.get(id) ?? 0n) + 210n, id)
  })

  it('lets waiting requests have a batch between two steps', async () => {
    const lane = newLane()
    await pourInto(lane, 'a', 1n)
    const order: string[] = []
    const steps = Array.from({ length: 4 }, (_, n) =>
      lane.bulk(own, async () => {
        order.push(`step ${n}`)
        await sleep(5)
        return { numbers: 0n, changed: [], output: null }
      }),
    )
    const paid = pourInto(lane, 'a', 1n).then(() => order.push('request'))
    await Promise.all([...steps, paid])
    assert.ok(order.indexOf('request') <= 2, order.join())
  })
})
