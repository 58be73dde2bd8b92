import { readTestClock } from '#commit'
import { migrate, openDatabase, type Database } from '#database'
import { usualRateLimits } from '#http'
import { createIds, systemClock, systemRandom } from '#kernel'
import { createLogger } from '#observability'
import { buildCoffer, type Coffer } from './build.ts'
import { programVersion } from './checkout.ts'
import type { Config } from './config.ts'
import { connectPartners } from './connect-partners.ts'
import { demoStart } from './demo.ts'
import { keepPepper } from './keep-pepper.ts'

interface Opened {
  readonly coffer: Coffer
  readonly database: Database
  /** People, money and time of this database are simulated. */
  readonly simulated: boolean
}

/**
 * For a command that decides like a server and serves nobody: no jobs, no listening, a lane of its
 * own beside a server that may run on the same database. Everything is closed at the end.
 */
export async function withCoffer<T>(
  config: Config,
  say: (line: string) => void,
  work: (opened: Opened) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(config.database, say)
  try {
    await migrate(database)
    const simulated = await holdsSimulation(database)
    const log = createLogger({
      level: config.logLevel,
      write: (line) => process.stderr.write(line),
    })
    const coffer = await buildCoffer({
      database,
      clock: systemClock,
      random: systemRandom,
      log,
      pepper: config.pepper ?? keepPepper(config.folder, systemRandom),
      policy: config.policy,
      simulation: simulated ? { start: demoStart, rate: 0, seed: 1 } : null,
      partners: connectPartners(config, createIds(systemRandom)),
      jobs: false,
      http: {
        version: programVersion(),
        pages: null,
        https: false,
        trustProxy: false,
        rateLimits: usualRateLimits,
        replay: null,
        partnerTokens: {},
      },
    })
    try {
      return await work({ coffer, database, simulated })
    } finally {
      await coffer.close()
    }
  } finally {
    await database.close()
  }
}

/** Whether time on this database is a test clock's. */
async function holdsSimulation(database: Database): Promise<boolean> {
  const sql = database.connect('reader', { max: 1 })
  try {
    return (await readTestClock(sql)) !== null
  } finally {
    await sql.end()
  }
}
