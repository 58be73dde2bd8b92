import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openDatabase, type Database } from '#database'
import { createSeededRandom } from '#kernel'
import { createScratchFolder, removeScratchFolder } from '#test-support'
import { settle, type Citizen } from './city.ts'
import { assertFirstAnswers, createWishes, done, repeat, startLoad, type Asked } from './load.ts'
import { proveAcknowledged, proveClean, proveExactly } from './prove-books.ts'
import { startServer, type ServerProcess } from './server-process.ts'
import { until } from './within.ts'

const folder = createScratchFolder('killed')
const config = { checkout: import.meta.dirname, dataDir: folder }
const order = { config, policy: 'none' } as const
const rounds = [1, 2, 3]
const answered: Asked[] = []
let citizens: Citizen[]
let wishes: ReturnType<typeof createWishes>
let server: ServerProcess

before(async () => {
  citizens = await opened((database) => settle(database, 6))
  wishes = createWishes(citizens, createSeededRandom(11))
  server = await startServer(order)
})
after(async () => {
  await server.stop()
  removeScratchFolder(folder)
})

/** Beside the server, or alone: whoever leaves last stops PostgreSQL. */
async function opened<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(config, () => undefined)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

for (const round of rounds) {
  test(`kill -9 of the server under load, round ${round}`, async () => {
    const load = startLoad(server.url, wishes)
    // Another moment each time, wherever in a batch that is.
    await until(60_000, 'some load', () => load.acknowledged > 150 + 37 * round)
    await server.kill()
    await load.stop()
    const { asked } = load
    assert.ok(asked.some(({ answer }) => answer === null))
    assert.ok(asked.every(({ answer }) => answer === null || answer.status === done))
    // Nobody helps it: the same order, the same data, the database as the dead one left it.
    server = await startServer(order)
    await opened(async (database) => {
      await proveAcknowledged(database, asked)
      await proveClean(database)
    })
    const again = await repeat(server.url, asked)
    assertFirstAnswers(asked, again)
    answered.push(...again)
    await opened((database) => proveExactly(database, { citizens, answered }))
  })
}

test('after all that the books are clean', () => opened(proveClean))
