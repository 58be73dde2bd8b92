import assert from 'node:assert/strict'
import { readdirSync, symlinkSync } from 'node:fs'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createScratchFolder, removeScratchFolder } from '#test-support'
import { withFileLock } from './file-lock.ts'
import { joinAs, livingIn } from './participants.ts'

test('one at a time holds a lock, and it is gone afterwards', async () => {
  const folder = createScratchFolder('lock')
  let holders = 0
  const work = async () => {
    holders += 1
    assert.equal(holders, 1)
    await sleep(5)
    holders -= 1
  }
  await Promise.all([1, 2, 3, 4].map(() => withFileLock(`${folder}/lock`, work)))
  assert.deepEqual(readdirSync(folder), [])
  removeScratchFolder(folder)
})

test('the lock of a process that is gone is taken over', async () => {
  const folder = createScratchFolder('lock')
  symlinkSync('999999999-1', `${folder}/lock`)
  assert.equal(await withFileLock(`${folder}/lock`, () => Promise.resolve('taken')), 'taken')
  assert.deepEqual(readdirSync(folder), [])
  removeScratchFolder(folder)
})

test('the last one out knows it, and leaving twice is harmless', () => {
  const folder = createScratchFolder('participants')
  const [first, second] = [joinAs(folder), joinAs(folder)]
  assert.equal(livingIn(folder).length, 2)
  assert.equal(first.leave(), false)
  assert.equal(second.leave(), true)
  assert.equal(second.leave(), true)
  removeScratchFolder(folder)
})
