import assert from 'node:assert/strict'
import { afterEach, describe, it, type TestContext } from 'node:test'
import { createManualClock, createSeededRandom, type Random, systemRandom } from '#kernel'
import { testDatabase } from '#test-support'
import type { Command } from './command.ts'
import { createLane, type Lane } from './lane.ts'
import { createMemoryStore } from './memory-store.ts'
import { createPostgresStore, shareRow } from './postgres-store.ts'
import { defineRecord, freshKeyOf, keyOf } from './record.ts'
import { StoreLost, type Store } from './store.ts'

interface Jar {
  id: string
  size: bigint
  seal: Uint8Array | null
}

/** Kept in the jar's row on PostgreSQL. */
interface Label {
  id: string
  word: string | null
}

const jar = defineRecord<Jar>({
  name: 'sample.jar',
  key: 'id',
  fields: { id: 'text', size: 'bigint', seal: 'bytes' },
})
const label = defineRecord<Label>({
  name: 'sample.label',
  key: 'id',
  fields: { id: 'text', word: 'text' },
})

const schema = `create schema sample;
  create table sample.jar (id text primary key, size int8 not null, seal bytea, word text,
    row_version int8 not null);
  grant usage on schema sample to coffer_app;
  grant select, insert, update on all tables in schema sample to coffer_app`

/** Opens a jar, under an id believed new or one that is looked for first. */
const open: Command<{ id: string; isNew: boolean }, string> = {
  name: 'sample.open',
  reads: ({ id, isNew }) => [isNew ? freshKeyOf(jar, id) : keyOf(jar, id)],
  apply(state, { id }) {
    if (state.get(jar, id) !== undefined) return 'exists'
    state.put(jar, { id, size: 100n, seal: null })
    return 'opened'
  },
}

interface Move {
  from: string
  to: string
  key: string
  amount: bigint
}

/** Moves between two jars while a third, that is only read, is not empty. */
const move: Command<Move, string> = {
  name: 'sample.move',
  reads: ({ from, to, key }) => [keyOf(jar, from), keyOf(jar, to), keyOf(jar, key)],
  apply(state, { from, to, key, amount }) {
    const source = state.get(jar, from)
    const goal = state.get(jar, to)
    const size = state.get(jar, key)?.size ?? 0n
    if (source === undefined || goal === undefined) return 'missing'
    if (size === 0n || source.size < amount || from === to) return `refused at ${size}`
    state.put(jar, { ...source, size: source.size - amount })
    state.put(jar, { ...goal, size: goal.size + amount })
    return `moved at ${size}`
  },
}

/** Puts a seal on a jar; answers the one before. */
const stamp: Command<{ id: string; mark: number }, string> = {
  name: 'sample.stamp',
  reads: ({ id }) => [keyOf(jar, id)],
  apply(state, { id, mark }) {
    const found = state.get(jar, id)
    if (found === undefined) return 'missing'
    state.put(jar, { ...found, seal: new Uint8Array(mark).fill(mark) })
    return found.seal === null ? 'no seal' : `${found.seal.length} of ${found.seal[0]}`
  },
}

/** Names a jar that is there; answers the name before. */
const name: Command<{ id: string; word: string }, string> = {
  name: 'sample.name',
  reads: ({ id }) => [keyOf(label, id), keyOf(jar, id)],
  apply(state, { id, word }) {
    if (state.get(jar, id) === undefined) return 'missing'
    const before = state.get(label, id)?.word ?? 'no name'
    state.put(label, { id, word })
    return before
  },
}

interface Modelled {
  size: bigint
  mark: number
  word: string | null
}

/** What each command does, said once more with a plain Map. */
function createModel() {
  const jars = new Map<string, Modelled>()
  return {
    jars,
    open(id: string): string {
      if (jars.has(id)) return 'exists'
      jars.set(id, { size: 100n, mark: 0, word: null })
      return 'opened'
    },
    move({ from, to, key, amount }: Move): string {
      const [source, goal] = [jars.get(from), jars.get(to)]
      const size = jars.get(key)?.size ?? 0n
      if (source === undefined || goal === undefined) return 'missing'
      if (size === 0n || source.size < amount || from === to) return `refused at ${size}`
      source.size -= amount
      goal.size += amount
      return `moved at ${size}`
    },
    stamp(id: string, mark: number): string {
      const found = jars.get(id)
      if (found === undefined) return 'missing'
      const before = found.mark
      found.mark = mark
      return before === 0 ? 'no seal' : `${before} of ${before}`
    },
    name(id: string, word: string): string {
      const found = jars.get(id)
      if (found === undefined) return 'missing'
      const before = found.word ?? 'no name'
      found.word = word
      return before
    },
  }
}

