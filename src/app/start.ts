import type { StartOptions } from '#cli'
import { readTestClock } from '#commit'
import { migrate, openDatabase, type Database } from '#database'
import type { Intelligence } from '#flows'
import { usualRateLimits } from '#http'
import { siteAt } from '#identity'
import { createIds, stopwatch, systemClock, systemRandom } from '#kernel'
import { createLogger, type Logger } from '#observability'
import { buildCoffer, type Coffer } from './build.ts'
import { openBreachList } from './breach-list.ts'
import { checkout, pagesFolder, programVersion } from './checkout.ts'
import type { Config } from './config.ts'
import { connectPartners } from './connect-partners.ts'
import { demoStart, runDemo } from './demo.ts'
import { keepPepper } from './keep-pepper.ts'
import { readIntelligence } from './read-intelligence.ts'
import { readPages } from './read-pages.ts'
import { playTheft, withScenarioDatabase } from './scenario.ts'

const say = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** `coffer start`: serves until Ctrl-C; answers the exit code. */
export async function startAction(config: Config, options: StartOptions): Promise<number> {
  const elapsed = stopwatch()
  const log = createLogger({
    level: config.logLevel,
    write: (line) => process.stderr.write(line),
  })
  const ended = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      say('stopping …')
      ended.abort()
    })
  }
  const database = await openDatabase(config.database, say)
  try {
    if (!options.demo && (await holdsDemo(database))) {
      say('This database holds the demo: people, money and time in it are simulated.')
      say('Start without --no-demo, or name another COFFER_DATA or DATABASE_URL.')
      return 1
    }
    return await serve({ config, options, database, log, ended, elapsed })
  } finally {
    await database.close()
  }
}

interface Serving {
  readonly config: Config
  readonly options: StartOptions
  readonly database: Database
  readonly log: Logger
  readonly ended: AbortController
  readonly elapsed: () => number
}

async function serve(serving: Serving): Promise<number> {
  const { config, options, ended, elapsed } = serving
  const intelligence = await readIntelligence(config, say)
  if (intelligence === null) return 1
  const coffer = await build({ ...serving, intelligence })
  try {
    const listening = await listen(coffer, config)
    if (listening === null) return 1
    const seconds = (elapsed() / 1_000).toFixed(1)
    say(`coffer ${programVersion()} is listening after ${seconds} s`)
    say(`  customers  ${listening}/`)
    say(`  operators  ${listening}/console/`)
    say(`  API        ${listening}/v1/openapi.json`)
    if (options.demo) await runDemo(coffer, { url: listening, signal: ended.signal, say })
    else await aborted(ended.signal)
    return 0
  } finally {
    await coffer.close()
  }
}

async function build(serving: Serving & { readonly intelligence: Intelligence }): Promise<Coffer> {
  const { config, options, database, log, intelligence } = serving

  const replay: Parameters<typeof buildCoffer>[0]['http']['replay'] = async (wish, onProgress) => {
    const { policy, seed = 1, entry = 'reset' } = wish
    const split = Array.from({ length: 5 }, () => 2_000_000n)
    const play = (own: Database) => playTheft(own, { policy, seed, split, entry }, onProgress)
    // A given server may not let us make a database: then the replay brings its own.
    return database.kind === 'embedded' ? play(database) : withScenarioDatabase(checkout, play)
  }
  // Open as long as the process: look-ups read from it.
  const list = config.breachList === null ? null : openBreachList(config.breachList)
  return buildCoffer({
    database,
    clock: systemClock,
    random: systemRandom,
    log,
    pepper: config.pepper ?? keepPepper(config.folder, systemRandom),
    policy: config.policy,
    site: siteAt(config.site),
    ...(list !== null && { leaked: (password) => list.has(password) }),
    // Hundreds of simulated people sign in at once; nobody's real password is among theirs.
    ...(options.demo && { passwordCost: { memoryKiB: 1_024, iterations: 1 } }),
    simulation: options.demo ? { start: demoStart, rate: 0, seed: 1 } : null,
    partners: connectPartners(config, createIds(systemRandom)),
    intelligence,
    // While the demo's history is made time jumps, and the city does what is due itself.
    jobs: !options.demo,
    http: {
      version: programVersion(),
      pages: readPages(pagesFolder),
      https: config.https,
      trustProxy: config.trustProxy,
      rateLimits: usualRateLimits,
      replay: options.demo ? replay : null,
      partnerTokens: config.partnerTokens,
    },
  })
}

/** null, with a sentence, when the address is taken. */
async function listen(coffer: Coffer, { host, port }: Config): Promise<string | null> {
  try {
    const { url } = await coffer.http.listen({ host, port })
    return url
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EADDRINUSE' && code !== 'EACCES' && code !== 'EADDRNOTAVAIL') throw error
    const why = code === 'EADDRINUSE' ? 'is taken by another program' : 'cannot be used here'
    say(`Port ${port} on ${host} ${why}. Try: npm start -- --port ${port === 0 ? 8081 : port + 1}`)
    return null
  }
}

async function holdsDemo(database: Database): Promise<boolean> {
  await migrate(database)
  const sql = database.connect('reader', { max: 1 })
  try {
    return (await readTestClock(sql)) !== null
  } finally {
    await sql.end()
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
