import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { stopwatch } from '#kernel'
import { DatabaseFault } from './database-fault.ts'
import { isAlive } from './live-process.ts'
import type { Place } from './place.ts'
import { disownStaleFiles, runningPostmaster, type Postmaster } from './postmaster-pid.ts'

/** Recovery after a crash replays at most `max_wal_size`: seconds, but a slow disk may be slow. */
const startPatienceMs = 120_000
const largestLogBytes = 16 * 1024 * 1024
const pauseMs = 20

/** PostgreSQL started and said no: may work if tried again (its killed children still end). */
export class StartRefused extends DatabaseFault {
  readonly passing: boolean
  constructor(message: string, passing: boolean) {
    super(message)
    this.passing = passing
  }
}

/** For two cores; everything that makes a commit durable stays at its default, on. */
function settingsFor(place: Place): Record<string, string> {
  return {
    listen_addresses: '',
    unix_socket_directories: place.socketDir,
    unix_socket_permissions: '0700',
    port: '5432',
    password_encryption: 'scram-sha-256',
    max_connections: '60',
    shared_buffers: '256MB',
    effective_cache_size: '1GB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    // This build only has pglz, which the lane's one back end pays for after each checkpoint
    // (docs/decisions/0011).
    wal_compression: 'off',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    logging_collector: 'off',
    log_checkpoints: 'off',
    ...(!place.durable && { fsync: 'off', full_page_writes: 'off', max_connections: '100' }),
  }
}

/** Starts the server and waits until it takes connections. Throws StartRefused. */
export async function startPostmaster(place: Place): Promise<Postmaster> {
  disownStaleFiles(place)
  rotateLog(place.serverLog)
  const log = openSync(place.serverLog, 'a', 0o600)
  const from = statSync(place.serverLog).size
  const settings = Object.entries(settingsFor(place)).flatMap(([k, v]) => ['-c', `${k}=${v}`])
  const child = spawn(join(place.binaries, 'bin', 'postgres'), ['-D', place.data, ...settings], {
    ...serverProcess(place),
    // Its own session: Ctrl-C in our terminal must not reach it before we have finished.
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  let ended: string | undefined
  child.on('error', (error) => (ended = error.message))
  child.on('exit', (code, signal) => (ended = `it ended with ${signal ?? code}`))
  child.unref()
  const elapsedMs = stopwatch()
  for (;;) {
    const found = runningPostmaster(place.data)
    if (found?.pid === child.pid && found?.ready) return found
    if (ended !== undefined) throw refusal(place, ended, from)
    if (elapsedMs() > startPatienceMs) throw refusal(place, 'it takes too long', from)
    await sleep(pauseMs)
  }
}

/** Whom PostgreSQL's programs run as and what they see: never our own environment. */
export function serverProcess(place: Place) {
  return {
    ...(place.account && { uid: place.account.uid, gid: place.account.gid }),
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  }
}

/** Ends a server: politely, then firmly. Committed rows survive all three ways. */
export async function stopPostmaster({ pid, mark }: Postmaster): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', 15_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5_000],
  ] as const) {
    signalPostmaster(pid, signal)
    const elapsedMs = stopwatch()
    while (elapsedMs() < patienceMs) {
      if (!isAlive(mark)) return
      await sleep(pauseMs)
    }
  }
}

export function signalPostmaster(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function refusal(place: Place, what: string, from: number): StartRefused {
  const tail = readFileSync(place.serverLog).subarray(from).toString('utf8')
  const lines = tail.trimEnd().split('\n').slice(-20).join('\n  ')
  const passing = /still in use|lock file .* already exists|starting up|shutting down/.test(tail)
  return new StartRefused(
    `PostgreSQL did not start (${what}). The end of its log ${place.serverLog}:\n  ${lines}`,
    passing,
  )
}

function rotateLog(file: string): void {
  if (existsSync(file) && statSync(file).size > largestLogBytes) renameSync(file, `${file}.1`)
}
