import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { createSeededRandom } from '#kernel'
import { createRecordCache, recent, type RecordCache, unknown } from './cache.ts'
import { defineRecord, type RecordKind } from './record.ts'

interface Item {
  id: string
  size: bigint
}

function kindNamed(name: string, shortLived = false): RecordKind<object> {
  const fields = { id: 'text', size: 'bigint' } as const
  return defineRecord<Item>({ name, key: 'id', fields, shortLived }) as unknown as Kind
}
type Kind = RecordKind<object>

const jar = kindNamed('sample.jar')
const box = kindNamed('sample.box')
const slip = kindNamed('sample.slip', true)
/** Kept in the jar's row. */
const label = kindNamed('sample.label')

function openCache(lasting: number, shortLived = 1_000): RecordCache {
  const mates = (kind: Kind) => (kind === jar || kind === label ? [jar, label] : [kind])
  return createRecordCache({ lasting, shortLived, seed: 1 }, mates)
}

function put(cache: RecordCache, [kind, id]: readonly [Kind, string], batch?: number): void {
  const stored = { record: { id, size: 1n }, version: 1 }
  cache.set(kind, id, batch === undefined ? stored : { ...stored, batch })
}

function fill(cache: RecordCache, kind: Kind, count: number): string[] {
  const ids = Array.from({ length: count }, (_, n) => `${kind.name}-${n}`)
  for (const id of ids) put(cache, [kind, id])
  return ids
}

function knownOf(cache: RecordCache, kind: Kind, ids: readonly string[]): string[] {
  return ids.filter((id) => cache.locate(kind, id) !== unknown)
}

describe('the limits of the cache', () => {
  it('keeps as many lasting records as allowed, and no more', () => {
    const cache = openCache(10)
    const ids = fill(cache, jar, 10)
    assert.deepEqual(knownOf(cache, jar, ids), ids)
    for (let n = 0; n < 200; n += 1) {
      put(cache, [jar, `more-${n}`])
      ids.push(`more-${n}`)
      assert.equal(knownOf(cache, jar, ids).length, 10, `after ${n + 1} more`)
      assert.equal(cache.size, 10)
    }
  })

  it('takes the room for another kind from the table with most rows', () => {
    const cache = openCache(6)
    const jars = fill(cache, jar, 6)
    const boxes = fill(cache, box, 3)
    assert.equal(knownOf(cache, jar, jars).length, 3)
    assert.deepEqual(knownOf(cache, box, boxes), boxes)
    assert.equal(cache.size, 6)
  })

  it('replaces a record it has without giving up another', () => {
    const cache = openCache(4)
    const ids = fill(cache, jar, 4)
    const { epoch } = cache
    for (let round = 0; round < 5; round += 1) fill(cache, jar, 4)
    assert.deepEqual(knownOf(cache, jar, ids), ids)
    assert.equal(cache.epoch, epoch)
  })

  it('counts a row once, however many kinds are known of it', () => {
    const cache = openCache(10)
    put(cache, [jar, 'a'])
    put(cache, [label, 'a'])
    assert.equal(cache.size, 1)
  })

  it('keeps what batches not yet settled wrote, also beyond the limit', () => {
    const cache = openCache(2)
    put(cache, [jar, 'one'], 1)
    put(cache, [jar, 'two'], 2)
    put(cache, [jar, 'three'], 3)
    assert.deepEqual(knownOf(cache, jar, ['one', 'two', 'three']), ['one', 'two', 'three'])
    cache.settledUpTo(1)
    put(cache, [jar, 'four'], 4)
    put(cache, [jar, 'five'], 5)
    assert.deepEqual(knownOf(cache, jar, ['one', 'two', 'three', 'four', 'five']), [
      'two',
      'three',
      'four',
      'five',
    ])
  })

  it('keeps a record read while a batch is under way as long as that batch', () => {
    const cache = openCache(2)
    put(cache, [jar, 'written'], 7)
    put(cache, [jar, 'read'])
    put(cache, [jar, 'more'], 8)
    cache.settledUpTo(6)
    put(cache, [jar, 'even more'], 8)
    assert.notEqual(cache.locate(jar, 'read'), unknown)
  })
})

