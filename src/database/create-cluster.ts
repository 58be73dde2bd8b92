import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseFault } from './database-fault.ts'
import type { Place } from './place.ts'
import { serverProcess } from './postmaster.ts'

/** PostgreSQL's first user, who makes roles and databases; the server never connects as it. */
export const superuser = 'postgres'

export function clusterExists(place: Place): boolean {
  return existsSync(join(place.data, 'PG_VERSION'))
}

/**
 * Makes PostgreSQL's data directory (about a second, once). It is made beside and renamed when it
 * is complete, so a start that was cut short leaves nothing that looks like a database.
 */
export function createCluster(place: Place, password: string): void {
  const partial = `${place.data}.new`
  const passwordFile = join(place.socketDir, 'password')
  rmSync(partial, { recursive: true, force: true })
  mkdirSync(partial, { mode: 0o700 })
  chmodSync(partial, 0o700)
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (place.account) {
    for (const path of [partial, passwordFile]) {
      chownSync(path, place.account.uid, place.account.gid)
    }
  }
  try {
    runInitdb(place, partial, passwordFile)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(partial, place.data)
}

function runInitdb(place: Place, data: string, passwordFile: string): void {
  // Without a locale in the environment initdb would choose SQL_ASCII.
  const choices = ['--encoding=UTF8', '--locale=C', '--auth=scram-sha-256', '--data-checksums']
  const where = [`--pgdata=${data}`, `--username=${superuser}`, `--pwfile=${passwordFile}`]
  const haste = place.durable ? [] : ['--no-sync']
  const run = spawnSync(
    join(place.binaries, 'bin', 'initdb'),
    [...where, ...choices, ...haste, '--no-instructions'],
    { ...serverProcess(place), encoding: 'utf8' },
  )
  if (run.status === 0) return
  rmSync(data, { recursive: true, force: true })
  const said = run.error?.message ?? `${run.stdout}\n${run.stderr}`.trim()
  throw new DatabaseFault(`PostgreSQL's data could not be made in ${place.data}:\n${said}`)
}
