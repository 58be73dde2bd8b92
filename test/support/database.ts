import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrate, openDatabase, readMigrations, type Database, type Sql } from '#database'
import { createIds, sha256Hex, systemRandom } from '#kernel'
import { createScratchFolder, removeScratchFolder } from './scratch-folder.ts'

/** Names the folder of the running cluster to the test processes; set by bin/test.js. */
const variable = 'COFFER_TEST_CLUSTER'
const here = fileURLToPath(new URL('.', import.meta.url))
const ids = createIds(systemRandom)
const leakPatienceMs = 2_000

export interface TestDatabase {
  readonly database: Database
  /** Drops the database. Throws, naming them, when connections to it are still open. */
  drop(): Promise<void>
}

/**
 * A migrated database of its own for one test file, copied from a template (0.2 s). Without a
 * running test cluster one is started for as long as some test process needs it.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = await openTestServer(process.env[variable] ?? sharedFolder())
  const name = ids.next(`test_${process.pid}`)
  await copyTemplate(server, name)
  const database = server.within(name)
  return {
    database,
    async drop() {
      try {
        await insistOnNoConnections(server, name)
      } finally {
        await server.dropDatabase(name)
        await server.close()
      }
    },
  }
}

export interface TestCluster {
  /** Environment for the test processes: `{COFFER_TEST_CLUSTER: folder}`. */
  readonly environment: Readonly<Record<string, string>>
}

let running: { readonly server: Database; readonly folder: string } | undefined

/** Starts the one cluster of a whole test run, its template made. Called by bin/test.js. */
export async function startTestCluster(): Promise<TestCluster> {
  const folder = createScratchFolder('cluster')
  const server = await openTestServer(folder)
  await server.asAdmin((admin) => makeTemplate(server, admin))
  running = { server, folder }
  return { environment: { [variable]: folder } }
}

/** Stops it and removes its folder. Safe to call when none was started. */
export async function stopTestCluster(): Promise<void> {
  if (!running) return
  const { server, folder } = running
  running = undefined
  await server.close()
  removeScratchFolder(folder)
}

/** Kept between runs: the next single test file needs no initdb. One per checkout and OS user. */
function sharedFolder(): string {
  const owner = process.getuid?.() ?? 0
  return join(tmpdir(), `coffer-test-${sha256Hex(here).slice(0, 8)}-${owner}`)
}

function openTestServer(dataDir: string): Promise<Database> {
  return openDatabase({ checkout: here, dataDir, durable: false }, () => undefined)
}

function templateName(): string {
  const digests = readMigrations().map(({ number, digest }) => `${number} ${digest}`)
  return `template_${sha256Hex(digests.join('\n')).slice(0, 16)}`
}

/** Under a lock, that ends with its connection: a template is not dropped while it is copied. */
async function copyTemplate(server: Database, name: string): Promise<void> {
  await server.asAdmin(async (admin) => {
    await admin`select pg_advisory_lock(7303014)`
    await dropAbandoned(server, admin)
    await server.createDatabase(name, await makeTemplate(server, admin))
  })
}

/** Migrates a template database if this state of the migrations has none yet. */
async function makeTemplate(server: Database, admin: Sql): Promise<string> {
  const template = templateName()
  const rows = await admin<{ name: string }[]>`
    select datname as name from pg_database where datname like 'template\\_%'`
  if (rows.some(({ name }) => name === template)) return template
  for (const { name } of rows) await server.dropDatabase(name)
  const draft = `${template}_draft`
  await server.createDatabase(draft)
  await migrate(server.within(draft))
  await admin.unsafe(`alter database "${draft}" rename to "${template}"`)
  return template
}

/** Databases of test processes that were killed. */
async function dropAbandoned(server: Database, admin: Sql): Promise<void> {
  const rows = await admin<{ name: string }[]>`
    select datname as name from pg_database where datname like 'test\\_%'`
  for (const { name } of rows) {
    if (!isRunning(Number(name.split('_')[1]))) await server.dropDatabase(name)
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function insistOnNoConnections(server: Database, name: string): Promise<void> {
  const leaked = await server.asAdmin(async (admin) => {
    for (let waitedMs = 0; ; waitedMs += 50) {
      const rows = await admin<{ usename: string; application_name: string; query: string }[]>`
        select usename, application_name, query from pg_stat_activity
        where datname = ${name} and backend_type = 'client backend'`
      if (rows.length === 0 || waitedMs >= leakPatienceMs) return rows
      await admin`select pg_sleep(0.05)`
    }
  })
  if (leaked.length === 0) return
  const lines = leaked.map((row) => `${row.usename} (${row.application_name}): ${row.query}`)
  throw new Error(`a test left ${leaked.length} database connections open:\n${lines.join('\n')}`)
}
