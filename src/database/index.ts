/** Opens the embedded server or DATABASE_URL. Throws DatabaseFault, written for the operator. */
export { openDatabase, type Database } from './open-database.ts'
export { databaseConfigFromEnvironment, type DatabaseConfig } from './database-config.ts'
export { DatabaseFault } from './database-fault.ts'
/** Pools: int8 is bigint, timestamptz is Instant (epoch ms), date is 'YYYY-MM-DD'. */
export type { ConnectionEvents, ConnectOptions } from './connect.ts'
export { ConnectionLost, type Sql, type Tx } from './pool.ts'
export { isUnavailable } from './unavailable.ts'
export type { Role } from './role.ts'
/** Applies what is missing. Throws DatabaseFault: changed file, unknown migration, failing SQL. */
export { migrate } from './migrate.ts'
export { readMigrations } from './read-migrations.ts'
export type { Migration } from './migration.ts'
/** The schema as reviewable text; `writeSchema` rewrites the checked-in schema.sql. */
export { describeSchema } from './describe-schema.ts'
export { schemaOfMigrations, writeSchema } from './write-schema.ts'
/**
 * A backup of all our rows in a folder, from one snapshot, and back into an empty database in one
 * transaction. Throw DatabaseFault: place taken; file missing, cut short or altered (named); not
 * empty; unknown or changed migration.
 */
export { writeBackup } from './backup/write-backup.ts'
export { checkBackup } from './backup/check-backup.ts'
export { restoreBackup } from './backup/restore-backup.ts'
export type { Manifest } from './backup/manifest.ts'
