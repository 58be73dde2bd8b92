import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openDatabase, type Database } from '#database'
import { addDays, localInstant, required, type LocalDate } from '#kernel'
import { createScratchFolder, removeScratchFolder } from '#test-support'
import { settle } from './city.ts'
import { runCoffer } from './coffer-command.ts'
import { killAtGate } from './database-gate.ts'
import { crowdOf, gather } from './fund-crowd.ts'
import { createFundModel, type FundModel } from './fund-model.ts'
import { jumpTo } from './own-lane.ts'
import { proveClean } from './prove-books.ts'
import { startServer, type ServerProcess } from './server-process.ts'
import { until } from './within.ts'

const folder = createScratchFolder('fund-raced')
const exchange = createScratchFolder('fund-exchange')
const config = { checkout: import.meta.dirname, dataDir: folder }
const order = { config, policy: 'none' } as const
const crowd = crowdOf(900)
let database: Database
let model: FundModel
let servers: ServerProcess[] = []

before(async () => {
  database = await openDatabase(config, () => undefined)
  await settle(database, 1)
  await gather(database, crowd)
  model = createFundModel(database)
})
after(async () => {
  await rest()
  await database.close()
  for (const one of [folder, exchange]) removeScratchFolder(one)
})

async function rest(): Promise<void> {
  const ends = await Promise.allSettled(servers.map((server) => server.stop()))
  servers = []
  for (const end of ends) if (end.status === 'rejected') throw end.reason
}

async function count(text: string): Promise<number> {
  const sql = database.connect('reader', { max: 1 })
  try {
    const [row] = await sql.unsafe<{ found: number }[]>(`select count(*)::int4 as found ${text}`)
    return required(row, text).found
  } finally {
    await sql.end()
  }
}

/** The clock jumps while nobody is up; then servers do what is due, until the text finds a row. */
async function jump(to: readonly [string, string], many: number, text: string): Promise<void> {
  await jumpTo(database, localInstant(...to))
  servers = await Promise.all(Array.from({ length: many }, () => startServer(order)))
  await until(90_000, text, async () => (await count(text)) > 0)
  for (const { logged } of servers) {
    const complaints = logged.filter((line) => line.includes('"level":50'))
    assert.deepEqual(complaints, [])
  }
  await rest()
  await proveClean(database)
}

const credited = (date: LocalDate) => `from fund.day where state = 'credited' and id = '${date}'`

async function creditFrom(first: LocalDate, last: LocalDate): Promise<void> {
  for (let date = first; date <= last; date = addDays(date, 1)) await model.credit(date)
}

function files() {
  return runCoffer(folder, ['fund', 'files', '--dir', exchange, '--mode', 'beside', '--json'])
}

test('the files of a day lie there', async () => {
  const sent = "from fund.dealing_day where id = '2026-03-03' and state = 'submitted'"
  await jump(['2026-03-03', '15:00:05'], 1, sent)
  const { code, json } = await files().ended
  assert.equal(code, 0)
  assert.equal((json['written'] as unknown[]).length, 1)
  await jump(['2026-03-04', '09:31'], 1, "from fund.dealing_day where state = 'paid'")
  for (const { customerId, amount } of crowd) model.move(customerId, amount)
  const agent = await runCoffer(folder, ['fund', 'agent', '--dir', exchange, '--json']).ended
  assert.equal((agent.json['written'] as unknown[]).length, 4, agent.said)
})

for (const [what, event, when] of [
  ['it has been noted', 'insert', 'true'],
  ['it has been read', 'update', "new.state = 'parsed' and old.state <> 'parsed'"],
  ['it has been applied', 'update', "new.state = 'applied' and new.type = '07'"],
] as const) {
  test(`kill -9 of the taking of files when ${what}`, async () => {
    let command = null as ReturnType<typeof runCoffer> | null
    await killAtGate(
      database,
      { table: 'fund.file', event, when },
      {
        start: () => {
          command = files()
          return Promise.resolve()
        },
        kill: async () => {
          command?.kill()
          await command?.ended
        },
      },
    )
  })
}

test('the next round takes each file once, without breaks; one more takes nothing', async () => {
  const taken = await files().ended
  const outcomes = taken.json['files'] as { outcome: string; breaks: unknown[] }[]
  assert.deepEqual(
    outcomes.map(({ outcome, breaks }) => [outcome, breaks.length]),
    outcomes.map(() => ['applied', 0]),
  )
  assert.equal(outcomes.length, 4)
  assert.equal(await count("from fund.file where state = 'applied'"), 4)
  assert.equal(await count('from fund.quotation'), 1)
  const again = await files().ended
  const changed = again.json['files'] as { changed: boolean }[]
  assert.ok(changed.every((file) => !file.changed))
  await model.prove()
})

test('two servers after a jump over days and a weekend: each day once, to the fen', async () => {
  await jump(['2026-03-09', '08:00'], 2, credited('2026-03-08'))
  await creditFrom('2026-03-04', '2026-03-08')
  await model.prove()
})

test('two servers after a jump over two holiday weeks: each day once, to the fen', async () => {
  await jump(['2026-05-06', '10:00:05'], 2, credited('2026-05-05'))
  await creditFrom('2026-03-09', '2026-05-05')
  await model.prove()
  // The fund was not open on any day on which the exchange was closed.
  const closed = ['2026-04-06', '2026-05-01', '2026-05-04', '2026-05-05', '2026-05-02']
  const list = closed.map((date) => `'${date}'`).join(', ')
  assert.equal(await count(`from fund.dealing_day where id in (${list})`), 0)
  assert.equal(await count(`from fund.dealing_day where id in ('2026-04-30', '2026-04-07')`), 2)
})
