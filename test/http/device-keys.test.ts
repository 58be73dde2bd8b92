import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { minute } from '#kernel'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { createDeviceKey, paymentText, signUpWithKey } from './device-key-client.ts'
import { ask, bringMoney, password, signUp, type Answer, type Browser } from './http-client.ts'

const phone = '+8613800000501'
const payeePhone = '+8613800000502'
const otherPhone = '+8613800000503'
const key = createDeviceKey()
let server: TestServer
let payer: Browser
let payee: Browser
let other: Browser

before(async () => {
  server = await startTestServer({ policy: 'today' })
  payer = await signUpWithKey(server, phone, key)
  payee = await signUp(server, payeePhone, 'Wang Wei')
  other = await signUp(server, otherPhone, 'Zhao Min')
  await bringMoney(server, payer, '100000.00')
})
after(async () => {
  await server.close()
})

async function challenged(amount: string, to = payeePhone, who = payer): Promise<string> {
  const body = { payee: { phone: to }, amount, source: 'wallet' }
  const made = await who.post('/v1/payments', body)
  assert.equal(made.body['state'], 'challenged', JSON.stringify(made.body))
  return String(made.body['id'])
}

const approve = (id: string, signature?: string, who = payer): Promise<Answer> =>
  who.post(`/v1/payments/${id}/approve`, signature === undefined ? {} : { signature })

test('a stolen session without the device’s key cannot approve', async () => {
  const id = await challenged('6000.00')
  // The thief has cookie, CSRF token and the device's id: all that a browser sends.
  assert.equal((await approve(id)).body.code, 'device_proof_missing')
  const text = paymentText({ id, fen: 600_000, payeeId: payee.customerId })
  assert.equal((await approve(id, createDeviceKey().sign(text))).body.code, 'device_proof_wrong')
  assert.equal((await payer.get(`/v1/payments/${id}`)).body['state'], 'challenged')
  const approved = await approve(id, key.sign(text))
  assert.equal(approved.body['state'], 'posted', JSON.stringify(approved.body))
})

test('a device’s signature fits no other payment, amount or payee', async () => {
  const id = await challenged('6100.00')
  const right = { id, fen: 610_000, payeeId: payee.customerId }
  const wrongs = [
    { ...right, id: 'pay_0000000000000000' },
    { ...right, fen: 600_000 },
    { ...right, payeeId: other.customerId },
  ]
  for (const wrong of wrongs) {
    const refused = await approve(id, key.sign(paymentText(wrong)))
    assert.equal(refused.body.code, 'device_proof_wrong')
  }
  assert.equal((await approve(id, key.sign(paymentText(right)))).body['state'], 'posted')
})

test('a key is bound once: whoever knows the password does not replace it', async () => {
  const thiefs = createDeviceKey()
  const device = { name: 'Phone', id: payer.deviceId, public_key: thiefs.publicKey }
  const body = { phone, password, device }
  const signedIn = await ask(server, '/v1/sign-in', { body })
  assert.equal(signedIn.body['status'], 'signed_in', JSON.stringify(signedIn.body))
  const id = await challenged('6200.00')
  const text = paymentText({ id, fen: 620_000, payeeId: payee.customerId })
  assert.equal((await approve(id, thiefs.sign(text))).body.code, 'device_proof_wrong')
  await payer.post(`/v1/payments/${id}/cancel`, {})
})

test('a device without a key approves as before', async () => {
  await bringMoney(server, other, '50000.00')
  const id = await challenged('6300.00', payeePhone, other)
  assert.equal((await approve(id, undefined, other)).body['state'], 'posted')
})

test('malformed keys and signatures are refused, naming them', async () => {
  const id = await challenged('6400.00')
  for (const signature of ['', 'short', 'x'.repeat(87), 'ä'.repeat(86), 7]) {
    const refused = await payer.post(`/v1/payments/${id}/approve`, { signature })
    assert.deepEqual([refused.body.code, refused.body.param], ['request_malformed', 'signature'])
  }
  const device = { name: 'Phone', public_key: 'MFkwEwYHKoZIzj0' }
  const refused = await ask(server, '/v1/sign-in', { body: { phone, password, device } })
  assert.equal(refused.body.code, 'request_malformed')
  await payer.post(`/v1/payments/${id}/cancel`, {})
})

