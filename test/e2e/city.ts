import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readPages } from '#app'
import { invariant } from '#kernel'
import { createWorld, demoStart, type DemoSignIns } from '#world'
import { startTestServer, type TestServer, type TestServerOptions } from '../support/test-server.ts'
import { checkout } from './checkout.ts'

export interface TestCity {
  readonly server: TestServer
  readonly url: string
  readonly signIns: DemoSignIns
}

const from = '2025-03-03'
/** Ten seeded days of a village: income, held payments, a stopped theft, a claim. */
const days = 10
/** One shop: so everybody, the saver too, has known it for days. */
const size = { people: 30, shops: 1, employers: 2, mules: 6, collectors: 1 }
const seed = 7

/** A server with its pages and nobody in it yet. */
export async function startPageServer(options: TestServerOptions = {}): Promise<TestServer> {
  const pages = readPages(join(checkout, 'dist', 'web'))
  invariant(pages !== null, 'the pages are not built: npm run build')
  return startTestServer({ ...options, http: { pages, ...options.http } })
}

/** A village with ten days behind it, living in real time with nobody but the test in it. */
export async function startCity(): Promise<TestCity> {
  const server = await startPageServer({ policy: 'today', start: demoStart(from) })
  const { flows, context, simulators } = server
  invariant(simulators !== null, 'a city needs simulated partners')
  const wait = (ms: number): Promise<void> => sleep(ms)
  const parts = { flows, context, simulators, sleep: wait }
  const world = createWorld({ ...parts, seed, from, size })
  await world.makeHistory({ days })
  // A session that begins in the very millisecond in which all were ended would be over too.
  await flows.advanceClock({ rate: 1 })
  server.beginJobs()
  return { server, url: server.url, signIns: world.signIns }
}
