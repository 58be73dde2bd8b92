import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { playTheft, readPages } from '#app'
import { invariant } from '#kernel'
import { createWorld, demoStart, type CitySize, type DemoWorld } from '#world'
import { startTestServer, type TestServer, type TestServerOptions } from '../support/test-server.ts'
import { checkout } from './checkout.ts'

export interface TestCity {
  readonly server: TestServer
  readonly url: string
  readonly world: DemoWorld
  readonly signIns: DemoWorld['signIns']
}

export interface CityOptions {
  readonly days: number
  readonly seed: number
  /** Left out: as large as the demo's. */
  readonly size?: CitySize
}

const from = '2025-03-03'
/**
 * Ten days of income, held payments, stopped thefts and claims, made in seconds. One shop: so
 * everybody, the saver too, has known it for days.
 */
const village: CityOptions = {
  days: 10,
  seed: 7,
  size: { people: 30, shops: 1, employers: 2, mules: 16, collectors: 4 },
}

/** A server with its pages and nobody in it yet; its replays use the same PostgreSQL. */
export async function startPageServer(options: TestServerOptions = {}): Promise<TestServer> {
  const pages = readPages(join(checkout, 'dist', 'web'))
  invariant(pages !== null, 'the pages are not built: npm run build')
  const server: TestServer = await startTestServer({
    policy: 'today',
    ...options,
    http: {
      pages,
      replay({ policy, seed = 1, entry = 'reset' }, progress) {
        const split = Array.from({ length: 5 }, () => 2_000_000n)
        return playTheft(server.database, { policy, seed, entry, split }, progress)
      },
    },
  })
  return server
}

/** A city with a past; `live` goes on from there. */
export async function startCity(options: CityOptions): Promise<TestCity> {
  const { days, ...plan } = options
  const server = await startPageServer({ start: demoStart(from) })
  const { flows, context, simulators } = server
  invariant(simulators !== null, 'a city needs simulated partners')
  const wait = (ms: number): Promise<void> => sleep(ms)
  const world = createWorld({ flows, context, simulators, ...plan, from, sleep: wait })
  await world.makeHistory({ days })
  server.beginJobs()
  return { server, url: server.url, world, signIns: world.signIns }
}

/** A village with a past, from here on in real time with nobody but the visitors in it. */
export async function startVillage(): Promise<TestCity> {
  const started = await startCity(village)
  // A session that begins in the very millisecond in which all were ended would be over too.
  await started.server.flows.advanceClock({ rate: 1 })
  return started
}
