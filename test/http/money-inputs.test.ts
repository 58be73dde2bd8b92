import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Sql } from '#database'
import { day } from '#kernel'
import { trialBalance } from '#ledger'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { ask, bringMoney, freshKey, signUp, type Answer, type Browser } from './http-client.ts'

let server: TestServer
let reader: Sql
let payer: Browser
let payee: Browser
let stranger: Browser
let accountId: string
let strangersAccountId: string
let paymentId: string

before(async () => {
  server = await startTestServer()
  reader = server.database.connect('reader', { max: 2 })
  payer = await signUp(server, '+8613800000001')
  payee = await signUp(server, '+8613800000002', 'Wang Wei')
  stranger = await signUp(server, '+8613800000003', 'Zhao Min')
  accountId = await bringMoney(server, payer, '1000.00')
  strangersAccountId = await bringMoney(server, stranger, '10.00')
  const paid = await payer.post('/v1/payments', payment('1.00'))
  paymentId = String(paid.body['id'])
  const subscribed = await payer.post('/v1/fund/subscriptions', { amount: '100.00' })
  assert.equal(subscribed.status, 201)
  // The bank account's cool-off is over, and the fund has confirmed.
  const moved = await server.flows.advanceClock({ to: server.lane.now() + 2 * day })
  assert.ok(moved.ok)
})
after(async () => {
  await reader.end()
  await server.close()
})

function payment(amount: unknown): Record<string, unknown> {
  return { payee: { phone: '+8613800000002' }, amount, source: 'wallet' }
}

/** Every endpoint that moves money by an amount, with the rest of a good body. */
const endpoints: Readonly<Record<string, () => Record<string, unknown>>> = {
  '/v1/payments': () => payment('5.00'),
  '/v1/top-ups': () => ({ bank_account_id: accountId, amount: '5.00' }),
  '/v1/withdrawals': () => ({ bank_account_id: accountId, amount: '5.00' }),
  '/v1/fund/subscriptions': () => ({ amount: '5.00' }),
  '/v1/fund/redemptions': () => ({ amount: '5.00', speed: 'normal' }),
}

const tables = [
  'ledger.account',
  'ledger.entry',
  'ledger.posting',
  'ledger.hold',
  'wallet.payment',
  'wallet.top_up',
  'wallet.withdrawal',
  'wallet.bank_account',
  'fund.order',
  'risk.decision',
  'cases.review',
  'guarantee.report',
  'notifications.notice',
]

/** All money and how many rows there are of everything that could have been made. */
async function everything(): Promise<string> {
  const { lines } = await trialBalance(reader)
  const counts = tables.map((table) => `(select count(*)::int4 from ${table}) as "${table}"`)
  const [rows] = await reader.unsafe(`select ${counts.join(', ')}`)
  return JSON.stringify([lines, rows], (_key, value: unknown) => plain(value))
}

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}

/** Asks and insists that it is refused with this code, as a problem, and that nothing changed. */
async function refused(request: () => Promise<Answer>, wanted: { code: string; param?: string }) {
  const before = await everything()
  const { body, status, headers } = await request()
  const { code, param } = wanted
  assert.equal(body.code, code, JSON.stringify(body))
  if (param !== undefined) assert.equal(body.param, param)
  assert.equal(body['status'], status)
  assert.match(String(headers.get('content-type')), /^application\/problem\+json/)
  assert.equal(body['request_id'], headers.get('x-request-id'))
  assert.equal(await everything(), before, 'something changed')
}

const badAmounts: readonly [unknown, string][] = [
  ['abc', 'amount_malformed'],
  ['1,000.00', 'amount_malformed'],
  ['1e3', 'amount_malformed'],
  ['-5.00', 'amount_not_positive'],
  ['0.00', 'amount_not_positive'],
  ['0.001', 'amount_too_precise'],
  ['5.000', 'amount_too_precise'],
  ['100000000000000.00', 'amount_out_of_range'],
  [5, 'request_malformed'],
  [null, 'request_malformed'],
  [{ $gt: 0 }, 'request_malformed'],
]

