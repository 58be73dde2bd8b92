import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { BackupOptions, RestoreOptions } from '#cli'
import {
  checkBackup,
  DatabaseFault,
  openDatabase,
  restoreBackup,
  writeBackup,
  type Database,
  type Manifest,
} from '#database'
import { verifySnapshot, type Verification } from '#flows'
import { stopwatch, systemClock, systemRandom, toRfc3339 } from '#kernel'
import { trialBalance } from '#ledger'
import { linesOf, readNote, writeNote, type BackupNote } from './backup-note.ts'
import { programVersion } from './checkout.ts'
import type { Config } from './config.ts'
import { findPepper, fitsSeal, installPepper, sealPepper } from './pepper-seal.ts'

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** `coffer backup`: everything in the database, as of one moment, into a new folder. */
export async function backupAction(config: Config, options: BackupOptions): Promise<number> {
  const elapsedMs = stopwatch()
  const pepper = findPepper(config)
  const seal = pepper === null ? null : sealPepper(pepper.pepper, systemRandom)
  const database = await openDatabase(config.database, say)
  try {
    const manifest = await writeBackup(database, {
      out: options.out,
      program: programVersion(),
      at: toRfc3339(systemClock.now()),
      describe: (snapshot) => writeNote(snapshot, seal),
      log: say,
    })
    const totals = { ...totalsOf(manifest), seconds: elapsedMs() / 1_000 }
    say(`${resolve(options.out)}: ${totals.rows} rows, ${megabytes(totals.fileBytes)} on disk`)
    if (pepper === null) say('No pepper was found: if the server has one, set COFFER_PEPPER.')
    else say(`NOT in the backup, and needed with it: the pepper. Keep ${pepper.where} elsewhere.`)
    say('It holds personal data in plain text: keep it as you keep the database.')
    const { at } = manifest
    tell(options.json, { ok: true, out: resolve(options.out), at, ...totals })
    return 0
  } finally {
    await database.close()
  }
}

/** `coffer restore`: a backup into an empty database; exit 1 and nothing changed when in doubt. */
export async function restoreAction(config: Config, options: RestoreOptions): Promise<number> {
  const elapsedMs = stopwatch()
  const from = resolve(options.from)
  const manifest = await checkBackup(from)
  const note = readNote(manifest.note)
  const totals = totalsOf(manifest)
  say(`${from}: ${totals.rows} rows of ${manifest.at}, every file is as it was written`)
  if (options.check) {
    tell(options.json, { ok: true, from, at: manifest.at, ...totals })
    return 0
  }
  const pepper = await pepperFor(config, { note, options })
  const database = await openDatabase(config.database, say)
  try {
    const restored = await restore(database, {
      from,
      manifest,
      note,
      options,
      before: () => {
        if (pepper !== null) installPepper(config, pepper)
      },
    })
    const seconds = elapsedMs() / 1_000
    say(`restored in ${seconds.toFixed(1)} s; the trial balance is the backup's`)
    tell(options.json, { ok: true, from, at: manifest.at, ...totals, seconds, ...restored })
    return 0
  } finally {
    await database.close()
  }
}

interface Restoring {
  readonly from: string
  readonly manifest: Manifest
  readonly note: BackupNote
  readonly options: RestoreOptions
  /** The last thing before the restored rows become visible. */
  readonly before: () => void
}

async function restore(
  database: Database,
  { from, manifest, note, options, before }: Restoring,
): Promise<{ migrations: readonly string[]; verified: Verification | null }> {
  let verified: Verification | null = null
  const migrations = await restoreBackup(database, {
    from,
    manifest,
    log: say,
    async inspect(restored) {
      const books = linesOf(await trialBalance(restored))
      if (JSON.stringify(books) !== JSON.stringify(note.trialBalance)) {
        throw new DatabaseFault("the restored books do not come to the backup's trial balance")
      }
      const found = await verifySnapshot(restored)
      insistOnWhole(found, options.evenIfBroken)
      verified = found
      before()
    },
  })
  return { migrations, verified }
}

function insistOnWhole({ invariants, external, ok }: Verification, accepted: boolean): void {
  if (ok) {
    say(`verified: ${invariants.map(({ id }) => id).join(', ')}`)
    return
  }
  for (const { id, broken } of invariants.filter((each) => !each.ok)) {
    for (const what of broken) say(`${id} BROKEN  ${what}`)
  }
  for (const { partner } of external.filter(({ equal }) => !equal)) say(`${partner} DIFFERENT`)
  if (accepted) return
  throw new DatabaseFault(
    'the rows are those of the backup, and break these rules: so did the database it was made of.' +
      ' Nothing was restored; --even-if-broken restores it as it is',
  )
}

/** The pepper to put in place, null when it is there already or none is needed. */
async function pepperFor(
  config: Config,
  { note, options }: { note: BackupNote; options: RestoreOptions },
): Promise<string | null> {
  const { pepper: seal } = note
  if (seal === null || options.withoutPepper) return null
  const named = options.pepper
  const given = named === undefined ? null : (await text(createReadStream(named))).trim()
  const pepper = given ?? findPepper(config)?.pepper
  if (pepper !== undefined && fitsSeal(pepper, seal)) return given
  throw new DatabaseFault(
    `${pepper === undefined ? 'the pepper is missing' : 'this is not the pepper'} that the backup` +
      ' was made with. It is kept apart from backups: name its file with --pepper, or set' +
      ' COFFER_PEPPER. Without it ID numbers on file match nobody any more, and codes under way' +
      ' are void; --without-pepper accepts that for ever',
  )
}

function totalsOf({ tables }: Manifest) {
  const sum = (pick: (table: Manifest['tables'][number]) => number) =>
    tables.reduce((total, table) => total + pick(table), 0)
  return {
    tables: tables.length,
    rows: sum(({ rows }) => rows),
    bytes: sum(({ bytes }) => bytes),
    fileBytes: sum(({ fileBytes }) => fileBytes),
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

function tell(json: boolean, result: object): void {
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`)
}
