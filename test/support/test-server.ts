import { buildCoffer, type BuildOptions, type Coffer } from '#app'
import { createSeededRandom, localInstant, systemClock, type Instant } from '#kernel'
import { createLogger } from '#observability'
import { testDatabase } from './database.ts'

export interface TestServerOptions {
  readonly policy?: 'today' | '2013' | 'none'
  /** Where simulated time begins, standing still; default 2026-03-02 09:00, a Monday. */
  readonly start?: Instant
  /** false: no partners and no test clock, as in production without configuration. */
  readonly simulators?: boolean
  readonly jobs?: boolean
  /** Feeds and networks; left out: nothing is known from outside. */
  readonly intelligence?: NonNullable<BuildOptions['intelligence']>
  /** Instead of: no pages, no HTTPS, no limits, no replays. */
  readonly http?: Partial<BuildOptions['http']>
}

export interface TestServer extends Omit<Coffer, 'close'> {
  readonly url: string
  /** What the server has logged, a JSON line each. */
  readonly logged: string[]
  close(): Promise<void>
}

/** A real server on a free port with a database of its own and simulated partners. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { policy = 'none', start = localInstant('2026-03-02', '09:00') } = options
  const { database, drop } = await testDatabase()
  const logged: string[] = []
  const coffer = await buildCoffer({
    database,
    clock: systemClock,
    random: createSeededRandom(1),
    log: createLogger({ level: 'warn', write: (line) => logged.push(line) }),
    pepper: 'pepper of the tests',
    passwordCost: { memoryKiB: 256, iterations: 1 },
    policy,
    simulation: (options.simulators ?? true) ? { start, rate: 0, seed: 1 } : null,
    partners: {},
    jobs: options.jobs ?? false,
    ...(options.intelligence && { intelligence: options.intelligence }),
    http: {
      version: 'test',
      pages: null,
      https: false,
      trustProxy: false,
      rateLimits: null,
      replay: null,
      ...options.http,
    },
  })
  const { url } = await coffer.http.listen({ host: '127.0.0.1', port: 0 })
  return {
    ...coffer,
    url,
    logged,
    async close() {
      await coffer.close()
      await drop()
    },
  }
}
