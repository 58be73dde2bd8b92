import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { openDatabase, type Database } from '#database'
import { createSeededRandom } from '#kernel'
import { createScratchFolder, removeScratchFolder } from '#test-support'
import { ask } from '../http/http-client.ts'
import { settle, type Citizen } from './city.ts'
import { assertFirstAnswers, createWishes, repeat, startLoad, type Asked } from './load.ts'
import { proveAcknowledged, proveAnswered, proveClean, proveExactly } from './prove-books.ts'
import { startServer, type ServerProcess } from './server-process.ts'
import { until } from './within.ts'

const folder = createScratchFolder('killed')
const config = { checkout: import.meta.dirname, dataDir: folder }
const rounds = [1, 2, 3]
/** Starting again may take several attempts while children of the dead one still end. */
const recoveryMs = 60_000
const answered: Asked[] = []
let citizens: Citizen[]
let wishes: ReturnType<typeof createWishes>
let server: ServerProcess

before(async () => {
  citizens = await opened((database) => settle(database, 6))
  wishes = createWishes(citizens, createSeededRandom(12))
  server = await startServer({ config, policy: 'none' })
})
after(async () => {
  await server.stop()
  removeScratchFolder(folder)
})

/** Beside the server, as another participant. */
async function opened<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(config, () => undefined)
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}

for (const round of rounds) {
  test(`kill -9 of PostgreSQL under load, round ${round}`, async () => {
    const load = startLoad(server.url, wishes)
    await until(60_000, 'some load', () => load.acknowledged > 150 + 37 * round)
    process.kill(postmasterPid(), 'SIGKILL')
    // Nobody helps it: the server starts its database again and goes on.
    const acknowledged = load.acknowledged
    await until(recoveryMs, 'payments again', () => load.acknowledged > acknowledged + 100)
    await load.stop()
    const { asked } = load
    proveAnswered(asked)
    assert.equal((await ask(server, '/readyz')).status, 200)
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

function postmasterPid(): number {
  return Number(readFileSync(`${folder}/postgresql/postmaster.pid`, 'utf8').split('\n')[0])
}
