import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { checkBackup, openDatabase, type Database } from '#database'
import { createSeededRandom } from '#kernel'
import { trialBalance } from '#ledger'
import { createScratchFolder, removeScratchFolder } from '#test-support'
import { settle } from './city.ts'
import { runCoffer } from './coffer-command.ts'
import {
  assertFirstAnswers,
  createWishes,
  repeat,
  startLoad,
  type Asked,
  type Load,
} from './load.ts'
import { proveAcknowledged, proveClean } from './prove-books.ts'
import { startServer, type ServerProcess } from './server-process.ts'
import { until } from './within.ts'

const folders = { live: createScratchFolder('live'), backups: createScratchFolder('backups') }
const pepperFile = join(folders.backups, 'kept-pepper')
const backup = join(folders.backups, 'monday')
const restored = createScratchFolder('restored')
/** The servers of these tests are built with it. */
const pepper = 'pepper of the tests'
let server: ServerProcess
let load: Load
let wishes: ReturnType<typeof createWishes>
let askedBefore: readonly Asked[]

before(async () => {
  const citizens = await opened(folders.live, (database) => settle(database, 6))
  wishes = createWishes(citizens, createSeededRandom(13))
  for (const file of [pepperFile, join(folders.live, 'pepper')]) writeFileSync(file, `${pepper}\n`)
  server = await startServer({ config: configOf(folders.live), policy: 'none' })
  load = startLoad(server.url, wishes, 4)
  await until(60_000, 'some load', () => load.acknowledged > 200)
})
after(async () => {
  await server.stop()
  for (const folder of [restored, ...Object.values(folders)]) removeScratchFolder(folder)
})

function configOf(dataDir: string) {
  return { checkout: import.meta.dirname, dataDir }
}

async function opened<T>(folder: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(configOf(folder), () => undefined)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

/** What a restore that was cut off has left: no schema, so no table and no row. */
async function insistOnNothing(folder: string): Promise<void> {
  await opened(folder, async (database) => {
    const sql = database.connect('owner', { max: 1 })
    const found = await sql`
      select nspname from pg_namespace where nspname !~ '^(pg_|information_schema|public)'`
    await sql.end()
    assert.deepEqual([...found], [])
  })
}

test('kill -9 of a backup under load leaves nothing that looks like one', async () => {
  const command = runCoffer(folders.live, ['backup', '--out', backup])
  await until(30_000, 'its first file', () =>
    existsSync(join(`${backup}.partial`, 'commit.lane.copy.gz')),
  )
  command.kill()
  await command.ended
  assert.equal(existsSync(backup), false)
  await assert.rejects(checkBackup(`${backup}.partial`), /is no backup/)
})

test('a backup under load, to the same place', async () => {
  askedBefore = [...load.asked]
  const acknowledged = load.acknowledged
  const { code, json, said } = await runCoffer(folders.live, ['backup', '--out', backup, '--json'])
    .ended
  assert.equal(code, 0, said)
  assert.equal(json['ok'], true)
  assert.match(said, /NOT in the backup.*the pepper/)
  assert.ok(load.acknowledged > acknowledged, 'payments went on meanwhile')
  assert.deepEqual(readdirSync(folders.backups).toSorted(), ['kept-pepper', 'monday'])
  for (const file of readdirSync(backup)) {
    assert.equal(readFileSync(join(backup, file)).includes(pepper), false)
  }
})

test('a restore without the pepper is refused', async () => {
  const { code, said } = await runCoffer(restored, ['restore', '--from', backup]).ended
  assert.equal(code, 1)
  assert.match(said, /the pepper is missing that the backup was made with/)
})

for (const moment of ['commit.request', 'keys and indexes made']) {
  test(`kill -9 of a restore after "${moment}" leaves an empty database`, async () => {
    const command = runCoffer(restored, ['restore', '--from', backup, '--pepper', pepperFile])
    await command.says(moment)
    command.kill()
    await command.ended
    await insistOnNothing(restored)
  })
}

test('restored: verified, the same trial balance, everything acknowledged before', async () => {
  await load.stop()
  const words = ['restore', '--from', backup, '--pepper', pepperFile, '--json']
  const { code, json, said } = await runCoffer(restored, words).ended
  assert.equal(code, 0, said)
  assert.equal((json['verified'] as { ok: boolean }).ok, true)
  const { note } = JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8')) as {
    note: { trialBalance: { code: string; debits: string; credits: string }[] }
  }
  await opened(restored, async (database) => {
    await proveClean(database)
    await proveAcknowledged(database, askedBefore)
    const sql = database.connect('reader', { max: 1 })
    const books = await trialBalance(sql)
    await sql.end()
    assert.equal(books.difference, 0n)
    assert.deepEqual(
      books.lines.map(({ code: own, debits }) => [own, debits]),
      note.trialBalance.map(({ code: own, debits }) => [own, BigInt(debits.replace('.', ''))]),
    )
  })
  assert.equal(readFileSync(join(restored, 'pepper'), 'utf8').trim(), pepper)
})

test('a server goes on where the backup was taken: sessions, keys and first answers', async () => {
  await server.stop()
  server = await startServer({ config: configOf(restored), policy: 'none' })
  const again = await repeat(
    server.url,
    askedBefore.filter(({ answer }) => answer?.status === 201),
  )
  assertFirstAnswers(askedBefore, again)
  const more = startLoad(server.url, wishes, 4)
  await until(60_000, 'payments again', () => more.acknowledged > 100)
  await more.stop()
  await opened(restored, proveClean)
})
