import { systemRandom } from '#kernel'
import type { Sql } from './connect.ts'
import { derivePassword, scramVerifier } from './password.ts'
import { roleName, roles } from './role.ts'

/** Creates those of our roles that are missing. Roles belong to the server, not to a database. */
export async function createMissingRoles(admin: Sql, secret: string): Promise<void> {
  const there = await admin<{ rolname: string }[]>`
    select rolname from pg_catalog.pg_roles where rolname = any(${roles.map(roleName)})`
  for (const role of roles) {
    const name = roleName(role)
    if (there.some((row) => row.rolname === name)) continue
    const verifier = scramVerifier(derivePassword(secret, name), systemRandom.bytes(16))
    await admin.unsafe(
      `create role ${name} login nosuperuser nocreatedb nocreaterole noinherit` +
        ` password '${verifier}'`,
    )
  }
  await admin.unsafe(`alter role ${roleName('reader')} set default_transaction_read_only = on`)
}

/** Lets our roles into a database, and nobody else; only the owner may make anything in it. */
export async function openDatabaseToRoles(admin: Sql, database: string): Promise<void> {
  const name = quoteName(database)
  const others = roles.filter((role) => role !== 'owner').map(roleName)
  await admin.unsafe(`
    revoke all on database ${name} from public;
    grant connect, create on database ${name} to ${roleName('owner')};
    grant connect on database ${name} to ${others.join(', ')};`)
}

/** A name as an SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
