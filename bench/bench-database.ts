import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, type Database } from '#database'

/** An embedded database of the bench's own, gone with all its files when the work has ended. */
export async function withBenchDatabase<Out>(
  work: (database: Database) => Promise<Out>,
): Promise<Out> {
  const dataDir = mkdtempSync(join(tmpdir(), 'coffer-bench-'))
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const database = await openDatabase({ checkout: process.cwd(), dataDir }, say)
  try {
    return await work(database)
  } finally {
    await database.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
