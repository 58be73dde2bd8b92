import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { openDatabase, type Database } from '#database'
import { advanceBank } from '#fund'
import { localInstant, required } from '#kernel'
import { createScratchFolder, removeScratchFolder } from '#test-support'
import { ask, freshKey, password } from '../http/http-client.ts'
import { settle, type Citizen } from './city.ts'
import { killAtGate, type Gate } from './database-gate.ts'
import { crowdOf, gather } from './fund-crowd.ts'
import { createFundModel, type FundModel } from './fund-model.ts'
import { jumpTo } from './own-lane.ts'
import { proveClean } from './prove-books.ts'
import { startServer, type ServerProcess } from './server-process.ts'
import { until } from './within.ts'

const folder = createScratchFolder('fund-day')
const config = { checkout: import.meta.dirname, dataDir: folder }
const order = { config, policy: 'none' } as const
/** Enough for several chunks of income and of orders. */
const crowd = crowdOf(1_500)
let database: Database
let citizens: Citizen[]
let model: FundModel
let server: ServerProcess | null = null

before(async () => {
  database = await openDatabase(config, () => undefined)
  citizens = await settle(database, 2)
  await gather(database, crowd)
  model = createFundModel(database)
})
after(async () => {
  await server?.stop()
  await database.close()
  removeScratchFolder(folder)
})

async function run(): Promise<ServerProcess> {
  server ??= await startServer(order)
  return server
}

async function killServer(): Promise<void> {
  await server?.kill()
  server = null
}

/** Stops as Ctrl-C does. */
async function rest(): Promise<void> {
  await server?.stop()
  server = null
}

/** Time stands there when the server starts again; it does what is due by itself. */
async function at(date: string, time: string): Promise<void> {
  await rest()
  await jumpTo(database, localInstant(date, time))
}

function killedAt(what: string, gate: Gate): void {
  test(`kill -9 of the server at: ${what}`, () =>
    killAtGate(database, gate, {
      start: async () => {
        server = await startServer(order)
      },
      kill: killServer,
    }))
}

const dayIs = (state: string) => `new.state = '${state}' and old.state <> new.state`
const dealingDay = (what: string, state: string) =>
  killedAt(what, { table: 'fund.dealing_day', event: 'update', when: dayIs(state) })

async function reading<T>(text: string): Promise<T> {
  const sql = database.connect('reader', { max: 1 })
  try {
    const [row] = await sql.unsafe<{ value: T }[]>(text)
    return required(row, text).value
  } finally {
    await sql.end()
  }
}

/** The server goes on until the text's answer is yes. */
async function finishedWhen(text: string): Promise<void> {
  await run()
  await until(30_000, text, () => reading<boolean>(`select exists (${text}) as value`))
  await rest()
  await proveClean(database)
}

/** Signs in, as sessions end, and asks for something. */
async function place(citizen: Citizen | undefined, path: string, body: object): Promise<void> {
  const { phone, deviceId } = required(citizen, 'citizen')
  const url = { url: (await run()).url }
  const headers = { 'x-coffer-device': deviceId }
  const sign = { phone, password, device: { name: 'Phone' } }
  const signed = await ask(url, '/v1/sign-in', { body: sign, headers })
  const me = signed.body['me'] as { csrf_token: string } | undefined
  assert.ok(me !== undefined, JSON.stringify(signed.body))
  const placed = await ask(url, path, {
    body,
    headers: {
      ...headers,
      cookie: signed.cookie ?? '',
      'x-coffer-csrf': me.csrf_token,
      'idempotency-key': freshKey(),
    },
  })
  assert.equal(placed.status, 201, JSON.stringify(placed.body))
}

describe('the cut-off of a dealing day', () => {
  before(async () => {
    for (const citizen of citizens) {
      await place(citizen, '/v1/fund/subscriptions', { amount: '500.01' })
    }
    await at('2026-03-03', '15:00:05')
  })

  killedAt('no more orders are taken', {
    table: 'fund.dealing_day',
    event: 'insert',
    when: 'true',
  })
  dealingDay('the sum of the orders is known', 'collected')
  killedAt('the bank has moved money and nobody knows it', {
    table: 'fund.transfer',
    event: 'update',
    when: dayIs('moved'),
  })
  killedAt('the fund manager has been told and nobody knows it', {
    table: 'partners.fund_submission',
    event: 'insert',
    when: 'true',
  })
  dealingDay('orders are with the fund', 'submitted')

  test('ends as if nothing had happened', async () => {
    await finishedWhen(`select from fund.dealing_day where state = 'submitted' and not exists (
      select from fund.transfer where state = 'due')`)
    assert.equal(await reading('select count(*) as value from partners.fund_submission'), 1n)
  })
})

