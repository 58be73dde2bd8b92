import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandLineOf, markOf, type ProcessMark } from './live-process.ts'

/** What a running (or killed) server wrote about itself into `postmaster.pid`. */
export interface Postmaster {
  readonly mark: ProcessMark
  readonly pid: number
  readonly socket: string
  readonly ready: boolean
}

/**
 * The server that runs on this data directory, or undefined. A number left behind by a killed
 * server may by now be some other process's: then there is no server.
 */
export function runningPostmaster(data: string): Postmaster | undefined {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
  const pid = Number(lines[0])
  const mark = Number.isInteger(pid) && pid > 0 ? markOf(pid) : undefined
  if (mark === undefined || !servesData(pid, data)) return undefined
  const [port = '', socketDir = ''] = [lines[3], lines[4]]
  return {
    mark,
    pid,
    socket: join(socketDir, `.s.PGSQL.${port}`),
    ready: lines[7] === 'ready',
  }
}

/**
 * A server started now would refuse if the number in such a file happens to belong to another
 * process of the same user. It ignores its own parent's number, so that is written in its place;
 * the file stays, because its other lines name the shared memory of killed back ends, and by
 * that a server that we failed to recognise still keeps a second one away.
 */
export function disownStaleFiles({ data, socketDir }: { data: string; socketDir: string }): void {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return
  for (const name of ['.s.PGSQL.5432.lock', '.s.PGSQL.5432']) {
    rmSync(join(socketDir, name), { force: true })
  }
  const rest = readFileSync(file, 'utf8').split('\n').slice(1)
  writeFileSync(file, [`${process.pid}`, ...rest].join('\n'))
}

function servesData(pid: number, data: string): boolean {
  const words = commandLineOf(pid)
  return words === undefined || words.includes(data)
}
