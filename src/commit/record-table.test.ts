import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { createSeededRandom, type Random } from '#kernel'
import { createRecordTable, type RecordTable } from './record-table.ts'
import { defineRecord, type RecordKind } from './record.ts'

interface Every {
  id: string
  word: string | null
  sum: bigint | null
  count: number | null
  ratio: number | null
  open: boolean | null
  at: number | null
  seal: Uint8Array | null
  tags: unknown
}

interface Guest {
  id: string
  note: string | null
  level: bigint | null
  photo: Uint8Array | null
}

const every = plain(
  defineRecord<Every>({
    name: 'sample.every',
    key: 'id',
    fields: {
      id: 'text',
      word: 'text',
      sum: 'bigint',
      count: 'integer',
      ratio: 'number',
      open: 'boolean',
      at: 'instant',
      seal: 'bytes',
      tags: 'json',
    },
  }),
)
const guest = plain(
  defineRecord<Guest>({
    name: 'sample.guest',
    key: 'id',
    fields: { id: 'text', note: 'text', level: 'bigint', photo: 'bytes' },
  }),
)

function plain<T extends object>(kind: RecordKind<T>): RecordKind<object> {
  return kind as unknown as RecordKind<object>
}

const full: Every = {
  id: 'full',
  word: 'open',
  sum: 5n,
  count: -7,
  ratio: 0.1,
  open: true,
  at: Date.UTC(2026, 0, 5),
  seal: Uint8Array.of(0, 255, 92),
  tags: { a: [1n, 'x'] },
}
const empty: Every = {
  id: 'full',
  word: null,
  sum: null,
  count: null,
  ratio: null,
  open: null,
  at: null,
  seal: null,
  tags: null,
}
const none: Guest = { id: 'full', note: null, level: null, photo: null }

/** A kind with that many fields beside its key. */
function wide(count: number): RecordKind<object> {
  const fields = Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`f${n}`, 'integer'] as const),
  )
  return plain(defineRecord<{ id: string }>({ name: 'w', key: 'id', fields: fields as never }))
}

/** What the table has under an id, or undefined. */
function readOf(table: RecordTable, kind: RecordKind<object>, id: string): object | undefined {
  const row = table.find(kind, id)
  return row < 0 ? undefined : table.read(kind, row)
}

/** A table of its own kind `numbered` with rows 'r0', 'r1' … written by batch 1. */
function openNumbered(count: number): RecordTable {
  const table = createRecordTable([guest], 1)
  for (let n = 0; n < count; n += 1) put(table, `r${n}`, 1)
  return table
}

function put(table: RecordTable, id: string, batch: number): void {
  table.set(guest, id, { record: { ...none, id, note: id }, version: 1, batch })
}

/** Which of the rows are there. */
function presentIn(table: RecordTable, count: number): string[] {
  const ids = Array.from({ length: count }, (_, n) => `r${n}`)
  return ids.filter((id) => table.find(guest, id) >= 0)
}

