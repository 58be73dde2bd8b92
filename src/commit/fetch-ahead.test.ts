import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { createManualClock } from '#kernel'
import type { Waiting } from './batch.ts'
import { createRecordCache, unknown } from './cache.ts'
import type { Command } from './command.ts'
import { createFetchAhead, missingKeys } from './fetch-ahead.ts'
import { createLane, type Lane } from './lane.ts'
import { createMemoryStore } from './memory-store.ts'
import { defineRecord, freshKeyOf, type Key, keyOf } from './record.ts'
import { StoreLost, type BatchWrite, type Store } from './store.ts'

interface Jar {
  id: string
  size: bigint
}

const jar = defineRecord<Jar>({
  name: 'sample.jar',
  key: 'id',
  fields: { id: 'text', size: 'bigint' },
})
const plainJar = keyOf(jar, '').kind

/** Adds one to each jar; answers its place in the order of all, and what is in the jars now. */
const pour: Command<readonly string[], { number: bigint; sizes: (bigint | null)[] }> = {
  name: 'sample.pour',
  reads: (ids) => ids.map((id) => keyOf(jar, id)),
  apply(state, ids) {
    const sizes = ids.map((id) => {
      const found = state.get(jar, id)
      if (found === undefined) return null
      state.put(jar, { id, size: found.size + 1n })
      return found.size + 1n
    })
    return { number: state.nextNumber(), sizes }
  },
}

const create: Command<readonly string[], 'created'> = {
  name: 'sample.create',
  reads: (ids) => ids.map((id) => freshKeyOf(jar, id)),
  apply(state, ids) {
    for (const id of ids) state.put(jar, { id, size: 0n })
    return 'created'
  },
}

/** Resolves for all who wait once it is opened. */
function createGate() {
  let open: () => void = () => undefined
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { passed, open: () => open() }
}

/** So many turns of the event loop: all that can happen without a gate has happened. */
async function turns(count = 12): Promise<void> {
  for (let i = 0; i < count; i += 1) await new Promise((resolve) => setImmediate(resolve))
}

/** A store in memory that tells what it was asked; reads and commits may be held up or fail. */
function openWatchedStore() {
  const inner = createMemoryStore()
  const seen = { loads: [] as string[][], begins: 0 }
  const meets = {
    load: (_number: number): Promise<void> => Promise.resolve(),
    commit: (): Promise<void> => Promise.resolve(),
  }
  const store: Store = {
    ...inner,
    async load(keys: readonly Key[]) {
      const number = seen.loads.push(keys.map(({ id }) => id)) - 1
      // What is there when it is asked; the answer may be long on its way.
      const found = await inner.load(keys)
      await meets.load(number)
      return found
    },
    begin(keys) {
      seen.begins += 1
      return inner.begin(keys)
    },
    async commitOn(write: BatchWrite) {
      await meets.commit()
      return inner.commitOn(write)
    },
  }
  return { store, inner, seen, meets }
}

const clock = createManualClock(Date.UTC(2026, 0, 5))
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const lanes: Lane[] = []
let requests = 0

function ask<Out>(lane: Lane, command: Command<readonly string[], Out>, ids: string[]) {
  const request = { owner: 't', id: `r${(requests += 1)}`, content: ids, input: ids }
  return lane.submit(command, request).then((answer) => {
    assert.ok(answer.status === 'done', answer.status)
    return answer.output
  })
}

/** A lane that knows `warm` only, on a store with that jar and the cold ones. */
async function openLane({ cold, cacheLimit }: { cold: string[]; cacheLimit?: number }) {
  const watched = openWatchedStore()
  const newLane = () => {
    const limit = cacheLimit === undefined ? {} : { cacheLimit }
    const lane = createLane({ store: watched.store, clock, sleep, ...limit })
    lanes.push(lane)
    return lane
  }
  await ask(newLane(), create, ['warm', ...cold])
  const lane = newLane()
  await ask(lane, pour, ['warm'])
  assert.deepEqual(watched.seen.loads, [], 'a lane that begins reads under the lock')
  watched.seen.begins = 0
  return { ...watched, lane, newLane }
}

afterEach(async () => {
  for (const lane of lanes.splice(0)) await lane.close()
})

