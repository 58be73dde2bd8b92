import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { batchReads } from './batch-reads.ts'

/** Reads that end when they are told to. */
function heldReads() {
  const begun: { keys: readonly string[]; end: () => void; fail: () => void }[] = []
  const read = (keys: readonly string[]) =>
    new Promise<ReadonlyMap<string, string>>((resolve, reject) => {
      const found = keys.filter((key) => key !== 'nobody').map((key) => [key, `<${key}>`] as const)
      begun.push({
        keys,
        end: () => resolve(new Map(found)),
        fail: () => reject(new Error('the database is gone')),
      })
    })
  return { begun, one: batchReads(read) }
}

test('all who ask in one turn are answered by one read, each key read once', async () => {
  const { begun, one } = heldReads()
  const answers = Promise.all([one('a'), one('b'), one('a'), one('nobody')])
  await turn()
  assert.deepEqual(
    begun.map(({ keys }) => keys),
    [['a', 'b', 'nobody']],
  )
  begun[0]?.end()
  assert.deepEqual(await answers, ['<a>', '<b>', '<a>', undefined])
})

test('while two reads are under way the next one gathers', async () => {
  const { begun, one } = heldReads()
  const answers: Promise<string | undefined>[] = []
  for (const key of ['a', 'b', 'c', 'd']) {
    answers.push(one(key))
    await turn()
  }
  assert.deepEqual(
    begun.map(({ keys }) => keys),
    [['a'], ['b']],
  )
  begun[1]?.end()
  await answers[1]
  await turn()
  assert.deepEqual(begun[2]?.keys, ['c', 'd'])
  begun[0]?.end()
  begun[2]?.end()
  assert.deepEqual(await Promise.all(answers), ['<a>', '<b>', '<c>', '<d>'])
})

test('who asks for a key that is being read gets another read: it may have changed', async () => {
  const { begun, one } = heldReads()
  const first = one('a')
  await turn()
  const second = one('a')
  await turn()
  assert.equal(begun.length, 2)
  for (const { end } of begun) end()
  assert.deepEqual(await Promise.all([first, second]), ['<a>', '<a>'])
})

test('a read that fails fails for all in it, and the next one is made', async () => {
  const { begun, one } = heldReads()
  const failing = [one('a'), one('b')].map((each) => assert.rejects(each, /gone/))
  await turn()
  begun[0]?.fail()
  await Promise.all(failing)
  const after = one('a')
  await turn()
  begun[1]?.end()
  assert.equal(await after, '<a>')
})

test('more than 500 keys are read in several reads', async () => {
  const { begun, one } = heldReads()
  const keys = Array.from({ length: 1_200 }, (_, i) => `k${i}`)
  const answers = Promise.all(keys.map(one))
  for (let i = 0; i < 3; i += 1) {
    await turn()
    await turn()
    begun[i]?.end()
  }
  assert.deepEqual(
    await answers,
    keys.map((key) => `<${key}>`),
  )
  assert.deepEqual(
    begun.map(({ keys: read }) => read.length),
    [500, 500, 200],
  )
})
