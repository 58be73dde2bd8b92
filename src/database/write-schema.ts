import { writeFileSync } from 'node:fs'
import { describeSchema } from './describe-schema.ts'
import { migrate } from './migrate.ts'
import type { Database } from './open-database.ts'

/**
 * Rewrites the checked-in `schema.sql`: migrates a database made for it on the same server, writes
 * what came of it to `file`, drops the database. Throws DatabaseFault as `migrate` does.
 */
export async function writeSchema(database: Database, file: string): Promise<void> {
  writeFileSync(file, await schemaOfMigrations(database))
}

/** The schema text that the present migrations make of an empty database. */
export async function schemaOfMigrations(database: Database): Promise<string> {
  const name = `schema_${process.pid}`
  await database.dropDatabase(name)
  await database.createDatabase(name)
  try {
    const empty = database.within(name)
    await migrate(empty)
    const sql = empty.connect('owner', { max: 1, applicationName: 'coffer schema' })
    try {
      return await describeSchema(sql)
    } finally {
      await sql.end({ timeout: 5 })
    }
  } finally {
    await database.dropDatabase(name)
  }
}
