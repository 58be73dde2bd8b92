import { systemRandom } from '#kernel'
import type { Sql } from './pool.ts'
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
    if (role !== 'reader') continue
    await admin.unsafe(`alter role ${name} set default_transaction_read_only = on`)
  }
}

/** Lets our roles into a database; only the owner may make anything in it. */
export async function letRolesIn(admin: Sql, database: string): Promise<void> {
  const name = quoteName(database)
  const others = roles.filter((role) => role !== 'owner').map(roleName)
  await admin.unsafe(`
    grant connect, create on database ${name} to ${roleName('owner')};
    grant connect on database ${name} to ${others.join(', ')};`)
}

/** The same for a database that we made ourselves: nobody else gets in, not even to look. */
export async function letOnlyRolesIn(admin: Sql, database: string): Promise<void> {
  await admin.unsafe(`revoke all on database ${quoteName(database)} from public`)
  await letRolesIn(admin, database)
}

/** A name as an SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