interface Place {
  readonly store: Store
  /** Whether jars get seals: what memory does with bytes is tested in record-bytes.test.ts. */
  readonly seals: boolean
  /** What is stored, read apart from the lane. */
  stored(): Promise<Map<string, Modelled>>
  close(): Promise<void>
}

function openMemory(): Promise<Place> {
  const store = createMemoryStore()
  return Promise.resolve({
    store,
    seals: false,
    stored() {
      const words = store.records(label)
      const jars = [...store.records(jar)].map(([id, { size, seal }]) => {
        const word = words.get(id)?.word ?? null
        return [id, { size, mark: seal?.length ?? 0, word }] as const
      })
      return Promise.resolve(new Map(jars))
    },
    close: () => Promise.resolve(),
  })
}

async function openPostgres(): Promise<Place> {
  const test = await testDatabase()
  const owner = test.database.connect('owner', { max: 1 })
  await owner.unsafe(schema)
  const store = createPostgresStore({
    connect: (events) => test.database.connect('app', { max: 1, ...events }),
    sharedRows: [shareRow(jar, label)],
    sleep,
  })
  return {
    store,
    seals: true,
    async stored() {
      const rows = await owner`select id, size, coalesce(length(seal), 0) as mark, word
        from sample.jar`
      return new Map(
        rows.map((row) => [
          String(row['id']),
          { size: row['size'] as bigint, mark: Number(row['mark']), word: row['word'] as string },
        ]),
      )
    },
    async close() {
      await owner.end()
      await test.drop()
    },
  }
}

const clock = createManualClock(Date.UTC(2026, 0, 5))
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
let requests = 0

function submit<In>(lane: Lane, command: Command<In, string>, input: In): Promise<string> {
  const request = { owner: 't', id: `r${(requests += 1)}`, content: null, input }
  return lane.submit(command, request).then(
    (answer) => (answer.status === 'done' ? answer.output : answer.status),
    (error: unknown) => `rejected: ${String(error)}`,
  )
}

/** One random command: what the lane will answer, and what the model does at once. */
function step(
  random: Random,
  { lane, model, seals }: { lane: Lane; model: ReturnType<typeof createModel>; seals: boolean },
): { told: Promise<string>; expected: string } {
  const any = () => `jar-${random.between(0, 49)}`
  const id = any()
  const dice = random.next()
  if (dice < 0.25) {
    const input = { id, isNew: random.next() < 0.1 }
    return { told: submit(lane, open, input), expected: model.open(id) }
  }
  if (dice < 0.35) {
    const word = `word ${random.between(0, 99)}`
    return { told: submit(lane, name, { id, word }), expected: model.name(id, word) }
  }
  if (dice < 0.5 && seals) {
    const mark = random.between(1, 100)
    return { told: submit(lane, stamp, { id, mark }), expected: model.stamp(id, mark) }
  }
  const input = { from: id, to: any(), key: any(), amount: BigInt(random.between(1, 60)) }
  return { told: submit(lane, move, input), expected: model.move(input) }
}

interface Size {
  readonly cacheLimit: number
  /** Commands submitted at once. */
  readonly wave: number
  readonly waves: number
}

async function follow(t: TestContext, openPlace: () => Promise<Place>, size: Size): Promise<void> {
  const seed = systemRandom.between(0, 2 ** 32 - 1)
  t.diagnostic(`seed ${seed}`)
  const random = createSeededRandom(seed)
  const place = await openPlace()
  const { cacheLimit, wave, waves } = size
  const lane = createLane({ store: place.store, clock, sleep, cacheLimit, seed })
  const model = createModel()
  try {
    for (let n = 0; n < waves; n += 1) {
      const all = Array.from({ length: wave }, () => step(random, { lane, model, ...place }))
      const told = await Promise.all(all.map((each) => each.told))
      assert.deepEqual(
        told,
        all.map(({ expected }) => expected),
        `wave ${n} of seed ${seed}`,
      )
    }
    assert.deepEqual(sorted(await place.stored()), sorted(model.jars))
    assert.ok(model.jars.size > 40, 'hardly anything happened')
  } finally {
    await lane.close()
    await place.close()
  }
}