describe('the confirmation of a dealing day', () => {
  before(() => at('2026-03-04', '09:30:05'))

  dealingDay('the fund has answered', 'confirming')
  killedAt('some orders are booked', {
    table: 'fund.order',
    event: 'update',
    when: `new.id = '${required(crowd[720], 'holder').customerId.replace('cus', 'ord')}'`,
  })
  // Without redemptions there is nothing to pay out: the day is over.
  dealingDay('all orders are booked', 'paid')

  test('ends as if nothing had happened: everybody has his units once', async () => {
    await finishedWhen(`select from fund.dealing_day where state = 'paid'`)
    for (const { customerId, amount } of crowd) model.move(customerId, amount)
    for (const { customerId } of citizens) model.move(customerId, 500_01n)
    await model.prove()
  })
})

describe('the income of a day', () => {
  before(async () => {
    await at('2026-03-04', '11:00')
    await place(citizens[0], '/v1/fund/redemptions', { amount: '100.07', speed: 'normal' })
    await place(citizens[1], '/v1/fund/redemptions', { amount: '50.03', speed: 'fast' })
    await at('2026-03-05', '00:05:05')
  })

  const chunk = (number: number): Gate => ({
    table: 'fund.day',
    event: 'update',
    when: `new.chunks_done = ${number} and old.chunks_done < ${number}`,
  })
  killedAt('it is declared', {
    table: 'fund.day',
    event: 'insert',
    when: "new.id = '2026-03-04'",
  })
  killedAt('shares are staged', {
    table: 'fund.day',
    event: 'update',
    when: `${dayIs('crediting')} and new.income_fen > 0`,
  })
  killedAt('within its first chunk', chunk(1))
  killedAt('within its second chunk, the first being credited', chunk(2))
  killedAt('all is credited and the day not closed', {
    table: 'fund.day',
    event: 'update',
    when: `${dayIs('credited')} and new.income_fen > 0`,
  })

  test('ends as if nothing had happened: everybody has his share once, to the fen', async () => {
    await finishedWhen(`select from fund.day where id = '2026-03-04' and state = 'credited'`)
    const fast = 50_03n
    model.move(required(citizens[1], 'citizen').customerId, -fast)
    model.move(advanceBank, fast)
    await model.credit('2026-03-04')
    await model.prove()
  })
})

describe('the payout of redemptions', () => {
  before(() => at('2026-03-05', '10:00:05'))

  killedAt('the bank’s advance is repaid', {
    table: 'fund.dealing_day',
    event: 'update',
    when: 'new.fast_settled_at is not null and old.fast_settled_at is null',
  })
  dealingDay('the fund’s money has come', 'paying')
  killedAt('a redemption is paid out', {
    table: 'fund.order',
    event: 'update',
    when: dayIs('paid'),
  })
  dealingDay('all is paid', 'paid')

  test('ends as if nothing had happened: each was paid once', async () => {
    await finishedWhen(`select from fund.dealing_day where id = '2026-03-04' and state = 'paid'
      and not exists (select from fund.transfer where state = 'due')`)
    model.move(required(citizens[0], 'citizen').customerId, -100_07n)
    model.move(advanceBank, -50_03n)
    await model.prove()
    const wallets = await Promise.all(
      citizens.map(({ customerId }) =>
        reading(`select credits_posted - debits_posted as value
          from ledger.account where id = '2010:${customerId}'`),
      ),
    )
    assert.deepEqual(wallets, [1_000_00n - 500_01n + 100_07n, 1_000_00n - 500_01n + 50_03n])
  })
})

describe('PostgreSQL killed within a chunk, the server left alone', () => {
  test('it is started again and the day ends, to the fen', async () => {
    await at('2026-03-06', '00:05:05')
    await killAtGate(
      database,
      {
        table: 'fund.day',
        event: 'update',
        when: "new.id = '2026-03-05' and new.chunks_done = 1 and old.chunks_done = 0",
      },
      {
        start: async () => {
          server = await startServer(order)
        },
        kill: async () => {
          const [pid] = readFileSync(`${folder}/postgresql/postmaster.pid`, 'utf8').split('\n')
          process.kill(Number(pid), 'SIGKILL')
        },
      },
    )
    await finishedWhen(`select from fund.day where id = '2026-03-05' and state = 'credited'`)
    await model.credit('2026-03-05')
    await model.prove()
  })
})
