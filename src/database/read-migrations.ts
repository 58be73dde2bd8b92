import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sha256Hex } from '#kernel'
import { DatabaseFault } from './database-fault.ts'
import type { Migration } from './migration.ts'

/** `src`, or `dist/src` once built: the folder of all modules. */
const modulesFolder = fileURLToPath(new URL('..', import.meta.url))
const namePattern = /^(\d{4})-[a-z0-9-]+\.sql$/

/** All modules' migrations (`<module>/migrations/NNNN-name.sql`) in the order of their numbers. */
export function readMigrations(folder = modulesFolder): readonly Migration[] {
  const found = readdirSync(folder).flatMap((module) => readModule(folder, module))
  const sorted = found.toSorted((a, b) => a.number - b.number)
  sorted.forEach((migration, index) => {
    const before = sorted[index - 1]
    if (before?.number === migration.number) {
      throw new DatabaseFault(`two migrations with one number: ${before.name}, ${migration.name}`)
    }
  })
  return sorted
}

function readModule(folder: string, module: string): readonly Migration[] {
  const migrations = join(folder, module, 'migrations')
  if (!existsSync(migrations)) return []
  return readdirSync(migrations)
    .filter((file) => file.endsWith('.sql'))
    .map((file) => {
      const number = namePattern.exec(file)?.[1]
      if (number === undefined) {
        throw new DatabaseFault(`${module}/migrations/${file} is not named NNNN-name.sql`)
      }
      const sql = readFileSync(join(migrations, file), 'utf8').replaceAll('\r\n', '\n')
      const name = file.slice(0, -'.sql'.length)
      return { number: Number(number), name, module, sql, digest: sha256Hex(sql) }
    })
}
