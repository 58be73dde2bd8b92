import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  lstatSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmdirSync,
} from 'node:fs'
import { join } from 'node:path'
import { sha256Hex } from '#kernel'
import { areComplete, copyBinaries, findBinaries } from './binaries.ts'
import type { DatabaseConfig } from './database-config.ts'
import { DatabaseFault } from './database-fault.ts'
import { makePassableFolder } from './make-folder.ts'
import { accountForServer, firstClosedTo, isRoot, type OsAccount } from './os-account.ts'

/** Where the embedded server keeps what it needs, and whom it runs as. */
export interface Place {
  readonly home: string
  /** PostgreSQL's own data directory. */
  readonly data: string
  readonly socketDir: string
  readonly serverLog: string
  readonly secretFile: string
  readonly lockFile: string
  readonly participants: string
  readonly binaries: string
  /** The OS user PostgreSQL runs as; undefined: the one we run as. */
  readonly account: OsAccount | undefined
  readonly durable: boolean
}

type Log = (line: string) => void

/**
 * `sun_path` holds 104 bytes on macOS and 108 on Linux, and PostgreSQL adds 19 characters to the
 * folder for its socket's lock file.
 */
const longestSocketDir = 80

/** Decides on the folders and makes them. Throws DatabaseFault when a folder cannot be used. */
export function choosePlace(config: DatabaseConfig, log: Log): Place {
  const asked = isRoot() ? homeForRoot(config, log) : makeOwnHome(config)
  // One spelling for one folder: a running server is recognised by the path it was given.
  const home = realpathSync(asked)
  const data = join(home, 'postgresql')
  const account = isRoot() ? accountForServer(data) : undefined
  if (account) insistOnReach(account, home, config)
  return {
    home,
    data,
    account,
    socketDir: makeSocketDir(home, account),
    serverLog: join(home, 'postgresql.log'),
    secretFile: join(home, 'secret'),
    lockFile: join(home, 'lock'),
    participants: join(home, 'participants'),
    binaries: reachableBinaries(config, { home, account }, log),
    durable: config.durable ?? true,
  }
}

/** Root's folder for this checkout: a system directory, because a checkout may be closed off. */
function systemHome(config: DatabaseConfig): string {
  const name = sha256Hex(config.checkout).slice(0, 12)
  return join(config.systemDir ?? '/var/lib/coffer', name)
}

function homeForRoot(config: DatabaseConfig, log: Log): string {
  const home = config.dataDir ?? systemHome(config)
  try {
    makePassableFolder(home)
    // An empty folder given to us (mktemp -d makes it 0700) becomes ours; a used one is left alone.
    if (readdirSync(home).length === 0) chmodSync(home, 0o711)
  } catch (error) {
    throw new DatabaseFault(
      `cannot make the data folder ${home}: ${(error as Error).message}. Set COFFER_DATA.`,
    )
  }
  if (config.dataDir === undefined) log(`running as root: the database is kept in ${home}`)
  return home
}

function makeOwnHome(config: DatabaseConfig): string {
  const home = config.dataDir ?? join(config.checkout, '.coffer')
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK)
    return home
  } catch (error) {
    throw new DatabaseFault(
      `cannot use the data folder ${home}: ${(error as Error).message}. Set COFFER_DATA.`,
    )
  }
}

function insistOnReach(account: OsAccount, home: string, config: DatabaseConfig): void {
  const closed = firstClosedTo(account, home)
  if (closed === undefined) return
  throw new DatabaseFault(
    `the data folder ${home} cannot be used: PostgreSQL refuses to run as root, and the OS user` +
      ` "${account.name}" that runs it instead may not enter ${closed}. Choose another folder in` +
      ` COFFER_DATA, or leave it unset and ${systemHome(config)} is used.`,
  )
}

/** Where the OS user can reach them: the installed ones if possible, else a copy. */
function reachableBinaries(
  config: DatabaseConfig,
  { home, account }: { home: string; account: OsAccount | undefined },
  log: Log,
): string {
  const installed = config.binaries ?? findBinaries()
  const program = join(installed, 'bin', 'postgres')
  const closed = account ? firstClosedTo(account, program) : undefined
  if (closed === undefined && areComplete(installed) && isExecutable(program)) return installed
  const folder = account ? systemHome(config) : home
  const copy = copyBinaries(installed, folder)
  log(`PostgreSQL's programs run from a copy: ${copy}`)
  if (account && firstClosedTo(account, join(copy, 'bin', 'postgres')) !== undefined) {
    throw new DatabaseFault(`the OS user "${account.name}" cannot run PostgreSQL from ${copy}`)
  }
  return copy
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A 0700 folder that belongs to the server's OS user, with a path short enough for a socket. */
function makeSocketDir(home: string, account: OsAccount | undefined): string {
  const beside = join(home, 'socket')
  const short = join('/tmp', `coffer-${sha256Hex(home).slice(0, 12)}`)
  const folder = Buffer.byteLength(beside) <= longestSocketDir ? beside : short
  const own = process.getuid?.()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const status = lstatSync(folder)
  // In a shared /tmp somebody else may have made it first, to listen in our place.
  if (!status.isDirectory() || (status.uid !== own && status.uid !== account?.uid)) {
    throw new DatabaseFault(
      `the folder ${folder} for the database's socket belongs to another user`,
    )
  }
  chmodSync(folder, 0o700)
  if (account) chownSync(folder, account.uid, account.gid)
  return folder
}

/** Removes the socket's folder if it lies outside the data folder and the server has ended. */
export function tidyPlace(place: Place): void {
  if (place.socketDir.startsWith(place.home)) return
  try {
    rmdirSync(place.socketDir)
  } catch {
    // Somebody started the server again meanwhile: then it is theirs.
  }
}
