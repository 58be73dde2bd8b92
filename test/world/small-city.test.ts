import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { countCustomers } from '#identity'
import { createVerify } from '#flows'
import { minute } from '#kernel'
import { trialBalance } from '#ledger'
import { paymentFigures, type PaymentFigures } from '#wallet'
import { createWorld, demoStart, type CitySize, type DemoWorld } from '#world'
import { startTestServer, type TestServer } from '../support/test-server.ts'

const from = '2025-03-03'
const size: CitySize = { people: 24, shops: 8, employers: 2, mules: 4, collectors: 1 }
const everybody = 24 + 8 + 2 + 4 + 1

interface Lived {
  readonly payments: PaymentFigures
  /** Balance by account code. */
  readonly books: readonly string[]
  readonly refused: Readonly<Record<string, number>>
}

function worldOf({ flows, context, simulators }: TestServer): DemoWorld {
  assert.ok(simulators !== null)
  const wait = (ms: number): Promise<void> => sleep(ms, undefined)
  return createWorld({ flows, context, simulators, seed: 11, from, size, sleep: wait })
}

async function liveFiveDays(server: TestServer): Promise<Lived> {
  const world = worldOf(server)
  assert.equal(await world.isThere(), false)
  const seen: string[] = []
  await world.makeHistory({ days: 5, onProgress: ({ date }) => seen.push(date) })
  assert.equal(seen.length, 6, 'five days and a morning')
  const { sql } = server.context
  const { lines } = await trialBalance(sql)
  const books = lines.map(({ code, balance }) => `${code} ${balance}`)
  return { payments: await paymentFigures(sql), books, refused: world.refused() }
}

async function verified(server: TestServer): Promise<void> {
  const reader = server.database.connect('reader', { max: 1 })
  try {
    const { ok, invariants, external } = await createVerify({ sql: reader })()
    const broken = invariants.filter((each) => !each.ok).map(({ id, broken: why }) => [id, why])
    const unequal = external.filter(({ equal }) => !equal)
    assert.deepEqual({ ok, broken, unequal }, { ok: true, broken: [], unequal: [] })
  } finally {
    await reader.end()
  }
}

test('one seed makes one history, every invariant holds, and the city lives on', async () => {
  const first = await startTestServer({ policy: 'today', start: demoStart(from) })
  const second = await startTestServer({ policy: 'today', start: demoStart(from) })
  try {
    const lived = await liveFiveDays(first)
    assert.equal(lived.refused['broke'], undefined, first.logged.join('\n'))
    assert.ok(lived.payments.posted > 150, `only ${lived.payments.posted} payments`)
    const { customers } = await countCustomers(first.context.sql, first.lane.now())
    assert.equal(customers, everybody)
    await verified(first)
    assert.deepEqual(await liveFiveDays(second), lived)
    await livesOn(first, lived)
  } finally {
    await Promise.all([first.close(), second.close()])
  }
})

/** As after a second start: nothing is remembered but the seed and the database. */
async function livesOn(server: TestServer, before: Lived): Promise<void> {
  const world = worldOf(server)
  assert.equal(await world.isThere(), true)
  const ended = new AbortController()
  const startedAt = server.lane.now()
  const living = world.live({ signal: ended.signal, rate: 600 })
  await sleep(4_000)
  ended.abort()
  const told = server.context.realNow()
  await living
  assert.ok(server.context.realNow() - told < 2_000, 'stops promptly')
  const stoodAt = server.lane.now()
  assert.ok(stoodAt - startedAt > 30 * minute, 'time ran')
  await sleep(300)
  assert.equal(server.lane.now(), stoodAt, 'time stands still afterwards')
  const after = await paymentFigures(server.context.sql)
  assert.ok(after.posted > before.payments.posted, 'people went on paying')
  assert.equal(world.refused()['broke'], undefined, server.logged.join('\n'))
  await verified(server)
}