for (const [path, good] of Object.entries(endpoints)) {
  describe(`POST ${path}`, () => {
    for (const [amount, code] of badAmounts) {
      test(`refuses the amount ${JSON.stringify(amount)} with ${code}`, async () => {
        const request = () => payer.post(path, { ...good(), amount })
        await refused(request, { code, param: 'amount' })
      })
    }

    test('refuses another currency', async () => {
      const request = () => payer.post(path, { ...good(), currency: 'USD' })
      await refused(request, { code: 'currency_not_supported', param: 'currency' })
    })

    test('refuses a field it does not know, naming it', async () => {
      const request = () => payer.post(path, { ...good(), amuont: '1.00' })
      await refused(request, { code: 'request_malformed', param: 'amuont' })
    })

    test('refuses a missing amount, no body, an array and broken JSON', async () => {
      const { amount: _, ...rest } = good()
      const missing = { code: 'request_malformed', param: 'amount' }
      await refused(() => payer.post(path, rest), missing)
      await refused(() => payer.post(path, ''), { code: 'request_malformed' })
      await refused(() => payer.post(path, [good()]), { code: 'request_malformed' })
      await refused(() => payer.post(path, '{"amount": "5.00"'), { code: 'request_malformed' })
      const poison = '{"__proto__": {"amount": "5.00"}}'
      await refused(() => payer.post(path, poison), { code: 'request_malformed' })
    })

    test('refuses a missing, a short and an unprintable key', async () => {
      const { 'idempotency-key': _, ...headers } = { ...payer.headers, 'idempotency-key': '' }
      const missing = () => ask(server, path, { body: good(), headers })
      await refused(missing, { code: 'idempotency_key_missing', param: 'idempotency-key' })
      for (const key of ['short', 'x'.repeat(256), 'größe-größe']) {
        const request = () => payer.post(path, good(), { 'idempotency-key': key })
        await refused(request, { code: 'idempotency_key_malformed', param: 'idempotency-key' })
      }
    })

    test('refuses without a session, with an ended one and with an invented one', async () => {
      const key = { 'idempotency-key': freshKey() }
      const nobody = () => ask(server, path, { body: good(), headers: key })
      await refused(nobody, { code: 'sign_in_required' })
      const phone = `+86139${String(Object.keys(endpoints).indexOf(path)).padStart(8, '0')}`
      const gone = await signUp(server, phone)
      await gone.post('/v1/sign-out', {})
      await refused(() => gone.post(path, good()), { code: 'session_expired' })
      const headers = { ...key, authorization: `Bearer ${'x'.repeat(43)}` }
      const invented = () => ask(server, path, { body: good(), headers })
      await refused(invented, { code: 'session_expired' })
    })

    test('answers a repeated key the same and refuses it with another body', async () => {
      const key = { 'idempotency-key': freshKey() }
      const first = await payer.post(path, good(), key)
      assert.equal(first.status, 201, JSON.stringify(first.body))
      const before = await everything()
      const again = await payer.post(path, good(), key)
      assert.deepEqual([again.status, again.body], [first.status, first.body])
      assert.equal(await everything(), before)
      const other = () => payer.post(path, { ...good(), amount: '6.00' }, key)
      await refused(other, { code: 'id_reused' })
    })

    test('a key of somebody else is not this customer’s key', async () => {
      const key = { 'idempotency-key': freshKey() }
      await payer.post(path, good(), key)
      const { status, body } = await stranger.post(path, good(), key)
      assert.notEqual(body.code, 'id_reused')
      assert.ok(status === 201 || body.code !== undefined)
    })
  })
}

