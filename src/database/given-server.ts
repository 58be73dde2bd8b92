import { systemRandom } from '#kernel'
import { connectTo, type Endpoint, type Sql } from './connect.ts'
import { DatabaseFault } from './database-fault.ts'
import { derivePassword, scramVerifier } from './password.ts'
import { roleName, roles, type Role } from './role.ts'
import { createMissingRoles, openDatabaseToRoles, quoteName } from './roles-on-server.ts'
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
  const admin = connectTo({ url: databaseUrl }, { max: 1, applicationName: 'coffer opening' })
  let signIn: boolean
  try {
    await insistOnVersion(admin)
    await makeRoles(admin, { databaseName, secret, log })
    signIn = secret !== undefined && (await rolesLetUsIn(databaseUrl, secret))
    if (!signIn) log('roles cannot sign in by themselves here; the given user becomes them')
  } finally {
    await admin.end({ timeout: 5 })
  }

  function endpoint(role: Role | 'admin', database: string): Endpoint {
    if (role === 'admin') return { url: databaseUrl, database }
    const name = roleName(role)
    if (role === 'owner' || !signIn || secret === undefined) {
      return { url: databaseUrl, database, becomes: name }
    }
    return { url: databaseUrl, database, user: name, password: derivePassword(secret, name) }
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

async function makeRoles(
  admin: Sql,
  { databaseName, secret, log }: { databaseName: string; secret: string | undefined; log: Log },
): Promise<void> {
  try {
    await createMissingRoles(admin, secret ?? Buffer.from(systemRandom.bytes(32)).toString('hex'))
    if (secret !== undefined) await setPasswords(admin, secret)
    await admin.unsafe(`grant ${roles.map(roleName).join(', ')} to current_user`)
    await openDatabaseToRoles(admin, databaseName)
  } catch (error) {
    log(`the roles could not be (fully) made: ${(error as Error).message}`)
  }
  const missing = await unusableRoles(admin)
  if (missing.length === 0) return
  const statements = [
    ...missing.map((name) => `create role ${name} login;`),
    `grant ${missing.join(', ')} to current_user;`,
    `grant connect, create on database ${quoteName(databaseName)} to ${roleName('owner')};`,
  ]
  throw new DatabaseFault(
    `DATABASE_URL's user may not use the roles ${missing.join(', ')}. Let somebody who may run:\n` +
      statements.map((line) => `  ${line}`).join('\n'),
  )
}

async function setPasswords(admin: Sql, secret: string): Promise<void> {
  if (await rolesHaveOur(admin, secret)) return
  for (const name of roles.map(roleName)) {
    const verifier = scramVerifier(derivePassword(secret, name), systemRandom.bytes(16))
    await admin.unsafe(`alter role ${name} login password '${verifier}'`)
  }
}

/** Signing in is the only proof; on success nothing is altered under a running server. */
async function rolesHaveOur(admin: Sql, secret: string): Promise<boolean> {
  const { options } = admin
  const url = `postgres://${options.host[0]}:${options.port[0]}/${options.database}`
  return rolesLetUsIn(url, secret)
}

async function rolesLetUsIn(url: string, secret: string): Promise<boolean> {
  const name = roleName('app')
  const probe = connectTo({ url, user: name, password: derivePassword(secret, name) }, { max: 1 })
  try {
    await probe`select 1`
    return true
  } catch {
    return false
  } finally {
    await probe.end({ timeout: 1 })
  }
}

async function unusableRoles(admin: Sql): Promise<readonly string[]> {
  const rows = await admin<{ rolname: string }[]>`
    select rolname from pg_catalog.pg_roles
    where rolname = any(${roles.map(roleName)})
      and pg_catalog.pg_has_role(current_user, oid, 'member')`
  const usable = new Set(rows.map((row) => row.rolname))
  return roles.map(roleName).filter((name) => !usable.has(name))
}
