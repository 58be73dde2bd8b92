import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createScratchFolder, removeScratchFolder, testDatabase } from '#test-support'
import { migrate } from '../migrate.ts'
import type { Database } from '../open-database.ts'
import { checkBackup } from './check-backup.ts'
import type { Manifest } from './manifest.ts'
import { restoreBackup } from './restore-backup.ts'
import { writeBackup } from './write-backup.ts'

const folder = createScratchFolder('loss')
const rows = 60_000
let server: Awaited<ReturnType<typeof testDatabase>>
let count = 0

before(async () => {
  server = await testDatabase()
  const owner = server.database.connect('owner', { max: 1 })
  // `commit.lane` comes before `commit.request`: once it is told of, the large table is under way.
  await owner.unsafe(`
    insert into commit.request (id, digest, outcome, at, row_version)
    select md5(i::text), i, repeat('x', 200), now(), 1 from generate_series(1, ${rows}) i`)
  await owner.end()
  await backUp('whole')
})
after(async () => {
  await server.drop()
  removeScratchFolder(folder)
})

function backUp(name: string, log: (line: string) => void = () => undefined): Promise<Manifest> {
  const out = join(folder, name)
  const describe = () => Promise.resolve(null)
  return writeBackup(server.database, { out, program: 'test', at: '', describe, log })
}

async function fill(
  database: Database,
  options: { log?: (line: string) => void; inspect?: () => Promise<void> } = {},
): Promise<readonly string[]> {
  const from = join(folder, 'whole')
  const { log = () => undefined, inspect = () => Promise.resolve() } = options
  return restoreBackup(database, { from, manifest: await checkBackup(from), inspect, log })
}

/** Ends the connections that go by a name, as a server that goes down does. */
function endConnections(name: string): Promise<unknown> {
  return server.database.asAdmin(
    (admin) => admin`
      select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${name}`,
  )
}

async function withEmpty<T>(work: (database: Database) => Promise<T>): Promise<T> {
  count += 1
  const name = `${server.database.name}_${count}`
  await server.database.createDatabase(name)
  try {
    return await work(server.database.within(name))
  } finally {
    await server.database.dropDatabase(name)
  }
}

async function requestsIn(database: Database): Promise<number | null> {
  const sql = database.connect('owner', { max: 1 })
  try {
    const there = await sql`select from pg_namespace where nspname = 'commit'`
    if (there.length === 0) return null
    const [row] = await sql<{ n: number }[]>`select count(*)::int as n from commit.request`
    return row?.n ?? 0
  } finally {
    await sql.end()
  }
}

test('a backup whose connection breaks is rejected and leaves nothing', async () => {
  let ended: Promise<unknown> | undefined
  const broken = backUp('broken', () => {
    ended ??= endConnections('coffer backup')
  })
  await assert.rejects(broken)
  await ended
  assert.deepEqual(readdirSync(folder), ['whole'])
})

test('a restore whose connection breaks is rejected and leaves the database empty', async () => {
  await withEmpty(async (database) => {
    let ended: Promise<unknown> | undefined
    const log = () => (ended ??= endConnections('coffer restore'))
    await assert.rejects(fill(database, { log: () => void log() }))
    await ended
    assert.equal(await requestsIn(database), null)
    await fill(database)
    assert.equal(await requestsIn(database), rows)
  })
})

test('of two restores into one database one wins and the other is refused', async () => {
  await withEmpty(async (database) => {
    const both = await Promise.allSettled([fill(database), fill(database)])
    const refused = both.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
    assert.equal(refused.length, 1)
    assert.match(String(refused[0]), /is not empty/)
    assert.equal(await requestsIn(database), rows)
  })
})

test('a server that starts meanwhile waits, and finds all or nothing', async () => {
  await withEmpty(async (database) => {
    let started: Promise<readonly string[]> | undefined
    const inspect = async () => {
      started = migrate(database)
      const first = await Promise.race([started, sleep(300, 'waits')])
      assert.equal(first, 'waits')
    }
    await fill(database, { inspect })
    assert.deepEqual(await started, [], 'nothing was left for it to do')
    assert.equal(await requestsIn(database), rows)
  })
})
