import { buildCoffer, type Coffer } from '#app'
import type { Database } from '#database'
import { localInstant, systemClock, systemRandom } from '#kernel'
import { createLogger } from '#observability'

/** A server with simulated partners, as `coffer start` puts it together, on an open database. */
export function buildServer(
  database: Database,
  { policy, write }: { policy: 'today' | 'none'; write: (line: string) => void },
): Promise<Coffer> {
  return buildCoffer({
    database,
    clock: systemClock,
    // Two of them may share a database: their ids must not meet.
    random: systemRandom,
    log: createLogger({ level: 'warn', write }),
    pepper: 'pepper of the tests',
    passwordCost: { memoryKiB: 256, iterations: 1 },
    policy,
    simulation: { start: localInstant('2026-03-02', '09:00'), rate: 1, seed: 1 },
    partners: {},
    http: {
      version: 'test',
      pages: null,
      https: false,
      trustProxy: false,
      rateLimits: null,
      replay: null,
    },
  })
}