describe('a table of records', () => {
  it('gives back every type of field, null and back', () => {
    const table = createRecordTable([every], 1)
    for (const record of [full, empty, full, empty]) {
      table.set(every, 'full', { record, version: 1, batch: 1 })
      assert.deepEqual(readOf(table, every, 'full'), record)
    }
  })

  it('sets one field to null and back without touching the others', () => {
    const table = createRecordTable([every], 1)
    for (const name of Object.keys(full).filter((field) => field !== 'id')) {
      const without = { ...full, [name]: null }
      for (const record of [full, without, full]) {
        table.set(every, 'full', { record, version: 1, batch: 1 })
        assert.deepEqual(readOf(table, every, 'full'), record, name)
      }
    }
  })

  it('gives back the extremes of every type', () => {
    const table = createRecordTable([every], 1)
    const extremes: Partial<Every>[] = [
      { sum: 2n ** 63n - 1n, count: 2 ** 31 - 1, ratio: Number.MAX_VALUE, at: 8.64e15 },
      { sum: -(2n ** 63n), count: -(2 ** 31), ratio: Number.MIN_VALUE, at: -8.64e15 },
      { sum: 0n, count: 0, ratio: -0, at: 0, open: false, word: '', seal: new Uint8Array(0) },
      { ratio: Number.NaN, tags: [], word: '\u0000密😀', seal: new Uint8Array(2 ** 20).fill(9) },
      { ratio: -Infinity, tags: 'text', word: 'x'.repeat(100_000) },
    ]
    for (const each of extremes) {
      const record = { ...full, ...each }
      table.set(every, 'full', { record, version: 1, batch: 1 })
      assert.deepEqual(readOf(table, every, 'full'), record)
    }
  })

  it('takes a field that is left out for null', () => {
    const table = createRecordTable([guest], 1)
    table.set(guest, 'g', { record: { id: 'g', level: 1n }, version: 1, batch: 1 })
    assert.deepEqual(readOf(table, guest, 'g'), { ...none, id: 'g', level: 1n })
  })

  it('has room for 64 fields in all and refuses more', () => {
    const [left, right] = [wide(40), wide(24)]
    const table = createRecordTable([left, right], 1)
    const recordOf = (count: number, hole: number) => {
      const values = Array.from({ length: count }, (_, n) => [`f${n}`, n === hole ? null : n])
      return { id: 'w', ...Object.fromEntries(values) } as object
    }
    for (let hole = -1; hole < 40; hole += 1) {
      const expected = [recordOf(40, hole), recordOf(24, 23 - hole)] as const
      table.set(left, 'w', { record: expected[0], version: 1, batch: 1 })
      table.set(right, 'w', { record: expected[1], version: 1, batch: 1 })
      assert.deepEqual([readOf(table, left, 'w'), readOf(table, right, 'w')], expected)
    }
    assert.throws(() => createRecordTable([wide(40), wide(25)], 1), /more than 64 fields/)
  })

  it('answers a new object each time, apart from what was given to it', () => {
    const table = createRecordTable([guest], 1)
    const given = { ...none, id: 'g', photo: Uint8Array.of(1, 2) }
    table.set(guest, 'g', { record: given, version: 1, batch: 1 })
    given.note = 'changed'
    given.photo.fill(0)
    const read = readOf(table, guest, 'g') as Guest
    read.level = 9n
    assert.deepEqual(readOf(table, guest, 'g'), { ...none, id: 'g', photo: Uint8Array.of(1, 2) })
  })

  it('leaves bytes that were read as they are until their batch is settled, no longer', () => {
    const table = createRecordTable([guest], 1)
    const cells = new Set<number | undefined>()
    let earlier: Uint8Array | null = null
    for (let batch = 1; batch < 50; batch += 1) {
      const record = { ...none, id: 'g', photo: new Uint8Array(50).fill(batch) }
      table.set(guest, 'g', { record, version: batch, batch })
      if (earlier !== null) assert.deepEqual(earlier, new Uint8Array(50).fill(batch - 1))
      earlier = (readOf(table, guest, 'g') as Guest).photo
      cells.add(earlier?.byteOffset)
      table.settle(batch)
    }
    assert.equal(cells.size, 2, 'one in use, one not settled yet')
  })

  it('knows nothing of what was never set', () => {
    const table = createRecordTable([every, guest], 1)
    assert.equal(table.find(every, 'nobody'), -1)
    assert.equal(table.version('nobody'), undefined)
    assert.equal(table.size, 0)
    assert.equal(table.evict(10, 10), false)
  })
})

