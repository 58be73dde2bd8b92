import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseFault } from './database-fault.ts'

/** An account of the operating system. */
export interface OsAccount {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/**
 * Whom PostgreSQL runs as when we are root, which it refuses: whoever owns the data already, else
 * `postgres` if the system has it, else `nobody`. No account is ever created.
 */
export function accountForServer(data: string): OsAccount {
  const accounts = readAccounts()
  const owner = ownerOf(data)
  if (owner !== undefined && owner.uid !== 0) {
    const name = accounts.find((account) => account.uid === owner.uid)?.name ?? `${owner.uid}`
    return { name, ...owner }
  }
  for (const name of ['postgres', 'nobody']) {
    const found = accounts.find((account) => account.name === name && account.uid > 0)
    if (found) return found
  }
  throw new DatabaseFault(
    'PostgreSQL refuses to run as root, and this system has neither a user "postgres" nor' +
      ' "nobody" to run it as. Start Coffer as an ordinary user, or set DATABASE_URL.',
  )
}

/**
 * The first of the folders leading to `path` (or `path` itself) that the account may not enter;
 * undefined when it can reach it. Asked of the system itself, so ACLs and mounts count too.
 */
export function firstClosedTo(account: OsAccount, path: string): string | undefined {
  const steps: string[] = []
  for (let step = path; step !== dirname(step); step = dirname(step)) steps.unshift(step)
  const script = 'for p; do test -x "$p" || { printf %s "$p"; exit 1; }; done'
  const probe = spawnSync('/bin/sh', ['-c', script, 'sh', ...steps], {
    uid: account.uid,
    gid: account.gid,
    cwd: '/',
    env: {},
    encoding: 'utf8',
  })
  if (probe.error) {
    throw new DatabaseFault(
      `cannot run programs as the OS user "${account.name}": ${probe.error.message}`,
    )
  }
  return probe.status === 0 ? undefined : probe.stdout
}

function ownerOf(path: string): { uid: number; gid: number } | undefined {
  try {
    const { uid, gid } = statSync(path)
    return { uid, gid }
  } catch {
    return undefined
  }
}

function readAccounts(): readonly OsAccount[] {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  return lines.map((line) => {
    const [name = '', , uid, gid] = line.split(':')
    return { name, uid: Number(uid), gid: Number(gid) }
  })
}
