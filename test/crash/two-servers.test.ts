import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Sql } from '#database'
import { createSeededRandom, required } from '#kernel'
import { ask, freshKey } from '../http/http-client.ts'
import { settle, type Citizen } from './city.ts'
import { giveDatabase, type GivenDatabase } from './given-database.ts'
import { createWishes, done, repeat, send, startLoad, type Asked } from './load.ts'
import { proveAnswered, proveClean, proveExactly } from './prove-books.ts'
import { raceFreeze, type Race } from './race-freeze.ts'
import { startServer, type ServerProcess } from './server-process.ts'
import { until } from './within.ts'

const rounds = [1, 2, 3]
const answered: Asked[] = []
let given: GivenDatabase
let reader: Sql
let citizens: Citizen[]
let racers: Citizen[]
let servers: ServerProcess[] = []

before(async () => {
  given = await giveDatabase()
  const people = await settle(given.database, 6 + 4 * rounds.length)
  citizens = people.slice(0, 6)
  racers = people.slice(6)
  reader = given.database.connect('reader', { max: 1 })
  const config = { checkout: import.meta.dirname, databaseUrl: given.url }
  const order = { config, policy: 'none' } as const
  // One after the other: a server that cannot start is told by its own fault.
  for (const _each of [1, 2]) servers = [...servers, await startServer(order)]
})
after(async () => {
  const ends = await Promise.allSettled(servers.map((server) => server.stop()))
  await reader.end()
  await given.drop()
  for (const end of ends) if (end.status === 'rejected') throw end.reason
})

const urls = () => servers.map(({ url }) => url)

test('both under load: no deadlock, no lost update, money to the fen', async () => {
  const wishes = createWishes(citizens, createSeededRandom(14))
  const loads = urls().map((url) => startLoad(url, wishes))
  const acknowledged = () => loads.reduce((sum, each) => sum + each.acknowledged, 0)
  await until(60_000, 'a load on both', () => acknowledged() > 600)
  for (const load of loads) {
    await load.stop()
    proveAnswered(load.asked)
    assert.ok(load.acknowledged > 100, 'neither starves')
    answered.push(...load.asked)
  }
  // Every key once more, at the other server: the first answers, and nothing done again.
  const [first, second] = loads
  const [left, right] = urls()
  const again = [
    ...(await repeat(required(right, 'server'), required(first, 'load').asked)),
    ...(await repeat(required(left, 'server'), required(second, 'load').asked)),
  ]
  await proveExactly(given.database, { citizens: [...citizens, ...racers], answered: again })
  await proveClean(given.database)
  assert.equal(await deadlocks(), 0)
})

test('the same key at both at once: one payment, 20 equal answers', async () => {
  const [payer, payee] = citizens
  const wish = {
    citizen: required(payer, 'payer'),
    payee: required(payee, 'payee'),
    path: '/v1/payments',
    body: { payee: { customer_id: payee?.customerId }, amount: '1.00', source: 'wallet' },
  }
  for (const _round of rounds) {
    const before = await paymentsMade()
    const same = { ...wish, key: freshKey() }
    const sent = Array.from({ length: 10 }, () => urls().map((url) => send(url, same))).flat()
    const answers = await Promise.all(sent)
    const first = required(answers[0], 'answer')
    assert.equal(first.status, done, JSON.stringify(first.body))
    for (const { status, body } of answers) {
      assert.deepEqual([status, body], [first.status, first.body])
    }
    assert.equal(await paymentsMade(), before + 1)
  }
})

test('50 payments at both at once from a balance that allows 7: exactly 7', async () => {
  for (const _round of rounds) {
    const payer = required(racers.pop(), 'racer')
    const payee = required(citizens[0], 'payee')
    const body = { payee: { customer_id: payee.customerId }, amount: '140.00', source: 'wallet' }
    const sent = Array.from({ length: 25 }, () =>
      urls().map((url) => {
        return send(url, { citizen: payer, payee, path: '/v1/payments', body, key: freshKey() })
      }),
    )
    const answers = await Promise.all(sent.flat())
    assert.equal(answers.filter(({ status }) => status === done).length, 7)
    const refused = answers.filter((each) => each.body.code === 'insufficient_funds')
    assert.equal(refused.length, 43)
  }
})

test('paying at both against freezing at one: nothing commits after the freeze', async () => {
  for (const _round of rounds) {
    for (const freezeAt of urls()) {
      await race({ payAt: urls(), freezeAt, hands: 24, freezeAfter: 50 })
    }
  }
})

test('a server long alone with its cache sees a freeze made at the other', async () => {
  const [payAt, freezeAt] = urls()
  const at = { payAt: [required(payAt, 'server')], freezeAt: required(freezeAt, 'server') }
  // Few at a time, so that there are many commits in which nobody else has written.
  for (const _round of rounds) await race({ ...at, hands: 3, freezeAfter: 200 })
})

async function race(at: Pick<Race, 'payAt' | 'freezeAt' | 'hands' | 'freezeAfter'>) {
  const payer = required(racers.pop(), 'racer')
  await raceFreeze({ ...at, reader, payer, payee: required(citizens[0], 'payee') })
}

test('after all that the books are clean, and neither server has complained', async () => {
  await proveClean(given.database)
  assert.equal(await deadlocks(), 0)
  for (const server of servers) {
    assert.deepEqual(
      server.logged.filter((line) => line.includes('"level":50')),
      [],
    )
    assert.equal((await ask(server, '/readyz')).status, 200)
  }
})

async function deadlocks(): Promise<number> {
  const [row] = await reader<{ deadlocks: number }[]>`
    select deadlocks::int4 from pg_stat_database where datname = current_database()`
  return required(row, 'statistics').deadlocks
}

async function paymentsMade(): Promise<number> {
  const [row] = await reader<{ made: number }[]>`
    select count(*)::int4 as made from wallet.payment`
  return required(row, 'count').made
}
