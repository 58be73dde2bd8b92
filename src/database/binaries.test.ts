import assert from 'node:assert/strict'
import { mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { createScratchFolder, removeScratchFolder } from '#test-support'
import { areComplete, copyBinaries, findBinaries } from './binaries.ts'

test("the installed server's programs are found", () => {
  assert.ok(statSync(`${findBinaries()}/bin/postgres`).isFile())
})

test('a copy has the library links that an install without scripts leaves out', () => {
  const scratch = createScratchFolder('binaries')
  const installed = `${scratch}/package/native`
  mkdirSync(`${installed}/lib`, { recursive: true })
  mkdirSync(`${installed}/bin`, { mode: 0o700 })
  writeFileSync(`${installed}/lib/libpq.so.5.18`, 'library', { mode: 0o600 })
  writeFileSync(`${installed}/bin/postgres`, 'program', { mode: 0o700 })
  const link = { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }
  writeFileSync(`${installed}/pg-symlinks.json`, JSON.stringify([link]))
  assert.equal(areComplete(installed), false)

  const copy = copyBinaries(installed, `${scratch}/copies`)
  assert.equal(areComplete(copy), true)
  assert.equal(statSync(`${copy}/lib/libpq.so.5`).mode & 0o777, 0o644, 'readable by everybody')
  assert.equal(statSync(`${copy}/bin/postgres`).mode & 0o777, 0o755)
  assert.equal(copyBinaries(installed, `${scratch}/copies`), copy, 'made once')

  symlinkSync('libpq.so.5.18', `${installed}/lib/libpq.so.5`)
  assert.equal(areComplete(installed), true)
  rmSync(`${copy}/lib/libpq.so.5`)
  assert.equal(areComplete(copy), false)
  removeScratchFolder(scratch)
})
