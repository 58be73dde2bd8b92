import type { Tx } from './pool.ts'
import { DatabaseFault } from './database-fault.ts'
import type { Migration } from './migration.ts'
import type { Database } from './open-database.ts'
import { readMigrations } from './read-migrations.ts'

/** Any number that nobody else locks: 'coffer' in ASCII. */
export const migrationLock = 0x63_6f_66_66_65_72

/**
 * Brings a database up to date and returns the names of what was applied now. Each migration is
 * one transaction that first takes an advisory lock and looks again, so any number of processes
 * may start at once. Throws DatabaseFault when an applied file was changed, or when the database
 * has migrations this program does not know.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[] = readMigrations(),
): Promise<readonly string[]> {
  const owner = database.connect('owner', { max: 1, applicationName: 'coffer migrating' })
  try {
    const missing = await owner.begin(async (tx) => findMissing(await readApplied(tx), migrations))
    const applied: string[] = []
    for (const migration of missing) {
      const done = await owner.begin((tx) => applyOne(tx, migration))
      if (done) applied.push(migration.name)
    }
    return applied
  } finally {
    await owner.end({ timeout: 5 })
  }
}

interface Applied {
  readonly number: number
  readonly name: string
  readonly digest: string
}

async function readApplied(tx: Tx): Promise<readonly Applied[]> {
  // Not to_regclass: after waiting for the lock it may still answer from a cache that says "none".
  const tables = await tx`
    select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'database' and c.relname = 'migration'`
  if (tables.length === 0) return []
  return tx<Applied[]>`select number, name, digest from database.migration order by number`
}

function findMissing(
  applied: readonly Applied[],
  migrations: readonly Migration[],
): readonly Migration[] {
  const known = new Map(migrations.map((migration) => [migration.number, migration]))
  for (const { number, name, digest } of applied) {
    const migration = known.get(number)
    if (migration === undefined) {
      throw new DatabaseFault(
        `the database has migration ${name}, which this version of Coffer does not know:` +
          ' start the newer version',
      )
    }
    if (migration.name !== name || migration.digest !== digest) {
      throw new DatabaseFault(
        `migration ${name} was changed after it had been applied; put the file back as it was` +
          ' and write a new migration',
      )
    }
  }
  const done = new Set(applied.map(({ number }) => number))
  return migrations.filter(({ number }) => !done.has(number))
}

/** False: another process was first. */
async function applyOne(tx: Tx, migration: Migration): Promise<boolean> {
  await tx`select pg_catalog.pg_advisory_xact_lock(${migrationLock})`
  const applied = await readApplied(tx)
  if (applied.some(({ number }) => number === migration.number)) return false
  await applyMigration(tx, migration)
  await recordMigration(tx, migration)
  return true
}

/** Runs the file within the caller's transaction. */
export async function applyMigration(tx: Tx, migration: Migration): Promise<void> {
  try {
    await tx.unsafe(migration.sql)
  } catch (error) {
    const { message, line } = error as Error & { line?: string }
    throw new DatabaseFault(`migration ${migration.name} failed: ${message} ${line ?? ''}`.trim())
  }
}

export async function recordMigration(tx: Tx, migration: Migration): Promise<void> {
  await tx`
    insert into database.migration (number, name, digest)
    values (${migration.number}, ${migration.name}, ${migration.digest})`
}
