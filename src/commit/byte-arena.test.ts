import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { createSeededRandom } from '#kernel'
import { createByteArena } from './byte-arena.ts'

const mebibyte = 2 ** 20

/** Bytes that are told apart from any others. */
function bytesOf(length: number, mark: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (mark * 31 + i * 7) % 251)
}

describe('the arena of bytes', () => {
  it('gives back what was put, of every size', () => {
    const arena = createByteArena()
    const sizes = [0, 1, 31, 32, 33, 63, 64, 65, 1_000, mebibyte - 1, mebibyte, mebibyte + 1, 1, 0]
    const cells = sizes.map((size, mark) => arena.put(bytesOf(size, mark)))
    for (const [mark, size] of sizes.entries()) {
      assert.deepEqual(arena.read(cells[mark] ?? -1, size), bytesOf(size, mark), `${size} bytes`)
    }
  })

  it('gives more than a block holds a block of its own, used again for its size', () => {
    const arena = createByteArena()
    const before = arena.put(bytesOf(100, 1))
    const large = 3 * mebibyte + 5
    const at = arena.put(bytesOf(large, 2))
    const beside = arena.put(bytesOf(100, 3))
    assert.deepEqual(arena.read(at, large), bytesOf(large, 2))
    assert.deepEqual(arena.read(before, 100), bytesOf(100, 1))
    assert.deepEqual(arena.read(beside, 100), bytesOf(100, 3))
    arena.free(at, large, 1)
    arena.settle(1)
    assert.equal(arena.put(bytesOf(large, 4)), at)
    assert.deepEqual(arena.read(beside, 100), bytesOf(100, 3))
  })

  it('keeps a copy: whoever gave the bytes may change theirs', () => {
    const arena = createByteArena()
    const given = bytesOf(40, 3)
    const at = arena.put(given)
    given.fill(0)
    assert.deepEqual(arena.read(at, 40), bytesOf(40, 3))
  })

  it('never changes what was read before the batch that gave it up is settled', () => {
    const arena = createByteArena()
    const at = arena.put(bytesOf(33, 1))
    const seen = arena.read(at, 33)
    arena.free(at, 33, 5)
    for (const settled of [0, 3, 4]) {
      arena.settle(settled)
      for (let mark = 2; mark < 200; mark += 1) arena.put(bytesOf(33, mark))
      assert.deepEqual(seen, bytesOf(33, 1), `settled up to ${settled}`)
    }
  })

  it('uses a cell again once that batch is settled', () => {
    const arena = createByteArena()
    const at = arena.put(bytesOf(33, 1))
    arena.free(at, 33, 5)
    arena.settle(5)
    assert.equal(arena.put(bytesOf(64, 2)), at, 'a cell of 64 bytes holds 33 to 64')
    assert.notEqual(arena.put(bytesOf(64, 3)), at, 'but only once')
  })

  it('uses a cell again for bytes of its own size only', () => {
    const arena = createByteArena()
    const small = arena.put(bytesOf(32, 1))
    const large = arena.put(bytesOf(33, 2))
    arena.free(small, 32, 1)
    arena.free(large, 33, 1)
    arena.settle(1)
    assert.equal(arena.put(bytesOf(40, 3)), large)
    assert.equal(arena.put(bytesOf(0, 4)), small, 'no bytes at all have a cell, too')
    assert.deepEqual(arena.read(large, 40), bytesOf(40, 3))
  })

  it('settles the batches that are settled, and leaves the later ones', () => {
    const arena = createByteArena()
    const cells = [1, 2, 3, 4].map((mark) => arena.put(bytesOf(32, mark)))
    for (const [i, at] of cells.entries()) arena.free(at, 32, i + 1)
    arena.settle(2)
    const taken = [10, 11, 12].map((mark) => arena.put(bytesOf(32, mark)))
    assert.deepEqual(new Set(taken.slice(0, 2)), new Set(cells.slice(0, 2)))
    assert.ok(!cells.includes(taken[2] ?? -1))
    arena.settle(4)
    const more = [13, 14].map((mark) => arena.put(bytesOf(32, mark)))
    assert.deepEqual(new Set(more), new Set(cells.slice(2)))
  })

  it('does not grow when the same bytes are replaced again and again', () => {
    const arena = createByteArena()
    let at = arena.put(bytesOf(mebibyte, 0))
    const places = new Set([at])
    for (let batch = 1; batch <= 200; batch += 1) {
      arena.free(at, mebibyte, batch)
      at = arena.put(new Uint8Array(mebibyte))
      places.add(at)
      arena.settle(batch)
    }
    assert.equal(places.size, 2, 'one in use, one not settled yet')
  })

  it('changes nothing that is in use or not settled, whatever comes and goes', () => {
    const stream = fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), followStream)
    fc.assert(stream, { numRuns: 30 })
  })
})

interface Cell {
  readonly at: number
  /** As read when it was put. */
  readonly seen: Uint8Array
  readonly copy: Uint8Array
  freedBy: number
}

function followStream(seed: number): void {
  const random = createSeededRandom(seed)
  const arena = createByteArena()
  let held: Cell[] = []
  let batch = 1
  for (let step = 0; step < 400; step += 1) {
    const dice = random.next()
    const live = held.filter(({ freedBy }) => freedBy === 0)
    if (dice < 0.55 || live.length === 0) {
      const copy = random.bytes(random.pick([0, 1, 31, 32, 33, 100, 1_000]))
      const at = arena.put(copy)
      held.push({ at, copy, seen: arena.read(at, copy.length), freedBy: 0 })
    } else if (dice < 0.85) {
      const cell = random.pick(live)
      cell.freedBy = batch
      arena.free(cell.at, cell.copy.length, batch)
    } else if (dice < 0.95) batch += 1
    else {
      const settled = random.between(0, batch)
      arena.settle(settled)
      held = held.filter(({ freedBy }) => freedBy === 0 || freedBy > settled)
    }
    const places = new Set(held.map(({ at }) => at))
    assert.equal(places.size, held.length, `two in one cell after step ${step}`)
  }
  for (const { seen, copy } of held) assert.deepEqual(seen, copy)
}