describe('the lane, while it reads ahead', () => {
  it('does not hold up what came before a cold request', async () => {
    const { lane, seen, meets } = await openLane({ cold: ['cold'] })
    const gate = createGate()
    meets.load = () => gate.passed
    const answered: string[] = []
    const warm = ask(lane, pour, ['warm']).then(() => answered.push('warm'))
    const cold = ask(lane, pour, ['cold']).then(() => answered.push('cold'))
    await turns()
    assert.deepEqual(answered, ['warm'])
    gate.open()
    await Promise.all([warm, cold])
    assert.deepEqual(seen, { loads: [['cold']], begins: 0 })
  })

  it('asks once for all that the requests of one turn miss', async () => {
    const ids = Array.from({ length: 30 }, (_, n) => `cold-${n}`)
    const { lane, seen } = await openLane({ cold: ids })
    const twice = [...ids, ...ids].map((id) => ask(lane, pour, ['warm', id]))
    const sizes = (await Promise.all(twice)).map((answer) => answer.sizes[1])
    assert.deepEqual(sizes, [...ids.map(() => 1n), ...ids.map(() => 2n)])
    assert.deepEqual(seen, { loads: [ids], begins: 0 })
  })

  it('keeps the order of arrival between a cold and a warm request on one record', async () => {
    const { lane, meets, inner } = await openLane({ cold: ['cold'] })
    const gate = createGate()
    meets.load = () => gate.passed
    const answered: string[] = []
    const first = ask(lane, pour, ['cold', 'warm'])
    const second = ask(lane, pour, ['warm'])
    void first.then(() => answered.push('first'))
    void second.then(() => answered.push('second'))
    await turns()
    assert.deepEqual(answered, [], 'the warm one waits for the one before it')
    gate.open()
    const [one, two] = await Promise.all([first, second])
    assert.ok(one.number < two.number)
    assert.deepEqual([one.sizes, two.sizes], [[1n, 2n], [3n]])
    assert.equal(inner.records(jar).get('warm')?.size, 3n)
  })

  it('reads under the lock what it could not read ahead', async () => {
    const { lane, seen, meets } = await openLane({ cold: ['cold', 'later'] })
    meets.load = () => Promise.reject(new StoreLost('the reading connection ended'))
    const answers = await Promise.all([ask(lane, pour, ['cold']), ask(lane, pour, ['warm'])])
    assert.deepEqual(
      answers.map(({ sizes }) => sizes),
      [[1n], [2n]],
    )
    assert.equal(seen.begins, 1)
    meets.load = () => Promise.resolve()
    assert.deepEqual((await ask(lane, pour, ['later'])).sizes, [1n])
    assert.equal(seen.begins, 1, 'then it reads ahead again')
  })

  it('sees what was created while the read was under way', async () => {
    const { lane, seen, meets, inner } = await openLane({ cold: [] })
    const [reading, writing] = [createGate(), createGate()]
    meets.load = () => reading.passed
    meets.commit = () => writing.passed
    const ahead = [ask(lane, pour, ['warm'])]
    await turns()
    ahead.push(ask(lane, pour, ['warm']))
    await turns()
    // Two batches are under way, so the creation waits, and the read is sent before it.
    const made = ask(lane, create, ['new'])
    const poured = ask(lane, pour, ['new'])
    await turns()
    assert.deepEqual(seen.loads, [['new']])
    writing.open()
    await Promise.all([...ahead, made])
    reading.open()
    assert.deepEqual((await poured).sizes, [1n])
    assert.equal(inner.records(jar).get('new')?.size, 1n)
  })
})