describe('absences and short-lived records', () => {
  it('do not push out what is there', () => {
    const cache = openCache(4, 20)
    const ids = fill(cache, jar, 4)
    const { epoch } = cache
    for (let n = 0; n < 500; n += 1) {
      cache.set(jar, `absent-${n}`, null)
      put(cache, [slip, `slip-${n}`])
    }
    assert.deepEqual(knownOf(cache, jar, ids), ids)
    assert.equal(cache.epoch, epoch, 'every row is where it was')
  })

  it('are kept for a while, and not more of them than allowed', () => {
    const cache = openCache(4, 20)
    const ids = Array.from({ length: 500 }, (_, n) => `slip-${n}`)
    for (const [n, id] of ids.entries()) {
      put(cache, [slip, id])
      assert.ok(cache.size <= 20, `${cache.size} after ${n + 1}`)
    }
    assert.equal(cache.locate(slip, 'slip-0'), unknown)
    assert.deepEqual(knownOf(cache, slip, ids.slice(-10)), ids.slice(-10), 'the last half of them')
  })

  it('stay as long as they are asked for', () => {
    const cache = openCache(4, 20)
    cache.set(jar, 'absent', null)
    put(cache, [slip, 'used'])
    for (let n = 0; n < 500; n += 1) {
      put(cache, [slip, `slip-${n}`])
      assert.equal(cache.locate(jar, 'absent'), recent)
      assert.equal(cache.locate(slip, 'used'), recent)
    }
    assert.deepEqual(cache.read(slip, 'used', recent), { id: 'used', size: 1n })
    assert.equal(cache.version(slip, 'used'), 1)
  })

  it('an absence is known, has no record and no version, and ends when the record comes', () => {
    const cache = openCache(4)
    assert.equal(cache.locate(jar, 'a'), unknown)
    cache.set(jar, 'a', null)
    assert.equal(cache.locate(jar, 'a'), recent)
    assert.equal(cache.read(jar, 'a', recent), undefined)
    assert.equal(cache.version(jar, 'a'), undefined)
    assert.equal(cache.size, 1)
    put(cache, [jar, 'a'])
    assert.ok(cache.locate(jar, 'a') >= 0)
    assert.equal(cache.size, 1)
  })

  it('an absence does not come back when its record is given up', () => {
    const cache = openCache(1)
    cache.set(jar, 'a', null)
    put(cache, [jar, 'a'])
    put(cache, [jar, 'b'])
    assert.equal(cache.locate(jar, 'a'), unknown)
  })
})

describe('what the cache says of its records', () => {
  it('changes its epoch when a row goes and when it is cleared, and at no other time', () => {
    const cache = openCache(3)
    const first = cache.epoch
    fill(cache, jar, 3)
    cache.set(jar, 'absent', null)
    cache.settledUpTo(0)
    assert.equal(cache.epoch, first)
    put(cache, [box, 'one more'])
    const afterEviction = cache.epoch
    assert.notEqual(afterEviction, first)
    assert.equal(cache.cleared, 0)
    cache.clear()
    assert.notEqual(cache.epoch, afterEviction)
    assert.equal(cache.cleared, 1)
  })

  it('knows nothing any more once it is cleared', () => {
    const cache = openCache(5)
    const ids = fill(cache, jar, 5)
    put(cache, [slip, 's'])
    cache.set(jar, 'absent', null)
    cache.clear()
    assert.deepEqual(knownOf(cache, jar, [...ids, 'absent']), [])
    assert.equal(cache.locate(slip, 's'), unknown)
    assert.equal(cache.version(jar, ids[0] ?? ''), undefined)
    assert.equal(cache.size, 0)
    const again = fill(cache, jar, 5)
    assert.deepEqual(knownOf(cache, jar, again), again)
  })

  it('answers the row’s version for a row mate it does not know', () => {
    const cache = openCache(5)
    cache.set(jar, 'a', { record: { id: 'a', size: 1n }, version: 4 })
    assert.equal(cache.locate(label, 'a'), unknown)
    assert.equal(cache.version(label, 'a'), 4)
    assert.equal(cache.version(box, 'a'), undefined)
    cache.set(label, 'a', { record: { id: 'a', size: 2n }, version: 3 })
    assert.equal(cache.version(jar, 'a'), 4)
  })

  it('locates, reads and versions alike, and as plain objects have it', () => {
    const stream = fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), followStream)
    fc.assert(stream, { numRuns: 30 })
  })
})

/** Everything set is remembered apart; what the cache knows must be that, or nothing at all. */
function followStream(seed: number): void {
  const random = createSeededRandom(seed)
  const limit = random.between(2, 30)
  const cache = openCache(limit, 40)
  const kinds = [jar, box, slip, label]
  const truth = new Map<string, { record: Item | null; version: number }>()
  const places = new Map<string, { place: number; epoch: number }>()
  let batch = 0
  for (let step = 0; step < 600; step += 1) {
    const [kind, id] = [random.pick(kinds), `id-${random.between(0, 40)}`]
    const name = `${kind.name}/${id}`
    const known = truth.get(name)
    const dice = random.next()
    if (dice < 0.1) cache.settledUpTo(batch)
    else if (dice < 0.11) cache.clear()
    else if (dice < 0.3 && (known === undefined || known.record === null)) {
      cache.set(kind, id, null)
      truth.set(name, { record: null, version: 0 })
    } else if (dice < 0.6) {
      batch += random.between(0, 1)
      const version = step + 1
      const record = { id, size: BigInt(step) }
      cache.set(kind, id, { record, version, batch })
      truth.set(name, { record, version })
    }
    const place = cache.locate(kind, id)
    const earlier = places.get(name)
    if (earlier?.epoch === cache.epoch) assert.equal(place, earlier.place, 'rows stay')
    if (place >= 0) places.set(name, { place, epoch: cache.epoch })
    const expected = place === unknown ? undefined : truth.get(name)
    assert.deepEqual(cache.read(kind, id, place), expected?.record ?? undefined)
    if (place === recent && expected?.record === null && kind !== label && kind !== jar) {
      assert.equal(cache.version(kind, id), undefined)
    }
    if (place >= 0 && kind === box) assert.equal(cache.version(kind, id), expected?.version)
    if (place >= 0) assert.ok((cache.version(kind, id) ?? 0) >= (expected?.version ?? 0))
  }
}