describe('two kinds in one row', () => {
  it('knows one and not the other until that one is set, too', () => {
    const table = createRecordTable([every, guest], 1)
    table.set(guest, 'full', { record: { ...none, note: 'n' }, version: 3, batch: 1 })
    assert.equal(table.find(every, 'full'), -1)
    assert.equal(table.version('full'), 3, 'the version is the row’s')
    table.set(every, 'full', { record: full, version: 3, batch: 1 })
    assert.equal(table.find(every, 'full'), table.find(guest, 'full'))
    assert.deepEqual(readOf(table, every, 'full'), full)
    assert.deepEqual(readOf(table, guest, 'full'), { ...none, note: 'n' })
    assert.equal(table.size, 1)
  })

  it('changes one and leaves the other alone, nulls and bytes included', () => {
    const table = createRecordTable([every, guest], 1)
    const mate = { ...none, photo: Uint8Array.of(7, 7) }
    table.set(guest, 'full', { record: mate, version: 1, batch: 1 })
    for (const record of [full, empty, full]) {
      table.set(every, 'full', { record, version: 1, batch: 1 })
      assert.deepEqual(readOf(table, guest, 'full'), mate)
    }
    table.set(guest, 'full', { record: none, version: 1, batch: 1 })
    assert.deepEqual(readOf(table, every, 'full'), full)
  })

  it('never goes back to an older version when a row mate is read late', () => {
    const table = createRecordTable([every, guest], 1)
    table.set(every, 'full', { record: full, version: 8, batch: 2 })
    table.set(guest, 'full', { record: none, version: 5, batch: 2 })
    assert.equal(table.version('full'), 8)
    table.set(guest, 'full', { record: none, version: 9, batch: 3 })
    assert.equal(table.version('full'), 9)
  })

  it('forgets both at once, and begins again with version and row mates', () => {
    const table = createRecordTable([every, guest], 1)
    table.set(every, 'full', { record: full, version: 8, batch: 1 })
    table.set(guest, 'full', { record: none, version: 8, batch: 1 })
    assert.equal(table.evict(1, 1), true)
    assert.equal(table.find(every, 'full'), -1)
    assert.equal(table.version('full'), undefined)
    table.set(guest, 'other', { record: { ...none, id: 'other' }, version: 2, batch: 1 })
    assert.equal(table.version('other'), 2, 'not that of the row’s earlier tenant')
    assert.equal(table.find(every, 'other'), -1)
    assert.deepEqual(readOf(table, guest, 'other'), { ...none, id: 'other' })
  })
})

describe('a table that gives rows up', () => {
  it('gives up what was not read since the hand last came by', () => {
    const table = openNumbered(4)
    assert.equal(table.evict(1, 1), true)
    assert.deepEqual(presentIn(table, 4), ['r1', 'r2', 'r3'], 'once around, then the first')
    readOf(table, guest, 'r1')
    assert.equal(table.evict(1, 1), true)
    assert.deepEqual(presentIn(table, 4), ['r1', 'r3'], 'the one read stays')
    readOf(table, guest, 'r3')
    assert.equal(table.evict(1, 1), true)
    assert.deepEqual(presentIn(table, 4), ['r3'])
  })

  it('only looking for a row does not keep it', () => {
    const table = openNumbered(3)
    table.evict(1, 1)
    table.find(guest, 'r1')
    table.version('r1')
    table.evict(1, 1)
    assert.deepEqual(presentIn(table, 3), ['r2'])
  })

  it('keeps what a batch later than the settled one wrote, and says when nothing may go', () => {
    const table = openNumbered(2)
    put(table, 'r2', 2)
    put(table, 'r3', 3)
    assert.equal(table.evict(2, 3), true)
    assert.equal(table.evict(2, 3), true)
    assert.equal(table.evict(2, 3), true)
    assert.deepEqual(presentIn(table, 4), ['r3'])
    assert.equal(table.evict(2, 3), false)
    assert.deepEqual(presentIn(table, 4), ['r3'])
    assert.equal(table.evict(3, 3), true)
    assert.equal(table.size, 0)
  })

  it('keeps an old row that a later batch wrote again', () => {
    const table = openNumbered(3)
    put(table, 'r0', 4)
    while (table.evict(3, 4));
    assert.deepEqual(presentIn(table, 3), ['r0'])
  })

  it('uses rows again, across chunks, without their earlier tenants’ fields', () => {
    const count = 2_500
    const table = openNumbered(count)
    const rows = new Set(Array.from({ length: count }, (_, n) => table.find(guest, `r${n}`)))
    assert.equal(rows.size, count)
    for (let n = 0; n < count; n += 1) assert.equal(table.evict(1, 1), true)
    assert.equal(table.size, 0)
    for (let n = 0; n < count; n += 1) {
      table.set(guest, `s${n}`, { record: { id: `s${n}` }, version: 1, batch: 1 })
    }
    for (let n = 0; n < count; n += 1) {
      assert.ok(rows.has(table.find(guest, `s${n}`)), 'no further row was needed')
      assert.deepEqual(readOf(table, guest, `s${n}`), { ...none, id: `s${n}` })
    }
  })

  it('gives the bytes of a dropped row up, and not before its batch is settled', () => {
    const table = createRecordTable([guest], 1)
    const write = (id: string, mark: number) => {
      const record = { id, photo: new Uint8Array(50).fill(mark) }
      table.set(guest, id, { record, version: 1, batch: mark })
    }
    write('a', 1)
    put(table, 'b', 2)
    const { photo } = readOf(table, guest, 'a') as Guest
    assert.equal(table.evict(1, 2), true)
    table.settle(1)
    write('b', 3)
    assert.equal(photo?.[0], 1)
    table.settle(2)
    write('b', 4)
    assert.equal(photo?.[0], 4, 'the cell is used again')
  })
})

