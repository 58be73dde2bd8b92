import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createVerify, type Actor } from '#flows'
import { required } from '#kernel'
import type { Sql } from '#database'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { ask, bringMoney, freshKey, signUp, type Browser } from '../http/http-client.ts'
import { raceFreeze } from './race-freeze.ts'
import { done } from './load.ts'

const rounds = [1, 2, 3, 4, 5]
let server: TestServer
let reader: Sql
let payee: Browser
let people = 0

before(async () => {
  server = await startTestServer()
  reader = server.database.connect('reader', { max: 1 })
  payee = await signUp(server, phone())
})
after(async () => {
  await reader.end()
  await server.close()
})

function phone(): string {
  people += 1
  return `+86138${String(people).padStart(8, '0')}`
}

async function customer(money: string): Promise<Browser & { bankAccountId: string }> {
  const browser = await signUp(server, phone())
  return { ...browser, bankAccountId: await bringMoney(server, browser, money) }
}

/** The customer as the flows know him, from the session of his browser. */
async function actorOf({ headers, deviceId }: Browser): Promise<Actor> {
  const signals = { remoteControl: false, callInProgress: false, emulator: false }
  const token = headers['cookie']?.split('=')[1]
  const shown = { token, deviceId, network: '203.0.113', signals }
  const known = await server.flows.authenticate(shown)
  assert.ok(known.ok)
  return known.value.actor
}

async function walletOf(browser: Browser): Promise<string> {
  const { body } = await browser.get('/v1/wallet')
  return (body['wallet'] as { available: string }).available
}

test('50 payments at once from a balance that allows 7: exactly 7, every time', async () => {
  for (const _round of rounds) {
    const payer = await customer('100.00')
    const actor = await actorOf(payer)
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        server.flows.pay(actor, {
          requestId: `limit-${n}`,
          payee: payee.customerId,
          amount: 14_00n,
          source: 'wallet',
          memo: null,
        }),
      ),
    )
    const posted = answers.filter((each) => each.ok && each.value.payment.state === 'posted')
    const refused = answers.filter((each) => !each.ok && each.error.code === 'insufficient_funds')
    assert.deepEqual([posted.length, refused.length], [7, 43])
    assert.equal(await walletOf(payer), '2.00')
  }
})

test('the same over HTTP', async () => {
  const body = { payee: { customer_id: payee.customerId }, amount: '14.00', source: 'wallet' }
  for (const _round of rounds) {
    const payer = await customer('100.00')
    const wishes = Array.from({ length: 50 }, () => payer.post('/v1/payments', body))
    const answers = await Promise.all(wishes)
    const refused = answers.filter((each) => each.body.code === 'insufficient_funds')
    assert.equal(answers.filter(({ status }) => status === done).length, 7)
    assert.equal(refused.length, 43)
    assert.equal(await walletOf(payer), '2.00')
  }
})

test('the same key 20 times at once: one payment, 20 equal answers', async () => {
  const payer = await customer('100.00')
  const body = { payee: { customer_id: payee.customerId }, amount: '1.00', source: 'wallet' }
  for (const round of rounds) {
    const headers = { ...payer.headers, 'idempotency-key': freshKey() }
    const wishes = Array.from({ length: 20 }, () => ask(server, '/v1/payments', { body, headers }))
    const answers = await Promise.all(wishes)
    const first = required(answers[0], 'answer')
    assert.equal(first.status, done)
    assert.equal(first.body['state'], 'posted')
    for (const { status, body } of answers) {
      assert.deepEqual([status, body], [first.status, first.body])
    }
    assert.equal(await walletOf(payer), `${100 - round}.00`)
  }
})

test('paying against freezing: nothing is committed after the freeze is', async () => {
  const at = { payAt: [server.url], freezeAt: server.url, hands: 24, freezeAfter: 50 }
  for (const _round of rounds) {
    const payer = await customer('100.00')
    await raceFreeze({ ...at, reader, payer, payee: { ...payee, bankAccountId: '' } })
  }
})

test('after all that the books are clean', async () => {
  const found = await createVerify({ sql: reader })()
  assert.ok(found.ok, JSON.stringify(found))
})
