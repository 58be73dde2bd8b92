import { systemRandom } from '#kernel'
import { connectTo, type Endpoint } from './connect.ts'
import { DatabaseFault } from './database-fault.ts'
import { endpointOfUrl } from './given-url.ts'
import type { Sql } from './pool.ts'
import { derivePassword, scramVerifier } from './password.ts'
import { roleName, roles, type Role } from './role.ts'
import { createMissingRoles, letRolesIn, quoteName } from './roles-on-server.ts'
import type { Server } from './server.ts'

type Log = (line: string) => void

const oldestVersion = 150_000

/**
 * Uses the server that DATABASE_URL names. It makes our roles if it may; where their passwords
 * cannot be set, connections sign in as the given user and become the role at once.
 * Throws DatabaseFault saying what is missing.
 */
export async function openGivenServer(databaseUrl: string, log: Log): Promise<Server> {
  const url = new URL(databaseUrl)
  const databaseName = decodeURIComponent(url.pathname.slice(1))
  // Without a password there is nothing secret to derive the roles' passwords from.
  const secret = url.password === '' ? undefined : decodeURIComponent(url.password)
  const given = endpointOfUrl(databaseUrl)
  const admin = connectTo(given, { max: 1, applicationName: 'coffer opening' })
  let signIn: boolean
  try {
    await insistOnVersion(admin)
    await makeRoles(admin, { databaseName, secret, given })
    signIn = secret !== undefined && (await rolesLetUsIn(given, secret))
    if (!signIn) log('roles cannot sign in by themselves here; the given user becomes them')
  } finally {
    await admin.end({ timeout: 5 })
  }

  function endpoint(role: Role | 'admin', database: string): Endpoint {
    if (role === 'admin') return { ...given, database }
    const name = roleName(role)
    if (role === 'owner' || !signIn || secret === undefined) {
      return { ...given, database, becomes: name }
    }
    return { ...given, database, user: name, password: derivePassword(secret, name) }
  }

  return {
    kind: 'given',
    databaseName,
    endpoint,
    async ensureRunning() {
      const probe = connectTo(endpoint('app', databaseName), { max: 1 })
      try {
        await probe`select 1`
      } finally {
        await probe.end({ timeout: 1 })
      }
    },
    close: () => Promise.resolve(),
  }
}

async function insistOnVersion(admin: Sql): Promise<void> {
  let version: number
  try {
    const [row] = await admin<{ version: number }[]>`
      select current_setting('server_version_num')::int as version`
    version = row?.version ?? 0
  } catch (error) {
    throw new DatabaseFault(`DATABASE_URL cannot be used: ${(error as Error).message}`)
  }
  if (version < oldestVersion) {
    throw new DatabaseFault(`DATABASE_URL is PostgreSQL ${version}; Coffer needs 15 or newer`)
  }
}

interface Setting {
  readonly databaseName: string
  readonly secret: string | undefined
  readonly given: Endpoint
}

async function makeRoles(admin: Sql, setting: Setting): Promise<void> {
  const { databaseName, secret, given } = setting
  const refusals: string[] = []
  // Each on its own: where roles were made by somebody else, some of this may be denied.
  async function attempt(step: () => Promise<unknown>): Promise<void> {
    await step().catch((error: Error) => refusals.push(error.message))
  }
  if (!(await rolesAreReady(admin, databaseName))) {
    const random = Buffer.from(systemRandom.bytes(32)).toString('hex')
    await attempt(() => createMissingRoles(admin, secret ?? random))
    for (const name of roles.map(roleName)) {
      await attempt(() => admin.unsafe(`grant ${name} to current_user`))
    }
    await attempt(() => letRolesIn(admin, databaseName))
  }
  // Only when they do not fit: passwords are never altered under a running server.
  if (secret !== undefined && !(await rolesLetUsIn(given, secret))) {
    await attempt(() => setPasswords(admin, secret))
  }
  if (await rolesAreReady(admin, databaseName)) return
  const names = roles.map(roleName)
  const statements = [
    ...names.map((name) => `create role ${name} login noinherit;`),
    `grant ${names.join(', ')} to "<the user in DATABASE_URL>";`,
    `grant connect on database ${quoteName(databaseName)} to ${names.join(', ')};`,
    `grant create on database ${quoteName(databaseName)} to ${roleName('owner')};`,
  ]
  throw new DatabaseFault(
    "the user in DATABASE_URL can neither use nor make Coffer's roles. Let somebody who may run" +
      ` (leaving out what exists):\n${statements.map((line) => `  ${line}`).join('\n')}\n` +
      `PostgreSQL said: ${refusals.join('; ')}`,
  )
}

async function setPasswords(admin: Sql, secret: string): Promise<void> {
  for (const name of roles.map(roleName)) {
    const verifier = scramVerifier(derivePassword(secret, name), systemRandom.bytes(16))
    await admin.unsafe(`alter role ${name} login password '${verifier}'`)
  }
}

async function rolesLetUsIn(given: Endpoint, secret: string): Promise<boolean> {
  const user = roleName('app')
  const password = derivePassword(secret, user)
  const probe = connectTo({ ...given, user, password }, { max: 1 })
  try {
    await probe`select 1`
    return true
  } catch {
    return false
  } finally {
    await probe.end({ timeout: 1 })
  }
}

/** All four exist, we may become each, and they may enter the database. */
async function rolesAreReady(admin: Sql, databaseName: string): Promise<boolean> {
  const rows = await admin<{ rolname: string }[]>`
    select rolname from pg_catalog.pg_roles
    where rolname = any(${roles.map(roleName)})
      and pg_catalog.pg_has_role(current_user, oid, 'member')
      and pg_catalog.has_database_privilege(oid, ${databaseName}, case rolname
        when ${roleName('owner')} then 'create' else 'connect' end)`
  return rows.length === roles.length
}
