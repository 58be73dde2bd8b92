import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  createScratchFolder,
  removeScratchFolder,
  testDatabase,
  type TestDatabase,
} from '#test-support'
import { connectTo } from './connect.ts'
import { createCluster } from './create-cluster.ts'
import { migrate } from './migrate.ts'
import { openDatabase, type Database } from './open-database.ts'
import { choosePlace } from './place.ts'
import { startPostmaster, stopPostmaster } from './postmaster.ts'

/** The test cluster plays the server that DATABASE_URL names. */
describe('DATABASE_URL', () => {
  let context: TestDatabase
  let socketDir: string
  const name = 'given_database'
  const log: string[] = []

  before(async () => {
    context = await testDatabase()
    await context.database.asAdmin(async (admin) => {
      const [row] = await admin<{ folder: string }[]>`
        select current_setting('unix_socket_directories') as folder`
      socketDir = row?.folder ?? ''
      await admin`drop database if exists given_database`
      await admin`drop role if exists given_user, given_guest`
      await admin`create role given_user login password 'p@ss' createdb createrole`
      await admin`create role given_guest login password 'p@ss'`
      await admin`create database given_database owner given_user`
      // The roles exist here: on a server of one's own the given user makes them.
      await admin`
        grant coffer_owner, coffer_app, coffer_reader, coffer_simulator to given_user`
    })
  })
  after(async () => {
    await context.database.dropDatabase(name)
    await context.database.asAdmin(async (admin) => {
      await admin`reassign owned by given_user to postgres`
      await admin`drop owned by given_user`
      await admin`drop role given_user`
      await admin`drop role given_guest`
    })
    await context.drop()
  })

  function open(user: string): Promise<Database> {
    const databaseUrl = `postgres://${user}:p%40ss@localhost/${name}?host=${socketDir}`
    return openDatabase({ checkout: '/', databaseUrl }, (line) => log.push(line))
  }

  test('is migrated as the owner role and served as the app role', async () => {
    const database = await open('given_user')
    assert.equal(database.kind, 'given')
    assert.equal(database.name, name)
    assert.ok((await migrate(database)).length > 0)
    await database.ensureRunning()
    const sql = database.connect('app', { max: 1 })
    const [row] = await sql`select current_user as who, current_setting('is_superuser') as super`
    assert.deepEqual({ ...row }, { who: 'coffer_app', super: 'off' })
    await assert.rejects(sql`create table public.mine (n int)`, { code: '42501' })
    await sql.end()
    const owner = database.connect('owner', { max: 1 })
    const [schema] = await owner`
      select nspowner::regrole::text as owner from pg_namespace where nspname = 'database'`
    assert.deepEqual({ ...schema }, { owner: 'coffer_owner' })
    await owner.end()
    await database.close()
  })

  test("says what to run when its user can neither use nor make Coffer's roles", async () => {
    await assert.rejects(open('given_guest'), (error: Error) => {
      assert.match(error.message, /can neither use nor make Coffer's roles/)
      assert.match(error.message, /create role coffer_app login/)
      return true
    })
  })

  test('says so when there is no such server', async () => {
    const databaseUrl = 'postgres://nobody:x@127.0.0.1:1/none'
    await assert.rejects(
      openDatabase({ checkout: '/', databaseUrl }, () => undefined),
      /DATABASE_URL cannot be used: .*ECONNREFUSED/,
    )
  })
})

test('on a server without our roles a user who may make roles makes them, once', async () => {
  const folder = createScratchFolder('given')
  const config = { checkout: folder, dataDir: folder, durable: false }
  const place = choosePlace(config, () => undefined)
  createCluster(place, 'secret')
  const running = await startPostmaster(place)
  try {
    const superuser = { path: running.socket, user: 'postgres', password: 'secret' }
    const admin = connectTo({ ...superuser, database: 'postgres' }, { max: 1 })
    await admin`create role maker login password 'm' createdb createrole`
    await admin`create database shop owner maker`
    await admin.end()
    const databaseUrl = `postgres://maker:m@localhost/shop?host=${place.socketDir}`
    for (const round of [1, 2]) {
      const log: string[] = []
      const database = await openDatabase({ checkout: '/', databaseUrl }, (line) => log.push(line))
      const applied = await migrate(database)
      assert.equal(applied.length > 0, round === 1)
      // Signed in as the role itself: there is no way back to more rights.
      const app = database.connect('app', { max: 1 })
      const [row] = await app`select session_user as who`
      assert.deepEqual({ ...row }, { who: 'coffer_app' })
      await app.end()
      assert.deepEqual(log, [])
      await database.close()
    }
  } finally {
    await stopPostmaster(running)
    removeScratchFolder(folder)
  }
})