function sorted<V>(map: ReadonlyMap<string, V>): [string, V][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1))
}

const places = [
  ['memory', openMemory],
  ['PostgreSQL', openPostgres],
] as const

for (const [where, openPlace] of places) {
  describe(`random commands on 50 records, on ${where}`, () => {
    it('come out as a plain Map has it when everything is cached', (t) =>
      follow(t, openPlace, { cacheLimit: 1_000, wave: 40, waves: 20 }))

    it('come out alike, one by one, when hardly anything is', (t) =>
      follow(t, openPlace, { cacheLimit: 4, wave: 1, waves: 500 }))

    it('come out alike, forty at once, when hardly anything is', (t) =>
      follow(t, openPlace, { cacheLimit: 4, wave: 40, waves: 20 }))

    it('come out alike, eight at once, when half is cached', (t) =>
      follow(t, openPlace, { cacheLimit: 25, wave: 8, waves: 80 }))
  })
}

describe('a lane with little room', () => {
  const lanes: Lane[] = []
  afterEach(async () => {
    for (const lane of lanes.splice(0)) await lane.close()
  })

  /** Reads jars and changes nothing: a record taken for absent is not found out by the store. */
  const look: Command<readonly string[], string> = {
    name: 'sample.look',
    reads: (ids) => ids.map((id) => keyOf(jar, id)),
    apply: (state, ids) => ids.map((id) => state.get(jar, id)?.size ?? 'absent').join(' '),
  }

  async function openStore(ids: string[]) {
    const inner = createMemoryStore()
    const meets = {
      load: (_ids: string[]): Promise<void> => Promise.resolve(),
      begin: (): Promise<void> => Promise.resolve(),
    }
    const store: Store = {
      ...inner,
      async load(keys) {
        await meets.load(keys.map(({ id }) => id))
        return inner.load(keys)
      },
      async begin(keys) {
        await meets.begin()
        return inner.begin(keys)
      },
    }
    const newLane = (cacheLimit: number) => {
      const lane = createLane({ store, clock, sleep, cacheLimit })
      lanes.push(lane)
      return lane
    }
    const filling = newLane(1_000)
    await Promise.all(ids.map((id) => submit(filling, open, { id, isNew: true })))
    return { meets, newLane }
  }

  it('sees all a command reads, also when that is more than the cache holds', async () => {
    const { newLane } = await openStore(['a', 'b', 'c', 'd', 'e'])
    const lane = newLane(2)
    assert.equal(await submit(lane, look, ['a', 'b', 'c', 'd', 'e']), '100 100 100 100 100')
    assert.equal(await submit(lane, look, ['e', 'd', 'c', 'b', 'a']), '100 100 100 100 100')
  })

  it('does not push out what a batch under the lock needs by what it misses', async () => {
    const known = ['a', 'b', 'c', 'd']
    const missed = ['e', 'f', 'g']
    const { newLane, meets } = await openStore([...known, ...missed])
    const lane = newLane(4)
    for (const id of known) await submit(lane, look, [id])
    meets.load = () => Promise.reject(new StoreLost('the reading connection ended'))
    const all = [...missed, ...known].map((id) => submit(lane, look, [id]))
    assert.deepEqual(
      await Promise.all(all),
      [...missed, ...known].map(() => '100'),
    )
  })

  it('decides on nothing that was pushed out while it waited for the lock', async () => {
    const others = Array.from({ length: 9 }, (_, n) => `other-${n}`)
    const { newLane, meets } = await openStore(['warm', 'cold', 'last', ...others])
    const lane = newLane(4)
    await submit(lane, look, ['warm'])
    let lock: () => void = () => undefined
    const waiting = new Promise<void>((resolve) => {
      meets.begin = () => {
        resolve()
        return new Promise((open) => {
          lock = open
        })
      }
    })
    meets.load = (ids) =>
      ids.includes('cold') ? Promise.reject(new StoreLost('ended')) : Promise.resolve()
    const told = submit(lane, look, ['cold', 'warm'])
    await waiting
    // Each is read ahead meanwhile, and takes the room of another.
    const behind = []
    for (const id of others) {
      behind.push(submit(lane, look, [id]))
      for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve))
    }
    meets.begin = () => Promise.resolve()
    lock()
    assert.equal(await told, '100 100')
    assert.deepEqual(new Set(await Promise.all(behind)), new Set(['100']))
  })
})
