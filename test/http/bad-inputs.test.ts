import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { operatorRole, routes, type Route } from '#contract'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { ask, freshKey, password, signUp, type Browser } from './http-client.ts'
import { desk, type Desk } from './operator-client.ts'

const tokens = {
  carrier: 'the carrier shows us this, and nobody else',
  guard: 'the client of the guard shows us this',
}

let server: TestServer
let customer: Browser
let operator: Desk
before(async () => {
  server = await startTestServer({ http: { partnerTokens: tokens } })
  customer = await signUp(server, '+8613800000901')
  operator = await desk(server, 'omni', [...operatorRole.options])
})
after(async () => {
  await server.close()
})

const all = Object.entries<Route>(routes)

/** What stands in a path in the place of its parameters: well formed, and nobody's. */
const nobodys: Readonly<Record<string, string>> = {
  id: 'xyz_nobody',
  version: 'pol_nobody',
  phone: encodeURIComponent('+8613899999999'),
  login: 'nobody',
  file: '2026-01.pdf',
}

function pathOf(name: string, { path }: Route): string {
  if (name === 'endSession') return path.replace(':id', `ses_${'0'.repeat(64)}`)
  return path.replace(/:(\w+)/, (_, key: string) => nobodys[key] ?? assert.fail(`${name} ${key}`))
}

/** The headers of somebody who may call the route. */
function rightful({ auth, partner, idempotent }: Route): Record<string, string> {
  const key: Record<string, string> = idempotent ? { 'idempotency-key': freshKey() } : {}
  if (auth === 'customer') return { ...customer.headers, ...key }
  if (auth === 'operator') return { ...operator.headers, ...key }
  if (partner === undefined) return key
  return { ...key, authorization: `Bearer ${tokens[partner]}` }
}

async function codeOf(name: string, route: Route, wish: { body?: unknown; headers?: object }) {
  const { method } = route
  const path = pathOf(name, route)
  const body = method === 'POST' ? (wish.body ?? {}) : undefined
  const headers = { ...(wish.headers as Record<string, string> | undefined) }
  return (await ask(server, path, { method, body, headers })).body.code
}

test('malformed: no route takes a body that is broken, foreign or of another shape', async () => {
  for (const [name, route] of all) {
    if (route.body === undefined) continue
    for (const body of ['{', '[]', '"text"', '{"not_a_field":1}']) {
      const code = await codeOf(name, route, { body, headers: rightful(route) })
      assert.equal(code, 'request_malformed', `${name} ${body}`)
    }
  }
})

test('oversized: no route reads a body of two megabytes', async () => {
  for (const [name, route] of all) {
    if (route.body === undefined) continue
    const body = { name: 'x'.repeat(2_000_000) }
    const code = await codeOf(name, route, { body, headers: rightful(route) })
    assert.equal(code, 'body_too_large', name)
  }
})

test('wrong role: no route of one realm opens to a stranger, or to who is of another', async () => {
  for (const [name, route] of all) {
    const { auth } = route
    if (auth === 'none') continue
    const key = { 'idempotency-key': freshKey() }
    const refused = auth === 'partner' ? 'partner_token_wrong' : 'sign_in_required'
    assert.equal(await codeOf(name, route, { headers: key }), refused, name)
    const other = auth === 'operator' ? customer.headers : operator.headers
    assert.equal(await codeOf(name, route, { headers: { ...other, ...key } }), refused, name)
    const guessed = { authorization: `Bearer ${'x'.repeat(43)}`, ...key }
    const wrong = auth === 'partner' ? refused : 'session_expired'
    assert.equal(await codeOf(name, route, { headers: guessed }), wrong, name)
  }
})

test('forged: a change with a cookie needs its CSRF token, and its key', async () => {
  for (const [name, route] of all) {
    const { auth, method, idempotent } = route
    if (method === 'GET' || (auth !== 'customer' && auth !== 'operator')) continue
    const forged = { ...rightful(route), 'x-coffer-csrf': '0' }
    assert.equal(await codeOf(name, route, { headers: forged }), 'csrf_failed', name)
    if (!idempotent) continue
    const { 'idempotency-key': _key, ...keyless } = rightful(route)
    const missing = await codeOf(name, route, { headers: keyless })
    assert.equal(missing, 'idempotency_key_missing', name)
  }
})

/**
 * For each route of a customer that names something by id: a body that is well formed, and what is
 * said of somebody else's, which is what is said of nobody's.
 */
const proof = 'A'.repeat(40)
const challenge_id = `pkc_1-${'0'.repeat(32)}-${'0'.repeat(64)}`
const response = { clientDataJSON: proof, authenticatorData: proof, signature: proof }
const credential = { id: proof, type: 'public-key', response }
const others: Readonly<Record<string, readonly [body: object | null, code: string]>> = {
  getIncomeStatement: [null, 'not_found'],
  getPayment: [null, 'payment_not_found'],
  approvePayment: [{}, 'payment_not_found'],
  cancelPayment: [{}, 'payment_not_found'],
  cancelFundOrder: [{}, 'order_not_found'],
  approveRedemption: [{}, 'order_not_found'],
  getReport: [null, 'report_not_found'],
  approveSignIn: [{}, 'challenge_not_found'],
  endSession: [{}, 'session_not_found'],
  removePasskey: [{ password }, 'passkey_not_found'],
  beginConfirmation: [{}, 'payment_not_found'],
  confirmPayment: [{ challenge_id, credential }, 'payment_not_found'],
}

test('wrong owner: what is somebody else’s is answered like what nobody has', async () => {
  const named = all.filter(([, { auth, params }]) => auth === 'customer' && params !== undefined)
  assert.deepEqual(
    named.map(([name]) => name).toSorted(),
    Object.keys(others).toSorted(),
    'a new route needs its row here',
  )
  for (const [name, route] of named) {
    const [body, expected] = others[name] ?? [null, '']
    const code = await codeOf(name, route, { body, headers: rightful(route) })
    if (name !== 'getIncomeStatement') assert.equal(code, expected, name)
  }
})

test('replayed: a key serves one content, on the routes that signals come by', async () => {
  const seen = { hashes: [], complete_seconds: 60, receiving_seconds: null, holds_sim: true }
  const rows: readonly [keyof typeof routes, object, object][] = [
    ['reportSeenMessages', seen, { ...seen, complete_seconds: 61 }],
    ['freeze', {}, { reason: 'another one' }],
  ]
  for (const [name, first, second] of rows) {
    const route: Route = routes[name]
    const headers = rightful(route)
    const once = await codeOf(name, route, { body: first, headers })
    assert.equal(once, undefined, name)
    assert.equal(await codeOf(name, route, { body: first, headers }), once, name)
    assert.equal(await codeOf(name, route, { body: second, headers }), 'id_reused', name)
  }
})
