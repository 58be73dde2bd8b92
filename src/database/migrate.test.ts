import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sha256Hex } from '#kernel'
import { testDatabase, type TestDatabase } from '#test-support'
import type { Migration } from './migration.ts'
import { migrate } from './migrate.ts'
import type { Database } from './open-database.ts'
import { readMigrations } from './read-migrations.ts'

const first = readMigrations().slice(0, 1)

function migration(number: number, sql: string): Migration {
  return { number, name: `${number}-sample`, module: 'sample', sql, digest: sha256Hex(sql) }
}

describe('migrating', () => {
  let context: TestDatabase
  let made = 0

  before(async () => {
    context = await testDatabase()
  })
  after(() => context.drop())

  /** A database without any migration. */
  async function withFresh(work: (fresh: Database) => Promise<void>): Promise<void> {
    made += 1
    const name = `${context.database.name}_${made}`
    await context.database.createDatabase(name)
    try {
      await work(context.database.within(name))
    } finally {
      await context.database.dropDatabase(name)
    }
  }

  test('twenty at once apply every migration exactly once', () =>
    withFresh(async (fresh) => {
      const all = readMigrations()
      const answers = await Promise.all(Array.from({ length: 20 }, () => migrate(fresh)))
      assert.deepEqual(answers.flat().toSorted(), all.map(({ name }) => name).toSorted())
      assert.deepEqual(await migrate(fresh), [])
    }))

  test('a changed file is refused', () =>
    withFresh(async (fresh) => {
      await migrate(fresh, [...first, migration(9000, 'select 1')])
      await assert.rejects(
        migrate(fresh, [...first, migration(9000, 'select 2')]),
        /migration 9000-sample was changed after it had been applied/,
      )
    }))

  test('a database that a newer version migrated is refused', () =>
    withFresh(async (fresh) => {
      await migrate(fresh, [...first, migration(9000, 'select 1')])
      await assert.rejects(migrate(fresh, first), /9000-sample, which this version .* not know/)
    }))

  test('a failing migration leaves nothing behind and says which it was', () =>
    withFresh(async (fresh) => {
      const broken = migration(9001, 'create schema half; select 1 / 0;')
      await assert.rejects(migrate(fresh, [...first, broken]), /9001-sample failed: division/)
      const sql = fresh.connect('reader', { max: 1 })
      const rows = await sql`select from pg_namespace where nspname = 'half'`
      assert.equal(rows.length, 0)
      await sql.end()
    }))

  test('a number below those already applied is still applied', () =>
    withFresh(async (fresh) => {
      await migrate(fresh, [...first, migration(9002, 'select 1')])
      const late = [...first, migration(9001, 'select 1'), migration(9002, 'select 1')]
      assert.deepEqual(await migrate(fresh, late), ['9001-sample'])
    }))
})

test('every migration says why it is needed, what it locks and how long it takes', () => {
  const silent = readMigrations().filter(({ sql }) => {
    const header = sql.slice(0, sql.search(/^(?!--)/m))
    return !/why/i.test(header) || !/lock/i.test(header) || !/how long|takes/i.test(header)
  })
  assert.deepEqual(
    silent.map(({ name }) => name),
    [],
  )
})

test("a module's migrations name its own schema only", () => {
  const modules = new Set(readMigrations().map(({ module }) => module))
  const foreign = readMigrations().flatMap(({ name, module, sql }) =>
    [...modules]
      .filter((other) => other !== module)
      .filter((other) => new RegExp(`^[^-']*\\b${other}\\.[a-z_]+`, 'm').test(sql))
      .map((other) => `${name}: ${other}`),
  )
  assert.deepEqual(foreign, [])
})
