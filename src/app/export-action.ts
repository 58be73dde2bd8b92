import { open, type FileHandle } from 'node:fs/promises'
import { once } from 'node:events'
import type { Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { ExportOptions } from '#cli'
import { migrate, openDatabase } from '#database'
import { exportJournal } from '#ledger'
import type { Config } from './config.ts'

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** `coffer export`: the journal with balances, streamed. Exit 2: no such account, days or file. */
export async function exportAction(config: Config, options: ExportOptions): Promise<number> {
  const { format, out, from, to, account } = options
  if (from !== undefined && to !== undefined && to < from) return refuse('--to is before --from')
  const database = await openDatabase(config.database, say)
  const sql = database.connect('reader', { max: 1, applicationName: 'coffer export' })
  const target = createTarget(out)
  try {
    await migrate(database)
    const selection = {
      format,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      ...(account !== undefined && { account }),
    }
    const written = await exportJournal(sql, target.write, selection)
    await target.close()
    if (!written.ok) return refuse(`there is no account ${account ?? ''}`)
    say(JSON.stringify(written.value))
    return 0
  } catch (error) {
    if (!(error instanceof OutFault)) throw error
    // A file named wrongly is bad usage; a reader that went away is not.
    const code = refuse(error.message)
    return out === undefined ? 1 : code
  } finally {
    await sql.end()
    await database.close()
  }
}

function refuse(why: string): number {
  say(why)
  return 2
}

/** The file cannot be written, or whoever read our output went away (`| head`). */
class OutFault extends Error {}

/** Opened by the first piece: a refused export leaves a file that is there as it was. */
function createTarget(path: string | undefined) {
  let file: FileHandle | null = null
  let stream: Writable | null = null
  let broken: Error | null = null

  async function openStream(): Promise<Writable> {
    if (path !== undefined) file = await open(path, 'w')
    const opened = file?.createWriteStream() ?? process.stdout
    opened.on('error', (error: Error) => (broken = error))
    return opened
  }
  async function attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step()
    } catch (error) {
      throw new OutFault(`cannot write ${path ?? 'the output'}: ${(error as Error).message}`)
    }
    if (broken !== null) throw new OutFault(`cannot write: ${String(broken)}`)
  }
  return {
    /** Waits while the other side is slower than the database. */
    write: (piece: string) =>
      attempt(async () => {
        stream ??= await openStream()
        if (piece !== '' && !stream.write(piece)) await once(stream, 'drain')
      }),
    close: () =>
      attempt(async () => {
        if (file === null || stream === null) return
        stream.end()
        await finished(stream)
      }),
  }
}
