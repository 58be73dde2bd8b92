import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createManualClock, systemClock } from '#kernel'
import { testDatabase, type TestDatabase } from '#test-support'
import type { Command } from './command.ts'
import { createLane, type Lane } from './lane.ts'
import { createMemoryStore } from './memory-store.ts'
import { createPostgresStore } from './postgres-store.ts'
import { defineLog, defineRecord, freshKeyOf, keyOf } from './record.ts'
import type { Store } from './store.ts'
import { moveTestClock } from './test-clock.ts'

interface Jar {
  id: string
  size: bigint
  note: string | null
  tags: unknown
  seal: Uint8Array | null
  openedAt: number | null
}

const jar = defineRecord<Jar>({
  name: 'sample.jar',
  key: 'id',
  fields: {
    id: 'text',
    size: 'bigint',
    note: 'text',
    tags: 'json',
    seal: 'bytes',
    openedAt: 'instant',
  },
})
const pourLog = defineLog<{ jar: string; number: bigint; at: number }>({
  name: 'sample.pour',
  fields: { jar: 'text', number: 'bigint', at: 'instant' },
})

const schema = `create schema sample;
  create table sample.jar (id text primary key, size int8 not null check (size < 1000), note text,
    tags jsonb, seal bytea, opened_at timestamptz, row_version int8 not null);
  create table sample.pour (jar text not null, number int8 primary key, at timestamptz not null);
  grant usage on schema sample to coffer_app;
  grant select, insert, update on all tables in schema sample to coffer_app`

/** Adds to a jar, opening it when new; a full jar (> 100) refuses. */
const pour: Command<{ id: string; amount: bigint }, { size: bigint } | 'full'> = {
  name: 'sample.pour',
  reads: ({ id }) => [keyOf(jar, id)],
  apply(state, { id, amount }, now) {
    const present = state.get(jar, id)
    const size = (present?.size ?? 0n) + amount
    if (size > 100n) return 'full'
    const seal = Uint8Array.from([0, 255, 92, 34])
    state.put(jar, {
      id,
      size,
      note: 'a "quoted" \\ {note}',
      tags: { a: [1n, 'x'] },
      seal,
      openedAt: now,
    })
    state.append(pourLog, { jar: id, number: state.nextNumber(), at: now })
    return { size }
  },
}

/** Creates a jar under an id believed new. */
const create: Command<{ id: string; size: bigint }, 'created' | 'exists'> = {
  name: 'sample.create',
  reads: ({ id }) => [freshKeyOf(jar, id)],
  apply(state, { id, size }) {
    if (state.get(jar, id) !== undefined) return 'exists'
    state.put(jar, { id, size, note: null, tags: null, seal: null, openedAt: null })
    return 'created'
  },
}

/** Breaks its own promise after having changed something. */
const spill: Command<{ id: string }, never> = {
  name: 'sample.spill',
  reads: ({ id }) => [keyOf(jar, id)],
  apply(state, { id }) {
    state.put(jar, { id, size: 99n, note: null, tags: null, seal: null, openedAt: null })
    throw new Error('spilled')
  },
}

const start = Date.UTC(2026, 0, 5)
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

interface Place {
  openStore(): Store
  /** What is stored, read apart from the lane. */
  size(id: string): Promise<bigint | undefined>
  pours(): Promise<number>
}

