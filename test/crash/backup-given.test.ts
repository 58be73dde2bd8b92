import assert from 'node:assert/strict'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createScratchFolder, removeScratchFolder } from '#test-support'
import { settle } from './city.ts'
import { runCoffer } from './coffer-command.ts'
import { giveDatabase, type GivenDatabase } from './given-database.ts'
import { proveClean } from './prove-books.ts'

const folder = createScratchFolder('given')
const backup = join(folder, 'backup')
const march = join(folder, '2026-03.jsonl.gz')
let given: GivenDatabase

before(async () => {
  given = await giveDatabase()
  await settle(given.database, 2)
})
after(async () => {
  await given.drop()
  removeScratchFolder(folder)
})

/** An empty database on the same server, which the same user may enter. */
async function giveEmpty<T>(work: (url: string, name: string) => Promise<T>): Promise<T> {
  const { name } = given.database
  const other = `${name}_other`
  await given.database.createDatabase(other)
  await given.database.asAdmin(async (admin) => {
    await admin.unsafe(`grant connect on database "${other}" to "${name}_user"`)
  })
  try {
    return await work(given.url.replace(name + '?', other + '?'), other)
  } finally {
    await given.database.dropDatabase(other)
  }
}

test('backed up and restored by URL alone, as a user who may become our roles', async () => {
  const { code, said } = await runCoffer(folder, ['backup', '--out', backup], given.url).ended
  assert.equal(code, 0, said)
  assert.match(said, /No pepper was found/)
  await giveEmpty(async (url, name) => {
    const words = ['restore', '--from', backup, '--json']
    const restored = await runCoffer(folder, words, url).ended
    assert.equal(restored.code, 0, restored.said)
    assert.deepEqual(restored.json['migrations'], [])
    await proveClean(given.database.within(name))
    const again = await runCoffer(folder, words, url).ended
    assert.equal(again.code, 1)
    assert.match(again.said, /is not empty/)
  })
})

test('only a month that is over on the clock of the product is archived', async () => {
  const words = ['archive', '--month', '2026-03', '--out', march]
  const { code, said } = await runCoffer(folder, words, given.url).ended
  assert.equal(code, 1)
  assert.match(said, /2026-03 is not over/)
})

test('an archived month is verified, and never written over', async () => {
  const owner = given.database.connect('owner', { max: 1 })
  await owner`update commit.test_clock set anchor_simulated = '2026-04-02'`
  await owner.end()
  const words = ['archive', '--month', '2026-03', '--out', march, '--json']
  const { code, json, said } = await runCoffer(folder, words, given.url).ended
  assert.equal(code, 0, said)
  assert.ok(Number(json['entries']) > 0)
  assert.match(said, /Nothing was deleted/)
  assert.equal(statSync(march).mode & 0o777, 0o600)
  const again = await runCoffer(folder, words, given.url).ended
  assert.equal(again.code, 1)
  assert.match(again.said, /exists already/)
})

test('an archive is checked without a database; a flipped bit anywhere is found', async () => {
  const sound = await runCoffer(folder, ['archive', '--check', march, '--json']).ended
  assert.equal(sound.code, 0, sound.said)
  assert.deepEqual(sound.json['faults'], [])
  const content = readFileSync(march)
  const middle = content.length >> 1
  content.writeUInt8(content.readUInt8(middle) ^ 1, middle)
  writeFileSync(`${march}.bad`, content)
  const spoilt = await runCoffer(folder, ['archive', '--check', `${march}.bad`, '--json']).ended
  assert.equal(spoilt.code, 1)
  assert.equal(spoilt.json['ok'], false)
  const neither = await runCoffer(folder, ['archive']).ended
  assert.equal(neither.code, 2)
})
