import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { stopwatch } from '#kernel'
import { DatabaseFault } from '../database-fault.ts'
import { withFileLock } from '../file-lock.ts'
import type { Database } from '../open-database.ts'
import type { Sql, Tx } from '../pool.ts'
import { copyOut } from './copy-out.ts'
import {
  formatVersion,
  manifestFile,
  manifestText,
  parseManifest,
  sumsFile,
  sumsText,
  type BackedUpTable,
  type Manifest,
} from './manifest.ts'
import { readOwnSequences, readOwnTables } from './own-tables.ts'

export interface BackupOptions {
  /** The folder to be made; one that exists must be empty. */
  readonly out: string
  readonly program: string
  /** Now, RFC 3339. */
  readonly at: string
  /** Answers what goes into the manifest as its note, read from the same snapshot. */
  readonly describe: (snapshot: Sql) => Promise<unknown>
  readonly log: (line: string) => void
}

/**
 * Writes all rows of our schemas, as of one moment, into a new folder, while others go on writing.
 * It is made beside, under `OUT.partial`, and renamed when everything is on the disk: whatever ends
 * this before leaves nothing that looks like a backup, and the next one to the same place clears
 * it away. Throws DatabaseFault when the place is taken.
 */
export async function writeBackup(database: Database, options: BackupOptions): Promise<Manifest> {
  const out = resolve(options.out)
  const parent = dirname(out)
  if (!existsSync(parent)) throw new DatabaseFault(`there is no folder ${parent}`)
  return withFileLock(`${out}.lock`, async () => {
    insistOnFree(out)
    const partial = `${out}.partial`
    rmSync(partial, { recursive: true, force: true })
    mkdirSync(partial, { mode: 0o700 })
    try {
      const manifest = await copyAll(database, { ...options, out: partial })
      // What a restore would refuse to read is no backup.
      parseManifest(manifestText(manifest))
      writeDurably(join(partial, sumsFile), sumsText(manifest))
      writeDurably(join(partial, manifestFile), manifestText(manifest))
      syncFolder(partial)
      renameSync(partial, out)
      syncFolder(parent)
      return manifest
    } catch (error) {
      rmSync(partial, { recursive: true, force: true })
      throw error
    }
  })
}

function insistOnFree(out: string): void {
  if (!existsSync(out)) return
  if (statSync(out).isDirectory() && readdirSync(out).length === 0) return
  throw new DatabaseFault(`${out} exists already: a backup is never written over; name another one`)
}

async function copyAll(database: Database, options: BackupOptions): Promise<Manifest> {
  const owner = database.connect('owner', { max: 1, applicationName: 'coffer backup' })
  try {
    return await owner.begin('isolation level repeatable read read only', (tx) =>
      copySnapshot(tx, options),
    )
  } finally {
    await owner.end({ timeout: 5 })
  }
}

async function copySnapshot(tx: Tx, options: BackupOptions): Promise<Manifest> {
  const { program, at, describe, log } = options
  const snapshot = tx as unknown as Sql
  const tables = await readOwnTables(snapshot)
  if (!tables.some(({ name }) => name === 'database.migration')) {
    throw new DatabaseFault('this database holds no data of Coffer: there is nothing to back up')
  }
  // No migration may change a table between now and its turn; reading and writing go on.
  await tx.unsafe(
    `lock table ${tables.map(({ quoted }) => quoted).join(', ')} in access share mode`,
  )
  const migrations = await tx<Manifest['migrations']>`
    select number, name, digest from database.migration order by number`
  const [server] = await tx<{ version: string }[]>`
    select current_setting('server_version') as version`
  const note = await describe(snapshot)
  const copied: BackedUpTable[] = []
  for (const table of tables) {
    const elapsedMs = stopwatch()
    const done = await copyOut(tx, table, options.out)
    copied.push(done)
    if (done.rows > 0) log(progressLine(done, elapsedMs()))
  }
  return {
    format: 'coffer backup',
    version: formatVersion,
    program,
    at,
    postgresql: server?.version ?? '',
    migrations: migrations.map(({ number, name, digest }) => ({ number, name, digest })),
    tables: copied,
    sequences: await readOwnSequences(snapshot),
    note,
  }
}

/** `ledger.posting   1200000 rows  72.1 MB  1.4 s  51 MB/s`. */
export function progressLine(
  { name, rows, bytes }: Pick<BackedUpTable, 'name' | 'rows' | 'bytes'>,
  ms: number,
): string {
  const megabytes = bytes / 1e6
  const speed = ms > 0 ? `${((megabytes * 1_000) / ms).toFixed(0)} MB/s` : ''
  const size = `${megabytes.toFixed(1)} MB`
  return `${name.padEnd(28)} ${String(rows).padStart(10)} rows  ${size.padStart(10)}  ${speed}`
}

function writeDurably(file: string, text: string): void {
  writeFileSync(file, text, { flag: 'wx', mode: 0o600, flush: true })
}

/** A rename is on the disk once the folder is. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