function suite(name: string, open: () => Promise<Place & { close(): Promise<void> }>): void {
  describe(`the command lane on ${name}`, () => {
    let place: Awaited<ReturnType<typeof open>>
    const lanes: Lane[] = []
    const newLane = (more: Partial<Parameters<typeof createLane>[0]> = {}) => {
      const lane = createLane({ store: place.openStore(), clock, sleep, ...more })
      lanes.push(lane)
      return lane
    }
    const clock = createManualClock(start)
    let next = 0
    const fresh = () => `r${(next += 1)}`
    const pourInto = (lane: Lane, id: string, [amount, request = fresh()]: [bigint, string?]) =>
      lane.submit(pour, { owner: 't', id: request, content: { id, amount }, input: { id, amount } })

    before(async () => {
      place = await open()
    })
    after(async () => {
      for (const lane of lanes) await lane.close()
      await place.close()
    })

    it('applies a command, answers after its commit and keeps every field', async () => {
      const answer = await pourInto(newLane(), 'fields', [7n])
      assert.deepEqual(answer, { status: 'done', output: { size: 7n }, replayed: false })
      assert.equal(await place.size('fields'), 7n)
      const second = newLane()
      await pourInto(second, 'fields', [1n])
      assert.equal(await place.size('fields'), 8n)
    })

    it('decides a batch in arrival order: a limit lets exactly so many through', async () => {
      const lane = newLane()
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => pourInto(lane, 'limited', [14n])),
      )
      const poured = answers.filter((each) => each.status === 'done' && each.output !== 'full')
      assert.equal(poured.length, 7)
      assert.equal(await place.size('limited'), 98n)
      assert.ok(lane.statistics.batches < 50, 'the batch gathered')
    })

    it('answers the same id and content with the first answer, failures included', async () => {
      const lane = newLane()
      await pourInto(lane, 'same', [60n, 'same-1'])
      assert.deepEqual(await pourInto(lane, 'same', [60n, 'same-2']), {
        status: 'done',
        output: 'full',
        replayed: false,
      })
      assert.deepEqual(await pourInto(lane, 'same', [60n, 'same-1']), {
        status: 'done',
        output: { size: 60n },
        replayed: true,
      })
      const other = newLane()
      assert.deepEqual(await pourInto(other, 'same', [60n, 'same-2']), {
        status: 'done',
        output: 'full',
        replayed: true,
      })
    })

    it('refuses the same id with other content', async () => {
      const lane = newLane()
      await pourInto(lane, 'reused', [1n, 'reused'])
      assert.deepEqual(await pourInto(lane, 'reused', [2n, 'reused']), { status: 'id_reused' })
      assert.equal(await place.size('reused'), 1n)
    })

    it('answers the same id twenty times at once alike and acts once', async () => {
      const lane = newLane()
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => pourInto(lane, 'twenty', [5n, 'twenty'])),
      )
      for (const answer of answers) {
        assert.ok(answer.status === 'done')
        assert.deepEqual(answer.output, { size: 5n })
      }
      assert.equal(await place.size('twenty'), 5n)
    })

    it('drops a command that throws alone, with all its changes', async () => {
      const lane = newLane()
      const spilled = lane.submit(spill, {
        owner: 't',
        id: fresh(),
        content: {},
        input: { id: 'spilt' },
      })
      const [broken, fine] = await Promise.allSettled([spilled, pourInto(lane, 'spilt', [3n])])
      assert.equal(broken.status, 'rejected')
      assert.equal(fine.status, 'fulfilled')
      assert.equal(await place.size('spilt'), 3n)
    })

    it('refuses a record that reads() did not name', async () => {
      const reach: Command<object, void> = {
        name: 'sample.reach',
        reads: () => [],
        apply(state) {
          state.get(jar, 'limited')
        },
      }
      const lane = newLane()
      const request = { owner: 't', id: fresh(), content: {}, input: {} }
      await assert.rejects(lane.submit(reach, request), /did not name/)
    })

    it('finds out that an id believed new was there, and decides again', async () => {
      const lane = newLane()
      const make = (id: string, size: bigint) =>
        lane.submit(create, { owner: 't', id: fresh(), content: {}, input: { id, size } })
      await make('taken', 1n)
      const late = newLane()
      const answers = await Promise.all([
        late.submit(create, {
          owner: 't',
          id: fresh(),
          content: {},
          input: { id: 'taken', size: 2n },
        }),
        late.submit(create, {
          owner: 't',
          id: fresh(),
          content: {},
          input: { id: 'free', size: 2n },
        }),
      ])
      assert.deepEqual(
        answers.map((answer) => answer.status === 'done' && answer.output),
        ['exists', 'created'],
      )
      assert.equal(await place.size('taken'), 1n)
    })

    it('lets two lanes write one place in turn without losing a drop', async () => {
      const [left, right] = [newLane(), newLane()]
      const each = Array.from({ length: 40 }, (_, i) =>
        pourInto(i % 2 === 0 ? left : right, `shared-${i % 4}`, [1n]),
      )
      await Promise.all(each)
      for (let i = 0; i < 4; i += 1) assert.equal(await place.size(`shared-${i}`), 10n)
    })

    it('never goes back in time, and follows the test clock once it is set', async () => {
      const lane = newLane()
      const to = start + 86_400_000
      await lane.submit(moveTestClock, {
        owner: 't',
        id: fresh(),
        content: {},
        input: { to, rate: 0, real: clock.now() },
      })
      assert.equal(lane.now(), to)
      const back = await lane.submit(moveTestClock, {
        owner: 't',
        id: fresh(),
        content: {},
        input: { to: start, rate: 0, real: clock.now() },
      })
      assert.deepEqual(back.status === 'done' && back.output, { moved: false, now: to })
    })

    it('says unavailable when the queue is full, and stores nothing for it', async () => {
      const lane = newLane({ queueLimit: 3 })
      const answers = await Promise.all(
        Array.from({ length: 5 }, (_, i) => pourInto(lane, `queue-${i}`, [1n, `queue-${i}`])),
      )
      assert.deepEqual(
        answers.map(({ status }) => status),
        ['done', 'done', 'done', 'unavailable', 'unavailable'],
      )
      const again = await pourInto(lane, 'queue-4', [1n, 'queue-4'])
      assert.equal(again.status, 'done')
    })

    it('writes one log row for each accepted command', async () => {
      const rows = await place.pours()
      const lane = newLane()
      await Promise.all([pourInto(lane, 'logged', [1n]), pourInto(lane, 'logged', [1n])])
      assert.equal(await place.pours(), rows + 2)
    })
  })
}

