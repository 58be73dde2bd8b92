import { connectTo, type ConnectOptions } from './connect.ts'
import type { Sql } from './pool.ts'
import type { DatabaseConfig } from './database-config.ts'
import { openEmbeddedServer } from './embedded-server.ts'
import { openGivenServer } from './given-server.ts'
import type { Role } from './role.ts'
import { letOnlyRolesIn, quoteName } from './roles-on-server.ts'
import type { Server } from './server.ts'

/** One database on a server of ours. */
export interface Database {
  readonly kind: 'embedded' | 'given'
  readonly name: string
  /** A new pool on this database. Whoever opens it ends it (`sql.end()`). */
  connect(role: Role, options?: ConnectOptions): Sql
  /** Makes a database, by copying `template` if given, and opens it to our roles. */
  createDatabase(name: string, template?: string): Promise<void>
  /** Drops a database, if it exists, with all connections to it. */
  dropDatabase(name: string): Promise<void>
  /** Runs one statement list as the server's administrator; for tests and tools. */
  asAdmin<T>(work: (admin: Sql) => Promise<T>): Promise<T>
  /** The same server, another database of it. Closing either closes both. */
  within(name: string): Database
  /** Resolves once the server takes connections; restarts a dead embedded one. */
  ensureRunning(): Promise<void>
  /** Signs off from the server; the last one out stops an embedded one. End pools before. */
  close(): Promise<void>
}

/**
 * Opens the database: DATABASE_URL's, or the embedded server's, started or adopted. `log` hears,
 * in sentences, what an operator wants to know. Throws DatabaseFault.
 */
export async function openDatabase(
  config: DatabaseConfig,
  log: (line: string) => void,
): Promise<Database> {
  const server =
    config.databaseUrl === undefined
      ? await openEmbeddedServer(config, log)
      : await openGivenServer(config.databaseUrl, log)
  return databaseOn(server, server.databaseName)
}

function databaseOn(server: Server, name: string): Database {
  async function asAdmin<T>(work: (admin: Sql) => Promise<T>): Promise<T> {
    const endpoint = server.endpoint('admin', server.databaseName)
    const admin = connectTo(endpoint, { max: 1, applicationName: 'coffer admin' })
    try {
      return await work(admin)
    } finally {
      await admin.end({ timeout: 5 })
    }
  }
  return {
    kind: server.kind,
    name,
    connect: (role, options) => connectTo(server.endpoint(role, name), options),
    asAdmin,
    createDatabase(created, template) {
      const from = template === undefined ? '' : ` template ${quoteName(template)}`
      return asAdmin(async (admin) => {
        await admin.unsafe(`create database ${quoteName(created)}${from}`)
        await letOnlyRolesIn(admin, created)
      })
    },
    dropDatabase: (dropped) =>
      asAdmin(async (admin) => {
        await admin.unsafe(`drop database if exists ${quoteName(dropped)} with (force)`)
      }),
    within: (other) => databaseOn(server, other),
    ensureRunning: () => server.ensureRunning(),
    close: () => server.close(),
  }
}