test('what belongs to somebody else is not found', async () => {
  const body = { bank_account_id: strangersAccountId, amount: '1.00' }
  const wanted = { code: 'bank_account_not_found', param: 'bank_account_id' }
  await refused(() => payer.post('/v1/top-ups', body), wanted)
  await refused(() => payer.post('/v1/withdrawals', body), wanted)
  const notFound = { code: 'payment_not_found' }
  for (const verb of ['approve', 'cancel']) {
    await refused(() => stranger.post(`/v1/payments/${paymentId}/${verb}`, {}), notFound)
  }
  await refused(() => stranger.get(`/v1/payments/${paymentId}`), notFound)
  const report = { payment_ids: [paymentId] }
  await refused(() => stranger.post('/v1/reports', report), { ...notFound, param: 'payment_ids' })
  await refused(() => payee.post('/v1/reports', report), notFound)
  await refused(() => stranger.get('/v1/reports/rep_nobodys'), { code: 'report_not_found' })
  const cursor = { code: 'cursor_unknown', param: 'starting_after' }
  await refused(() => stranger.get(`/v1/payments?starting_after=${paymentId}`), cursor)
  const line = `2010:${payer.customerId}.1.1`
  await refused(() => stranger.get(`/v1/statement?starting_after=${line}`), cursor)
})

test('what cannot be paid is refused and moves nothing', async () => {
  const pay = (body: object) => () => payer.post('/v1/payments', { ...payment('5.00'), ...body })
  await refused(pay({ amount: '999999.00' }), { code: 'insufficient_funds' })
  await refused(pay({ payee: { phone: payer.phone } }), { code: 'payee_is_payer' })
  await refused(pay({ payee: { phone: '+8613999999999' } }), { code: 'payee_not_found' })
  await refused(pay({ payee: { phone: '13999' } }), { code: 'phone_malformed' })
  await refused(pay({ payee: {} }), { code: 'request_malformed', param: 'payee' })
  await refused(pay({ source: 'credit' }), { code: 'request_malformed', param: 'source' })
  const redeem = { amount: '999999.00' }
  const order = () => payer.post('/v1/fund/redemptions', redeem)
  await refused(order, { code: 'insufficient_funds' })
})

test('the same payment sent 20 times at once is one payment with 20 equal answers', async () => {
  const key = { 'idempotency-key': freshKey() }
  const before = await trialBalance(reader)
  const wishes = Array.from({ length: 20 }, () => payer.post('/v1/payments', payment('7.00'), key))
  const answers = await Promise.all(wishes)
  const [first] = answers
  for (const { status, body } of answers) {
    assert.equal(status, 201)
    assert.deepEqual(body, first?.body)
  }
  const after = await trialBalance(reader)
  const wallet = (books: typeof before) => books.lines.find(({ code }) => code === '2010')
  assert.equal((wallet(after)?.debits ?? 0n) - (wallet(before)?.debits ?? 0n), 7_00n)
})

test('a failed payment stays failed under its key, also when money has come', async () => {
  const poor = await signUp(server, '+8613700000001', 'Qian')
  const key = { 'idempotency-key': freshKey() }
  const first = await poor.post('/v1/payments', payment('20.00'), key)
  assert.equal(first.body.code, 'insufficient_funds')
  await bringMoney(server, poor, '100.00')
  const again = await poor.post('/v1/payments', payment('20.00'), key)
  assert.equal(again.body.code, 'insufficient_funds')
  const fresh = await poor.post('/v1/payments', payment('20.00'))
  assert.equal(fresh.status, 201)
})

test('a frozen customer pays nothing, and may cancel, read and unfreeze', async () => {
  const frozen = await signUp(server, '+8613700000002', 'Sun')
  await bringMoney(server, frozen, '50.00')
  assert.equal((await frozen.post('/v1/freeze', { reason: 'lost phone' })).status, 200)
  for (const path of ['/v1/payments', '/v1/fund/subscriptions']) {
    const body = endpoints[path]?.()
    await refused(() => frozen.post(path, body), { code: 'customer_frozen' })
  }
  assert.equal((await frozen.get('/v1/wallet')).status, 200)
})
