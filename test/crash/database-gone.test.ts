import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createSeededRandom, stopwatch } from '#kernel'
import { ask } from '../http/http-client.ts'
import { settle, type Citizen } from './city.ts'
import { giveDatabase, type GivenDatabase } from './given-database.ts'
import { away, createWishes, done, repeat, send, startLoad, type Asked } from './load.ts'
import { proveAcknowledged, proveAnswered, proveClean, proveExactly } from './prove-books.ts'
import { startServer, type ServerProcess } from './server-process.ts'
import { until } from './within.ts'
import { openWire, type Wire } from './wire.ts'

const answered: Asked[] = []
let given: GivenDatabase
let citizens: Citizen[]
let wishes: ReturnType<typeof createWishes>
let wire: Wire
let server: ServerProcess

/** The server is given a DATABASE_URL at the other end of a wire that the test holds. */
before(async () => {
  given = await giveDatabase()
  citizens = await settle(given.database, 4)
  wishes = createWishes(citizens, createSeededRandom(13))
  wire = await openWire(given.socketPath)
  const config = { checkout: import.meta.dirname, databaseUrl: given.urlThrough(wire.port) }
  server = await startServer({ config, policy: 'none' })
})
after(async () => {
  try {
    await server.stop()
  } finally {
    await wire.cut()
    await given.drop()
  }
})

/** How long a caller waits, and what for, while the database is away. */
async function refusedWithin(ms: number): Promise<void> {
  for (const path of ['/v1/payments', '/v1/withdrawals', '/v1/top-ups', '/v1/fund/subscriptions']) {
    const elapsed = stopwatch()
    let wish = wishes()
    while (wish.path !== path) wish = wishes()
    const answer = await send(server.url, wish)
    answered.push({ wish, answer })
    assert.equal(answer.status, away, JSON.stringify(answer.body))
    assert.ok(elapsed() < ms, `${path} took ${elapsed()} ms`)
    proveAnswered([{ wish, answer }])
  }
  const elapsed = stopwatch()
  const ready = await ask(server, '/readyz')
  assert.deepEqual([ready.status, ready.body.code], [away, 'database_unavailable'])
  assert.ok(elapsed() < ms)
  assert.equal((await ask(server, '/livez')).status, 200, 'the process itself lives')
}

async function recovered(): Promise<void> {
  await until(30_000, 'the server to be ready', async () => {
    return (await ask(server, '/readyz')).status === 200
  })
  await until(30_000, 'a payment', async () => {
    const wish = wishes()
    const answer = await send(server.url, wish)
    answered.push({ wish, answer })
    return answer.status === done
  })
}

for (const round of [1, 2]) {
  test(`the database gone: 503 at once, work when it is back, round ${round}`, async () => {
    const load = startLoad(server.url, wishes, 8)
    await until(60_000, 'some load', () => load.acknowledged > 60)
    await wire.cut()
    await refusedWithin(4_000)
    await wire.mend()
    await recovered()
    await load.stop()
    answered.push(...load.asked)
    proveAnswered(load.asked)
  })
}

test('nothing of it was lost, done twice or half done', async () => {
  const { database } = given
  await proveAcknowledged(database, answered)
  await proveClean(database)
  const final = await repeat(server.url, answered)
  await proveExactly(database, { citizens, answered: final })
  await proveClean(database)
})