suite('memory', () => {
  const store = createMemoryStore()
  return Promise.resolve({
    openStore: () => store,
    size: (id: string) => Promise.resolve(store.records(jar).get(id)?.size),
    pours: () => Promise.resolve(store.rows(pourLog).length),
    close: () => Promise.resolve(),
  })
})

async function openPostgres(): Promise<Place & { close(): Promise<void>; test: TestDatabase }> {
  const test = await testDatabase()
  const owner = test.database.connect('owner', { max: 1 })
  await owner.unsafe(schema)
  return {
    test,
    openStore: () =>
      createPostgresStore({
        connect: (events) => test.database.connect('app', { max: 1, ...events }),
        sleep,
      }),
    async size(id) {
      const [row] = await owner`select size from sample.jar where id = ${id}`
      return row === undefined ? undefined : BigInt(String(row['size']))
    },
    async pours() {
      const [row] = await owner`select count(*)::int as n from sample.pour`
      return Number(row?.['n'])
    },
    async close() {
      await owner.end()
      await test.drop()
    },
  }
}

suite('PostgreSQL', openPostgres)

describe('the lane and PostgreSQL', () => {
  let place: Awaited<ReturnType<typeof openPostgres>>
  let lane: Lane
  before(async () => {
    place = await openPostgres()
    lane = createLane({ store: place.openStore(), clock: systemClock, sleep })
  })
  after(async () => {
    await lane.close()
    await place.close()
  })
  const submit = (id: string, size: bigint) =>
    lane.submit(create, { owner: 'p', id, content: { id, size }, input: { id, size } })

  it('halves a batch that PostgreSQL refuses until the bad request stands alone', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 64 }, (_, i) => submit(`half-${i}`, i === 41 ? 5_000n : 5n)),
    )
    const rejected = answers.flatMap((answer, i) => (answer.status === 'rejected' ? [i] : []))
    assert.deepEqual(rejected, [41])
    assert.ok(lane.statistics.batches < 20, `${lane.statistics.batches} commits, not 64`)
  })

  it('submits again after the connection broke, and commits nothing twice', async () => {
    const other = place.test.database.connect('app', { max: 1 })
    let ended = 0
    for (let round = 0; round < 20; round += 1) {
      const pending = Promise.all(
        Array.from({ length: 40 }, (_, i) => submit(`lost-${round}-${i}`, 5n)),
      )
      await sleep(round % 7)
      const rows = await other`select pg_terminate_backend(pid) from pg_stat_activity
        where usename = 'coffer_app' and datname = current_database() and pid <> pg_backend_pid()`
      ended += rows.length
      for (const answer of await pending) {
        assert.ok(answer.status === 'done')
        assert.equal(answer.output, 'created')
      }
    }
    await other.end()
    assert.ok(ended > 0, 'at least one back end was ended')
    assert.equal(await place.size('lost-19-39'), 5n)
  })
})
