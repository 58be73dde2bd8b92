/** Opens the embedded server or DATABASE_URL. Throws DatabaseFault, written for the operator. */
export { openDatabase, type Database } from './open-database.ts'
export { databaseConfigFromEnvironment, type DatabaseConfig } from './database-config.ts'
export { DatabaseFault } from './database-fault.ts'
/** Pools: int8 is bigint, timestamptz is Instant (epoch ms), date is 'YYYY-MM-DD'. */
export type { ConnectOptions, Sql, Tx } from './connect.ts'
export type { Role } from './role.ts'
/** Applies what is missing. Throws DatabaseFault: changed file, unknown migration, failing SQL. */
export { migrate } from './migrate.ts'
export { readMigrations } from './read-migrations.ts'
export type { Migration } from './migration.ts'
