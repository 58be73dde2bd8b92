import { join } from 'node:path'
import { migrate, openDatabase, writeSchema } from '#database'
import { createVerify } from '#flows'
import { checkout } from './checkout.ts'
import type { Config } from './config.ts'
import { withScenarioDatabase } from './scenario.ts'

/** Two cores are what a small machine has; each check is one connection's work. */
const atOnce = 2

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** `coffer verify`: exit 1 when something is broken. A server may run on the database meanwhile. */
export async function verifyAction(config: Config, { json }: { json: boolean }): Promise<number> {
  const database = await openDatabase(config.database, say)
  const sql = database.connect('reader', { max: atOnce, applicationName: 'coffer verify' })
  try {
    await migrate(database)
    const found = await createVerify({ sql, atOnce })()
    for (const { id, ok, checked, broken, note } of found.invariants) {
      say(
        `${id.padEnd(4)} ${ok ? 'ok    ' : 'BROKEN'} ${String(checked).padStart(9)}  ${note ?? ''}`,
      )
      for (const what of broken) say(`       ${what}`)
    }
    for (const { partner, ours, theirs, equal } of found.external) {
      say(`${partner.padEnd(18)} ours ${ours}  theirs ${theirs}  ${equal ? 'equal' : 'DIFFERENT'}`)
    }
    const { seals } = found
    const words = `${seals.seals} seals, ${seals.unsealed} entries not sealed yet`
    say(`seal ${seals.ok ? 'ok    ' : 'BROKEN'} ${String(seals.checked).padStart(9)}  ${words}`)
    for (const what of seals.broken) say(`       ${what}`)
    if (json) process.stdout.write(`${JSON.stringify(found)}\n`)
    return found.ok ? 0 : 1
  } finally {
    await sql.end()
    await database.close()
  }
}

/** `coffer schema`: writes schema.sql anew from the migrations, on a database of its own. */
export async function schemaAction(): Promise<number> {
  return withScenarioDatabase(checkout, async (database) => {
    await writeSchema(database, join(checkout, 'schema.sql'))
    return 0
  })
}
