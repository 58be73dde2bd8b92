import { createReadStream, createWriteStream, existsSync, renameSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { ArchiveOptions } from '#cli'
import { readTestClock, simulatedNow } from '#commit'
import { DatabaseFault, migrate, openDatabase, type Sql } from '#database'
import { minute, systemClock } from '#kernel'
import {
  archiveMonth,
  boundsOfMonth,
  createArchiveReader,
  type ArchivedMonth,
  type ArchiveReport,
} from '#ledger'
import type { Config } from './config.ts'

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** A line of an archive is a few hundred bytes; what is longer is none. */
const longestLine = 1_000_000

/** `coffer archive`: writes a closed month and verifies the file; or verifies one. */
export async function archiveAction(config: Config, options: ArchiveOptions): Promise<number> {
  const { month, out, check, json } = options
  if (check !== undefined && month === undefined && out === undefined) {
    return report(await checkArchive(check), { file: check, json })
  }
  if (month === undefined || out === undefined || check !== undefined) {
    say('either --month YYYY-MM --out FILE, or --check FILE')
    return 2
  }
  const file = resolve(out)
  if (existsSync(file)) throw new DatabaseFault(`${file} exists already: name another one`)
  const written = await writeMonth(config, month, `${file}.partial`)
  // What is on the disk is read again before it may be called an archive.
  const found = await checkArchive(`${file}.partial`)
  if (found.faults.length > 0 || found.entries !== written.entries) {
    rmSync(`${file}.partial`)
    return report(found, { file, json })
  }
  renameSync(`${file}.partial`, file)
  say('Nothing was deleted from the database: no role of the server may.')
  return report(found, { file, json })
}

async function writeMonth(config: Config, month: string, partial: string): Promise<ArchivedMonth> {
  const database = await openDatabase(config.database, say)
  const sql = database.connect('reader', { max: 1, applicationName: 'coffer archive' })
  try {
    await migrate(database)
    await insistOnClosed(sql, month)
    rmSync(partial, { force: true })
    const zip = createGzip()
    const file = createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true })
    const onDisk = pipeline(zip, file)
    // A full disk is told by `onDisk`: whoever waits for room must hear of it too.
    const failed = onDisk.then(() => new Promise<never>(() => undefined))
    failed.catch(() => undefined)
    const written = await archiveMonth(sql, month, async (piece) => {
      if (!zip.write(piece)) await Promise.race([once(zip, 'drain'), failed])
    })
    zip.end()
    await onDisk
    return written
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  } finally {
    await sql.end()
    await database.close()
  }
}

/** The clock of the product is past it; a minute more for what is being committed. */
async function insistOnClosed(sql: Sql, month: string): Promise<void> {
  const real = systemClock.now()
  const clock = await readTestClock(sql)
  const now = clock === null ? real : simulatedNow(clock, real)
  if (now >= boundsOfMonth(month).to + minute) return
  throw new DatabaseFault(`the month ${month} is not over: only closed months are archived`)
}

/** Reads a file of any size; what is wrong with it is in the report. */
async function checkArchive(path: string): Promise<ArchiveReport> {
  const reader = createArchiveReader()
  const packed = createReadStream(path)
  const text = createGunzip().setEncoding('utf8')
  packed.on('error', (error) => text.destroy(error))
  let rest = ''
  let damage: string | undefined
  try {
    for await (const piece of packed.pipe(text) as AsyncIterable<string>) {
      const lines = (rest + piece).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) reader.line(line)
      if (rest.length > longestLine) throw new Error('a line without end')
    }
    if (rest !== '') reader.line(rest)
  } catch (error) {
    damage = `the file cannot be read: ${(error as Error).message}`
    packed.destroy()
  }
  const found = reader.end()
  return damage === undefined ? found : { ...found, faults: [damage, ...found.faults] }
}

function report(found: ArchiveReport, { file, json }: { file: string; json: boolean }): number {
  const { month, accounts, entries, postings, faults } = found
  const ok = faults.length === 0
  for (const fault of faults) say(fault)
  const counts = `${entries} entries, ${postings} postings, ${accounts} accounts`
  say(`${file}: ${ok ? 'sound' : 'NOT SOUND'}: ${month}, ${counts}`)
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ ok, file, month, entries, postings, accounts, faults })}\n`,
    )
  }
  return ok ? 0 : 1
}
