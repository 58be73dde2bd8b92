import { stopwatch } from '#kernel'
import { DatabaseFault } from '../database-fault.ts'
import { describeSchema } from '../describe-schema.ts'
import { applyMigration, migrationLock, recordMigration } from '../migrate.ts'
import type { Migration } from '../migration.ts'
import type { Database } from '../open-database.ts'
import type { Sql, Tx } from '../pool.ts'
import { readMigrations } from '../read-migrations.ts'
import { bareTables } from './bare-tables.ts'
import { copyIn } from './copy-in.ts'
import { sqlNameOf, type Manifest } from './manifest.ts'
import { readOwnTables } from './own-tables.ts'
import { progressLine } from './write-backup.ts'

export interface RestoreOptions {
  /** The backup's folder, its files checked before (`checkBackup`). */
  readonly from: string
  readonly manifest: Manifest
  /** Looks at the restored rows before anybody else can; a throw undoes everything. */
  readonly inspect: (restored: Sql) => Promise<void>
  readonly log: (line: string) => void
  readonly migrations?: readonly Migration[]
}

/**
 * Fills an empty database with a backup, in ONE transaction: the backup's own migrations, its rows,
 * keys and indexes, newer migrations, the caller's inspection. Until it commits nobody sees
 * anything; whatever ends it before leaves the database as empty as it was, so there is no such
 * thing as half-restored data. A server started meanwhile waits for it. Answers the names of the
 * newer migrations. Throws DatabaseFault.
 */
export async function restoreBackup(
  database: Database,
  options: RestoreOptions,
): Promise<readonly string[]> {
  const { manifest, migrations = readMigrations() } = options
  const { own, newer } = splitMigrations(manifest, migrations)
  const owner = database.connect('owner', { max: 1, applicationName: 'coffer restore' })
  try {
    return await owner.begin(async (tx) => {
      await tx`select pg_catalog.pg_advisory_xact_lock(${migrationLock})`
      await insistOnEmpty(tx, database.name, own)
      for (const migration of own) await applyMigration(tx, migration)
      await loadAll(tx, options)
      for (const migration of newer) {
        await applyMigration(tx, migration)
        await recordMigration(tx, migration)
      }
      await options.inspect(tx as unknown as Sql)
      return newer.map(({ name }) => name)
    })
  } finally {
    await owner.end({ timeout: 5 })
  }
}

/** Which of ours the backup was made with, and which came later. */
function splitMigrations(
  manifest: Manifest,
  migrations: readonly Migration[],
): { own: readonly Migration[]; newer: readonly Migration[] } {
  const known = new Map(migrations.map((migration) => [migration.number, migration]))
  for (const { number, name, digest } of manifest.migrations) {
    const migration = known.get(number)
    if (migration?.name === name && migration.digest === digest) continue
    throw new DatabaseFault(
      migration === undefined
        ? `the backup has migration ${name}, which this version of Coffer does not know:` +
            ' restore it with the newer version'
        : `migration ${name} is not the one the backup was made with: use a version of Coffer` +
            ' whose file was not changed',
    )
  }
  const numbers = new Set(manifest.migrations.map(({ number }) => number))
  return {
    own: migrations.filter(({ number }) => numbers.has(number)),
    newer: migrations.filter(({ number }) => !numbers.has(number)),
  }
}

async function insistOnEmpty(
  tx: Tx,
  name: string,
  migrations: readonly Migration[],
): Promise<void> {
  const modules = [...new Set(migrations.map(({ module }) => module))]
  const there = await tx<{ name: string }[]>`
    select nspname as name from pg_namespace
    where nspowner = (select oid from pg_roles where rolname = current_user)
      or nspname = any(${modules}) order by nspname`
  if (there.length === 0) return
  throw new DatabaseFault(
    `the database ${name} is not empty (schema ${there[0]?.name}): a backup goes into a new` +
      ' one only; name another COFFER_DATA or DATABASE_URL',
  )
}

async function loadAll(tx: Tx, { manifest, from, log }: RestoreOptions): Promise<void> {
  const sql = tx as unknown as Sql
  const here = await readOwnTables(sql)
  insistOnSameTables(manifest, here)
  const before = await describeSchema(sql)
  // What migrations wrote is in the backup as it was last; emptied now, tables load frozen.
  await tx.unsafe(`truncate ${here.map(({ quoted }) => quoted).join(', ')}`)
  await tx.unsafe(`set local maintenance_work_mem = '128MB'`)
  const partitioned = new Set(here.flatMap((each) => (each.partitioned ? [each.name] : [])))
  const dressTables = await bareTables(tx)
  for (const table of manifest.tables) {
    const elapsedMs = stopwatch()
    await copyIn(tx, table, { from, partitioned: partitioned.has(table.name) })
    if (table.rows > 0) log(progressLine(table, elapsedMs()))
  }
  const elapsedMs = stopwatch()
  await dressTables()
  log(`keys and indexes made in ${(elapsedMs() / 1_000).toFixed(1)} s`)
  for (const sequence of manifest.sequences) {
    const { lastValue, isCalled } = sequence
    await tx`select setval(${sqlNameOf(sequence)}::regclass, ${BigInt(lastValue)}, ${isCalled})`
  }
  if ((await describeSchema(sql)) !== before) {
    throw new DatabaseFault('keys or indexes were not put back as they were; nothing was restored')
  }
  for (const { quoted } of here) await tx.unsafe(`analyze ${quoted}`)
}

function insistOnSameTables(
  manifest: Manifest,
  here: readonly { readonly name: string; readonly columns: unknown }[],
): void {
  const shape = (table: { readonly columns: unknown }) => JSON.stringify(table.columns)
  const ours = new Map(here.map((table) => [table.name, shape(table)]))
  for (const table of manifest.tables) {
    const columns = ours.get(table.name)
    ours.delete(table.name)
    if (columns === shape(table)) continue
    throw new DatabaseFault(
      `table ${table.name} ${columns === undefined ? 'is not made by' : 'has other columns in'}` +
        " the backup's migrations",
    )
  }
  const [missing] = ours.keys()
  if (missing !== undefined) throw new DatabaseFault(`the backup lacks table ${missing}`)
}
