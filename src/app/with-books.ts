import { readTestClock, simulatedNow } from '#commit'
import { migrate, openDatabase } from '#database'
import type { FlowContext } from '#flows'
import { createIds, systemClock, systemRandom } from '#kernel'
import { laneWithModels } from '#risk'
import { openLane } from './build.ts'
import type { Config } from './config.ts'

/** What a command of the command line needs to act on the books beside a running server. */
export type BooksContext = Pick<FlowContext, 'lane' | 'sql' | 'now' | 'ids'>

/** Opens the books, does one thing as that time's commands would, and closes them. */
export async function withBooks<T>(
  config: Config,
  applicationName: string,
  work: (context: BooksContext) => Promise<T>,
): Promise<T> {
  const say = (line: string): void => {
    process.stderr.write(`${line}\n`)
  }
  const database = await openDatabase(config.database, say)
  const sql = database.connect('app', { max: 4, applicationName })
  const lane = laneWithModels(openLane(database, systemClock), sql)
  try {
    await migrate(database)
    const testClock = await readTestClock(sql)
    const real = systemClock.now()
    const now = () => (testClock === null ? real : simulatedNow(testClock, real))
    return await work({ lane, sql, now, ids: createIds(systemRandom) })
  } finally {
    await lane.close()
    await sql.end()
    await database.close()
  }
}
