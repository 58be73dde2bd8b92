import { setTimeout as sleep } from 'node:timers/promises'
import { required, stopwatch } from '#kernel'
import { connectTo, type Endpoint } from './connect.ts'
import { clusterExists, createCluster, superuser } from './create-cluster.ts'
import type { Sql } from './pool.ts'
import type { DatabaseConfig } from './database-config.ts'
import { DatabaseFault } from './database-fault.ts'
import { withFileLock } from './file-lock.ts'
import { isAlive } from './live-process.ts'
import { joinAs, type Participant } from './participants.ts'
import { derivePassword } from './password.ts'
import { choosePlace, tidyPlace, type Place } from './place.ts'
import { runningPostmaster, type Postmaster } from './postmaster-pid.ts'
import { signalPostmaster, startPostmaster, StartRefused, stopPostmaster } from './postmaster.ts'
import { roleName, type Role } from './role.ts'
import { createMissingRoles, letOnlyRolesIn, quoteName } from './roles-on-server.ts'
import { readOrCreateSecret } from './secret.ts'
import type { Server } from './server.ts'

type Log = (line: string) => void

const watchPeriodMs = 200
const answerPatienceMs = 30_000
const startAttempts = 8
const longestPauseMs = 5_000

/**
 * Starts the embedded server, or adopts the one already running on the same folder, left behind by
 * a killed process or shared with a living one. While open, a server that dies is started again.
 * Throws DatabaseFault with what to do about it.
 */
export async function openEmbeddedServer(config: DatabaseConfig, log: Log): Promise<Server> {
  const place = choosePlace(config, log)
  const databaseName = config.databaseName ?? 'coffer'
  const { participant, running, secret } = await withFileLock(place.lockFile, () =>
    enter(place, databaseName, log),
  )
  const state = { running, closed: false, starting: undefined as Promise<void> | undefined }

  async function ensureRunning(): Promise<void> {
    if (state.closed) throw new DatabaseFault('the database is closed')
    if (state.starting === undefined && isAlive(state.running.mark)) {
      if ((await askServer(state.running, secret)) === 'welcome') return
    }
    await startAgain()
  }

  function startAgain(): Promise<void> {
    state.starting ??= restart().finally(() => (state.starting = undefined))
    return state.starting
  }

  async function restart(): Promise<void> {
    log('PostgreSQL has ended; starting it again')
    for (let pauseMs = 100; !state.closed; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        const again = () => runOrAdopt(place, secret, log)
        state.running = await withFileLock(place.lockFile, again)
        return
      } catch (error) {
        log(`PostgreSQL cannot be started yet: ${(error as Error).message}`)
        await sleep(pauseMs)
      }
    }
  }

  const watch = setInterval(() => {
    if (!state.closed && !isAlive(state.running.mark)) void startAgain()
  }, watchPeriodMs).unref()

  function leaveAtExit(): void {
    if (participant.leave()) signalPostmaster(state.running.pid, 'SIGINT')
  }
  process.once('exit', leaveAtExit)

  return {
    kind: 'embedded',
    databaseName,
    endpoint: (role, database) => endpointOf({ running: state.running, secret, role, database }),
    ensureRunning,
    async close() {
      if (state.closed) return
      state.closed = true
      clearInterval(watch)
      await state.starting?.catch(() => undefined)
      process.removeListener('exit', leaveAtExit)
      await withFileLock(place.lockFile, async () => {
        if (!participant.leave()) return
        const found = runningPostmaster(place.data)
        if (found) await stopPostmaster(found)
        tidyPlace(place)
      })
    },
  }
}

interface Entered {
  readonly participant: Participant
  readonly running: Postmaster
  readonly secret: string
}

/** Under the lock: signs on, makes the cluster if there is none, starts or adopts the server. */
async function enter(place: Place, databaseName: string, log: Log): Promise<Entered> {
  const secret = readOrCreateSecret(place.secretFile, clusterExists(place))
  if (!clusterExists(place)) createCluster(place, derivePassword(secret, superuser))
  const participant = joinAs(place.participants)
  try {
    const running = await runOrAdopt(place, secret, log)
    await prepareServer(endpointOf({ running, secret, role: 'admin', database: 'postgres' }), {
      secret,
      databaseName,
    })
    return { participant, running, secret }
  } catch (error) {
    const found = participant.leave() ? runningPostmaster(place.data) : undefined
    if (found) await stopPostmaster(found)
    throw error
  }
}

async function runOrAdopt(place: Place, secret: string, log: Log): Promise<Postmaster> {
  const found = runningPostmaster(place.data)
  if (found) {
    const reply = await askServer(found, secret)
    if (reply === 'welcome') return found
    if (reply === 'refused') throw secretDoesNotFit(place)
    log(`a PostgreSQL server (process ${found.pid}) does not answer; stopping it`)
    await stopPostmaster(found)
  }
  return startWithRetries(place, log)
}

/**
 * After a kill -9 the dead server's children may hold its shared memory for a few hundred
 * milliseconds, and a start within that time is refused: try again, ever more slowly.
 */
async function startWithRetries(place: Place, log: Log): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startPostmaster(place)
    } catch (error) {
      const mayPass = error instanceof StartRefused && error.passing
      if (!mayPass || attempt === startAttempts) throw error
      log('PostgreSQL refuses to start just yet; trying again')
      await sleep(100 * 2 ** (attempt - 1))
    }
  }
}

function secretDoesNotFit(place: Place): DatabaseFault {
  return new DatabaseFault(
    `the running database in ${place.home} refuses the password in ${place.secretFile}:` +
      ' put back the file that belongs to it',
  )
}

/** Whether the server lets us in with our password; one that is still starting gets time. */
async function askServer(
  running: Postmaster,
  secret: string,
): Promise<'welcome' | 'refused' | 'silent'> {
  const elapsedMs = stopwatch()
  const admin = connectTo(endpointOf({ running, secret, role: 'admin', database: 'postgres' }), {
    max: 1,
    applicationName: 'coffer adopting',
  })
  try {
    while (isAlive(running.mark) && elapsedMs() < answerPatienceMs) {
      try {
        await admin`select 1`
        return 'welcome'
      } catch (error) {
        if ((error as { code?: string }).code === '28P01') return 'refused'
        await sleep(50)
      }
    }
    return 'silent'
  } finally {
    await admin.end({ timeout: 1 })
  }
}

function endpointOf(wanted: {
  running: Postmaster
  secret: string
  role: Role | 'admin'
  database: string
}): Endpoint {
  const { running, secret, role, database } = wanted
  const user = role === 'admin' ? superuser : roleName(role)
  return { path: running.socket, database, user, password: derivePassword(secret, user) }
}

async function prepareServer(
  endpoint: Endpoint,
  { secret, databaseName }: { secret: string; databaseName: string },
): Promise<void> {
  const admin: Sql = connectTo(endpoint, { max: 1, applicationName: 'coffer opening' })
  try {
    const [row] = await admin<{ there: boolean; roles: number }[]>`
      select exists (select from pg_database where datname = ${databaseName}) as there,
        (select count(*) from pg_roles where rolname like 'coffer\\_%')::int as roles`
    const { there, roles } = required(row, 'row')
    if (roles < 4) await createMissingRoles(admin, secret)
    if (there) return
    await admin.unsafe(`create database ${quoteName(databaseName)}`)
    await letOnlyRolesIn(admin, databaseName)
  } finally {
    await admin.end({ timeout: 5 })
  }
}