test('a key that is no point of the curve signs nothing', async () => {
  const broken = { ...createDeviceKey() }
  const publicKey = `${broken.publicKey.slice(0, 36)}${'A'.repeat(86)}`
  const victim = await signUpWithKey(server, '+8613800000504', { ...broken, publicKey })
  await bringMoney(server, victim, '50000.00')
  const id = await challenged('6500.00', payeePhone, victim)
  const text = paymentText({ id, fen: 650_000, payeeId: payee.customerId })
  assert.equal((await approve(id, broken.sign(text), victim)).body.code, 'device_proof_wrong')
})

async function sessionsOf(who: Browser): Promise<{ id: string; current: boolean }[]> {
  return (await who.get('/v1/sessions')).body['data'] as { id: string; current: boolean }[]
}

async function again(): Promise<Browser> {
  const device = { name: 'Phone', id: payer.deviceId }
  const answer = await ask(server, '/v1/sign-in', { body: { phone, password, device } })
  const me = answer.body['me'] as { csrf_token: string }
  const cookie = answer.cookie ?? ''
  const headers = { ...payer.headers, cookie, 'x-coffer-csrf': me.csrf_token }
  let count = 0
  return {
    ...payer,
    headers,
    get: (path) => ask(server, path, { headers }),
    post: (path, body, more = {}) => {
      count += 1
      const fresh = { 'idempotency-key': `again-${cookie.slice(-20)}-${count}` }
      return ask(server, path, { body, headers: { ...headers, ...fresh, ...more } })
    },
  }
}

test('sessions are listed and ended one by one, by their owner alone', async () => {
  const second = await again()
  const listed = await sessionsOf(second)
  const current = listed.find((session) => session.current)
  assert.ok(listed.length >= 2 && current !== undefined)
  assert.equal(
    (await payee.post(`/v1/sessions/${current.id}/end`, {})).body.code,
    'session_not_found',
  )
  assert.equal((await payer.post(`/v1/sessions/${current.id}/end`, {})).status, 200)
  assert.equal((await second.get('/v1/me')).body.code, 'session_expired')
  assert.equal((await payer.get('/v1/me')).status, 200)
  const malformed = await payer.post('/v1/sessions/ses_no/end', {})
  assert.equal(malformed.body.code, 'request_malformed')
})

test('session theft: a token is exchanged by the device’s key; the old one ends both', async () => {
  const first = await again()
  const { session_id } = (await first.get('/v1/me')).body as unknown as { session_id: string }
  const text = `coffer session rotation v1\n${session_id}`
  const path = '/v1/session/rotate'
  assert.equal((await first.post(path, {})).body.code, 'device_proof_missing')
  const foreign = { signature: createDeviceKey().sign(text) }
  assert.equal((await first.post(path, foreign)).body.code, 'device_proof_wrong')
  const elsewhere = { 'x-coffer-device': 'dev_thiefs' }
  const signature = key.sign(text)
  assert.equal((await first.post(path, { signature }, elsewhere)).body.code, 'device_not_trusted')
  const rotated = await first.post(path, { signature })
  assert.equal(rotated.status, 200, JSON.stringify(rotated.body))
  const headers = { cookie: rotated.cookie ?? '' }
  assert.equal((await ask(server, '/v1/me', { headers })).status, 200)
  // Requests under way still come in for a moment.
  assert.equal((await first.get('/v1/me')).status, 200)
  assert.equal((await first.post(path, { signature })).body.code, 'session_expired')
  await server.flows.advanceClock({ to: server.lane.now() + 60 * minute })
  assert.equal((await ask(server, '/v1/me', { headers })).status, 200)
  // Session theft: two hold this session, and the older token shows it. Both are out.
  assert.equal((await first.get('/v1/me')).body.code, 'session_expired')
  assert.equal((await ask(server, '/v1/me', { headers })).body.code, 'session_expired')
  const notices = (await payer.get('/v1/notices')).body['data'] as { title: string }[]
  assert.ok(notices.some(({ title }) => title === 'We ended a session'))
})

test('all sessions end at once, this one with them', async () => {
  const second = await again()
  assert.equal((await second.post('/v1/sessions/end-all', {})).status, 200)
  assert.equal((await second.get('/v1/me')).body.code, 'session_expired')
  assert.equal((await payer.get('/v1/me')).body.code, 'session_expired')
})