interface Kept {
  every?: Every
  guest?: Guest
  version: number
  batch: number
}

describe('a table of records and plain objects', () => {
  it('say the same of random reads, writes and evictions', () => {
    const stream = fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), followStream)
    fc.assert(stream, { numRuns: 20 })
  })
})

function anyEvery(id: string, random: Random): Every {
  const some = <T>(value: T) => (random.next() < 0.3 ? null : value)
  return {
    id,
    word: some(random.pick(['', 'open', 'closed'])),
    sum: some(BigInt(random.between(-1e9, 1e9)) * 2n ** 32n),
    count: some(random.between(-1e9, 1e9)),
    ratio: some(random.next()),
    open: some(random.next() < 0.5),
    at: some(random.between(0, 1e12)),
    seal: some(random.bytes(random.between(0, 70))),
    tags: some([random.between(0, 9)]),
  }
}

function followStream(seed: number): void {
  const random = createSeededRandom(seed)
  const table = createRecordTable([every, guest], seed)
  const kept = new Map<string, Kept>()
  const ids = Array.from({ length: 60 }, (_, n) => `id-${n}`)
  let batch = 1
  let settled = 0
  const write = (id: string) => {
    const now = kept.get(id) ?? { version: 0, batch }
    const version = now.version + random.between(0, 2)
    const asGuest = random.next() < 0.5
    const { seal, sum, word } = anyEvery(id, random)
    if (asGuest) now.guest = { id, note: word, level: sum, photo: seal }
    else now.every = anyEvery(id, random)
    const record = (asGuest ? now.guest : now.every) as object
    table.set(asGuest ? guest : every, id, { record, version, batch })
    kept.set(id, { ...now, version, batch })
  }
  const evict = () => {
    const may = [...kept.values()].some((each) => each.batch <= settled)
    assert.equal(table.evict(settled, batch), may)
    const gone = [...kept].filter(([id]) => table.version(id) === undefined)
    assert.equal(gone.length, may ? 1 : 0)
    for (const [id, { batch: by }] of gone) {
      assert.ok(by <= settled)
      kept.delete(id)
    }
  }
  for (let step = 0; step < 600; step += 1) {
    const dice = random.next()
    if (dice < 0.6) write(random.pick(ids))
    else if (dice < 0.8) evict()
    else if (dice < 0.95) batch += 1
    else table.settle((settled = random.between(settled, batch)))
    const id = random.pick(ids)
    const known = kept.get(id)
    assert.equal(table.version(id), known?.version)
    assert.deepEqual(readOf(table, every, id), known?.every)
    assert.deepEqual(readOf(table, guest, id), known?.guest)
    assert.equal(table.size, kept.size)
  }
}
