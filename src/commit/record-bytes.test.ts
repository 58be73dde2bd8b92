import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createManualClock } from '#kernel'
import type { Command } from './command.ts'
import { createLane, type Lane } from './lane.ts'
import { createMemoryStore } from './memory-store.ts'
import { defineRecord, keyOf } from './record.ts'
import { StoreLost, type BatchWrite, type Store } from './store.ts'

interface Jar {
  id: string
  size: bigint
  seal: Uint8Array
}

const jar = defineRecord<Jar>({
  name: 'sample.jar',
  key: 'id',
  fields: { id: 'text', size: 'bigint', seal: 'bytes' },
})

/** Opens a jar with that seal. */
const open: Command<{ id: string; seal: Uint8Array }, string> = {
  name: 'sample.open',
  reads: ({ id }) => [keyOf(jar, id)],
  apply(state, { id, seal }) {
    state.put(jar, { id, size: 0n, seal })
    return 'opened'
  },
}

/** Changes jars and hands their seals on as they were read; answers the seals. */
const pour: Command<readonly string[], string> = {
  name: 'sample.pour',
  reads: (ids) => ids.map((id) => keyOf(jar, id)),
  apply(state, ids) {
    const seals = ids.map((id) => {
      const found = state.get(jar, id)
      if (found === undefined) return 'absent'
      state.put(jar, { ...found, size: found.size + 1n })
      return found.seal.join()
    })
    return seals.join(' ')
  },
}

const clock = createManualClock(Date.UTC(2026, 0, 5))
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
const patienceMs = 2_000
let requests = 0

/** What was answered; what waits for ever is told, not waited for. */
function submit<In>(lane: Lane, command: Command<In, string>, input: In): Promise<string> {
  const request = { owner: 't', id: `r${(requests += 1)}`, content: null, input }
  const answered = lane.submit(command, request).then(
    (answer) => (answer.status === 'done' ? answer.output : answer.status),
    () => 'rejected',
  )
  return Promise.race([answered, sleep(patienceMs).then(() => 'no answer')])
}

const sealOf = (mark: number) => new Uint8Array(4).fill(mark)

describe('bytes that commands hand on as they read them', () => {
  it('stay as they are in the memory store, whatever is written later', async () => {
    const store = createMemoryStore()
    const lane = createLane({ store, clock, sleep })
    await submit(lane, open, { id: 'kept', seal: sealOf(1) })
    await submit(lane, pour, ['kept'])
    for (let mark = 2; mark < 10; mark += 1) {
      await submit(lane, open, { id: `jar-${mark}`, seal: sealOf(mark) })
    }
    assert.deepEqual(store.records(jar).get('kept')?.seal, sealOf(1))
    assert.equal(await submit(lane, pour, ['kept']), '1,1,1,1')
    await lane.close()
  })

  it('are remembered as they were committed, whatever was read during the commit', async () => {
    const others = Array.from({ length: 9 }, (_, n) => `jar-${n}`)
    const { store, meets } = openDetachedStore()
    const filling = createLane({ store, clock, sleep })
    await submit(filling, open, { id: 'kept', seal: sealOf(1) })
    for (const [n, id] of others.entries()) await submit(filling, open, { id, seal: sealOf(n + 2) })
    const lane = createLane({ store, clock, sleep, cacheLimit: 4 })
    await submit(lane, pour, ['kept'])
    // Not found ahead, so it is read and written under the lock, together with what is cached.
    meets.load = (ids) =>
      ids.includes('new') ? Promise.reject(new StoreLost('ended')) : Promise.resolve()
    let finish: () => void = () => undefined
    const committing = new Promise<void>((resolve) => {
      meets.committed = () => {
        resolve()
        return new Promise((end) => {
          finish = end
        })
      }
    })
    const told = submit(lane, pour, ['new', 'kept'])
    await committing
    const behind = []
    for (const id of others) {
      behind.push(submit(lane, pour, [id]))
      for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve))
    }
    meets.committed = () => Promise.resolve()
    finish()
    assert.equal(await told, 'absent 1,1,1,1')
    await Promise.all(behind)
    assert.equal(await submit(lane, pour, ['kept']), '1,1,1,1')
    await Promise.all([filling.close(), lane.close()])
  })
})

/** A store in memory that copies what it is given, as sending does; reads and commits may wait. */
function openDetachedStore() {
  const inner = createMemoryStore()
  const meets = {
    load: (_ids: string[]): Promise<void> => Promise.resolve(),
    committed: (): Promise<void> => Promise.resolve(),
  }
  const detached = (write: BatchWrite): BatchWrite => ({
    ...write,
    records: write.records.map((change) => ({ ...change, record: structuredClone(change.record) })),
  })
  const store: Store = {
    ...inner,
    async load(keys) {
      await meets.load(keys.map(({ id }) => id))
      return inner.load(keys)
    },
    commitOn: (write) => inner.commitOn(detached(write)),
    async begin(keys) {
      const turn = await inner.begin(keys)
      return {
        ...turn,
        async commit(write) {
          await turn.commit(detached(write))
          await meets.committed()
        },
      }
    },
  }
  return { store, meets }
}

describe('more bytes than a block of the cache holds', () => {
  const plenty = new Uint8Array(2 ** 20 + 1)

  it('harm nobody', async () => {
    const lane = createLane({ store: createMemoryStore(), clock, sleep })
    await submit(lane, open, { id: 'fine', seal: sealOf(1) })
    const [large, beside] = await Promise.all([
      submit(lane, open, { id: 'large', seal: plenty }),
      submit(lane, pour, ['fine']),
    ])
    assert.equal(large, 'opened')
    assert.equal(beside, '1,1,1,1')
    assert.equal(await submit(lane, pour, ['fine']), '1,1,1,1')
    await lane.close()
  })

  it('are stored like any other', async () => {
    const store = createMemoryStore()
    const lane = createLane({ store, clock, sleep })
    const large = await submit(lane, open, { id: 'large', seal: plenty })
    assert.equal(large, 'opened')
    assert.deepEqual(store.records(jar).get('large')?.seal, plenty)
    await lane.close()
  })
})
