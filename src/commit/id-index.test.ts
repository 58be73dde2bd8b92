import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { createSeededRandom, type Random } from '#kernel'
import { createIdIndex } from './id-index.ts'

/** What the index starts with; it doubles whenever it is half full. */
const firstCapacity = 1_024

/** An index with the ids it is about, kept as a table keeps them, and what they should be. */
function openIndex(seed: number) {
  const ids: (string | null)[] = []
  const rows = new Map<string, number>()
  let compared = 0
  const index = createIdIndex((row) => {
    compared += 1
    return ids[row] ?? null
  }, seed)
  return {
    index,
    rows,
    /** How often the index has had to compare an id since it was last asked. */
    comparisons(): number {
      const since = compared
      compared = 0
      return since
    },
    add(id: string): void {
      rows.set(id, ids.length)
      index.add(id, ids.length)
      ids.push(id)
    },
    remove(id: string): void {
      const row = rows.get(id)
      index.remove(id)
      if (row === undefined) return
      rows.delete(id)
      ids[row] = null
    },
    agree(asked: Iterable<string>): void {
      assert.equal(index.size, rows.size)
      for (const id of asked) assert.equal(index.find(id), rows.get(id) ?? -1, id)
    },
  }
}

/** The hash of id-index.ts, to craft collisions with; checked against it below. */
function hashOf(id: string, seed: number): number {
  let hash = seed
  for (let i = 0; i < id.length; i += 1) {
    hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
    hash ^= hash >>> 15
  }
  return hash >>> 0
}

/** The first `count` ids whose own place is `home` in an index of the first capacity. */
function idsAt(home: number, { count, seed }: { count: number; seed: number }): string[] {
  const found: string[] = []
  for (let n = 0; found.length < count; n += 1) {
    const id = `id-${n}`
    if (hashOf(id, seed) % firstCapacity === home) found.push(id)
  }
  return found
}

/** Pairs of ids with the very same hash; 400,000 random ids hold about 18. */
function twins(seed: number, tried: number): [string, string][] {
  const random = createSeededRandom(seed)
  const byHash = new Map<number, string>()
  const found: [string, string][] = []
  for (let n = 0; n < tried; n += 1) {
    const id = `${random.between(0, 1e9)}-${n}`
    const hash = hashOf(id, seed)
    const other = byHash.get(hash)
    if (other === undefined) byHash.set(hash, id)
    else found.push([other, id])
  }
  return found
}

function shuffled(list: readonly string[], random: Random): string[] {
  const left = [...list]
  const result: string[] = []
  while (left.length > 0) result.push(...left.splice(random.between(0, left.length - 1), 1))
  return result
}

const anySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 })

describe('the index of ids', () => {
  it('answers as a Map does to random ids coming and going', () => {
    const stream = fc.property(anySeed, (seed) => {
      const random = createSeededRandom(seed)
      const { add, remove, agree, rows } = openIndex(seed)
      const pool = Array.from({ length: 1_500 }, () => `${random.between(0, 1e9)}`)
      for (let step = 0; step < 5_000; step += 1) {
        const id = random.pick(pool)
        if (random.next() < 0.5) remove(id)
        else if (!rows.has(id)) add(id)
        agree([id, random.pick(pool)])
      }
      agree(pool)
    })
    fc.assert(stream, { numRuns: 10 })
  })

  it('finds every id, and no other, before and after it grows', () => {
    const { add, agree, rows } = openIndex(7)
    const absent = Array.from({ length: 500 }, (_, n) => `absent-${n}`)
    const grows = [1, 2, 4, 8, 16].map((times) => (firstCapacity * times) / 2)
    for (let n = 0; n <= (grows.at(-1) ?? 0); n += 1) {
      if (grows.includes(n)) agree([...rows.keys(), ...absent])
      add(`customer-${n}`)
      if (grows.includes(n)) agree([...rows.keys(), ...absent])
    }
    assert.equal(rows.size, 8_193)
  })

  it('keeps what was not removed after it has grown', () => {
    const { add, remove, agree } = openIndex(11)
    const ids = Array.from({ length: 6_000 }, (_, n) => `n${n}`)
    for (const id of ids) add(id)
    for (const id of ids.filter((_, n) => n % 3 !== 0)) remove(id)
    agree(ids)
    for (const id of ids.filter((_, n) => n % 3 === 1)) add(id)
    agree(ids)
  })

  it('does not fill up with what is gone', () => {
    const { add, remove, agree } = openIndex(5)
    add('stays')
    for (let n = 0; n < 20 * firstCapacity; n += 1) {
      add(`n${n}`)
      remove(`n${n}`)
    }
    agree(['stays', 'n0'])
  })

  it('ignores the removal of an id that is not there', () => {
    const { index, add, remove, agree } = openIndex(1)
    add('here')
    remove('not here')
    index.remove('')
    agree(['here', 'not here', ''])
  })

  it('finds an empty id, long ones, and such as differ in one character', () => {
    const { add, agree } = openIndex(0)
    const ids = ['', 'a', 'b', 'ab', 'ba', '\u0000', '密', '😀', 'x'.repeat(5_000)]
    for (const id of ids) add(id)
    agree([...ids, 'c', 'x'.repeat(4_999), '😁'])
  })
})

describe('the index of ids that collide', () => {
  it('tells ids with the same hash apart, in any order of coming and going', () => {
    const seed = 12_345
    const pairs = twins(seed, 400_000)
    assert.ok(pairs.length >= 5, `${pairs.length} pairs`)
    for (const [one, other] of pairs) {
      for (const [first, second] of [[one, other] as const, [other, one] as const]) {
        const { add, remove, agree, comparisons } = openIndex(seed)
        add(first)
        comparisons()
        agree([second])
        assert.equal(comparisons(), 1, 'the hashes are the same: only the id tells')
        add(second)
        agree([first, second])
        remove(first)
        agree([first, second])
        add(first)
        agree([first, second])
      }
    }
  })

  it('keeps later ids findable when one before them is removed, also around the end', () => {
    const crowd = { count: 12, seed: 99 }
    // Neighbours whose runs grow into each other, across the last place and the first.
    const homes = [firstCapacity - 2, firstCapacity - 1, 0, 1, 5]
    const ids = homes.flatMap((home) => idsAt(home, crowd))
    const stream = fc.property(anySeed, (seed) => {
      const random = createSeededRandom(seed)
      const { add, remove, agree } = openIndex(crowd.seed)
      for (const id of shuffled(ids, random)) add(id)
      agree(ids)
      for (const id of shuffled(ids, random)) {
        remove(id)
        agree(ids)
        if (random.next() < 0.3) add(id)
      }
      agree(ids)
    })
    fc.assert(stream, { numRuns: 100 })
  })

  it('tells them apart by their hash under another seed', () => {
    for (const [one, other] of twins(12_345, 400_000)) {
      const { add, agree, comparisons } = openIndex(54_321)
      add(one)
      comparisons()
      agree([other])
      assert.equal(comparisons(), 0, `${one} and ${other}`)
    }
  })
})