describe('a read that comes back late', () => {
  /** `cold` is read under the lock and written, while an older read of it is still under way. */
  async function openLate(others: string[], cacheLimit?: number) {
    const limit = cacheLimit === undefined ? {} : { cacheLimit }
    const place = await openLane({ cold: ['cold', ...others], ...limit })
    const { lane, meets, seen } = place
    const [failing, late] = [createGate(), createGate()]
    meets.load = async (number) => {
      if (number === 1) return late.passed
      if (number > 1) return
      await failing.passed
      throw new StoreLost('the reading connection ended')
    }
    const first = ask(lane, pour, ['cold'])
    await turns()
    const second = ask(lane, pour, ['cold'])
    await turns()
    assert.deepEqual(seen.loads, [['cold'], ['cold']])
    failing.open()
    assert.deepEqual((await first).sizes, [1n])
    assert.deepEqual((await second).sizes, [2n])
    return { ...place, late }
  }

  it('does not overwrite what was written meanwhile', async () => {
    const { lane, late, inner } = await openLate([])
    late.open()
    await turns()
    assert.deepEqual((await ask(lane, pour, ['cold'])).sizes, [3n])
    assert.equal(inner.records(jar).get('cold')?.size, 3n)
  })

  it('finds what was written meanwhile still there, however little room there is', async () => {
    const others = Array.from({ length: 20 }, (_, n) => `other-${n}`)
    const { lane, late, inner } = await openLate(others, 2)
    for (const id of others) await ask(lane, pour, [id])
    late.open()
    await turns()
    assert.deepEqual((await ask(lane, pour, ['cold'])).sizes, [3n])
    assert.equal(inner.records(jar).get('cold')?.size, 3n)
  })

  it('is not believed when another process has written since', async () => {
    const { lane, newLane, meets } = await openLane({ cold: ['cold'] })
    const gate = createGate()
    meets.load = () => gate.passed
    const poured = ask(lane, pour, ['warm'])
    const waits = ask(lane, pour, ['warm', 'cold'])
    await Promise.all([poured, turns()])
    await ask(newLane(), pour, ['cold'])
    // Decided on what was read, refused by the store, decided again on what is there.
    gate.open()
    assert.deepEqual((await waits).sizes, [3n, 2n])
  })
})

function waitingFor(...keys: Key[]): Waiting {
  return { keys, places: keys.map(() => unknown), epoch: 0, fetch: 'none' } as unknown as Waiting
}

describe('reading ahead, apart from the lane', () => {
  function openApart() {
    const watched = openWatchedStore()
    const cache = createRecordCache({ lasting: 100, shortLived: 100, seed: 1 }, (kind) => [kind])
    const told = { landed: 0, done: 0 }
    const fetchAhead = createFetchAhead({
      store: watched.store,
      cache,
      landed: () => told.landed,
      done() {
        told.done += 1
      },
    })
    return { ...watched, cache, told, fetchAhead }
  }

  it('tells how old the oldest read under way is', async () => {
    const { fetchAhead, meets, told } = openApart()
    const gates = [createGate(), createGate(), createGate()]
    meets.load = (number) => gates[number]?.passed ?? Promise.resolve()
    for (const landed of [3, 5, 5]) {
      told.landed = landed
      fetchAhead.want(waitingFor(keyOf(jar, `a${landed}`)))
      await turns()
    }
    assert.equal(fetchAhead.oldest, 3)
    gates[1]?.open()
    await turns()
    assert.equal(fetchAhead.oldest, 3, 'the oldest is still under way')
    gates[0]?.open()
    await turns()
    assert.equal(fetchAhead.oldest, 5)
    gates[2]?.open()
    await turns()
    assert.equal(fetchAhead.oldest, null)
    assert.equal(told.done, 3)
  })

  it('remembers what is there and what is not', async () => {
    const { fetchAhead, cache } = openApart()
    const waiting = waitingFor(keyOf(jar, 'nobody'))
    fetchAhead.want(waiting)
    assert.equal(waiting.fetch, 'sent')
    await turns()
    assert.equal(waiting.fetch, 'done')
    assert.notEqual(cache.locate(plainJar, 'nobody'), unknown)
    assert.deepEqual(missingKeys([waiting], cache, false), [])
  })

  it('drops what it read when the cache was cleared meanwhile', async () => {
    const { fetchAhead, cache, meets } = openApart()
    const gate = createGate()
    meets.load = () => gate.passed
    const waiting = waitingFor(keyOf(jar, 'a'))
    fetchAhead.want(waiting)
    await turns()
    cache.clear()
    gate.open()
    await turns()
    assert.equal(cache.locate(plainJar, 'a'), unknown)
    assert.equal(waiting.fetch, 'done')
  })

  it('asks for each key once, and for fresh ones only when everything is read', () => {
    const { cache } = openApart()
    cache.set(plainJar, 'known', { record: { id: 'known', size: 1n }, version: 1 })
    const [a, b] = [keyOf(jar, 'a'), freshKeyOf(jar, 'b')]
    const batch = [waitingFor(a, b, keyOf(jar, 'known')), waitingFor(keyOf(jar, 'a'), a)]
    assert.deepEqual(missingKeys(batch, cache, false), [a])
    assert.deepEqual(missingKeys(batch, cache, true), [a, b])
  })
})
