import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createAuthenticator } from '../support/authenticator.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { createDeviceKey, paymentText, signUpWithKey } from './device-key-client.ts'
import { ask, bringMoney, password, signUp, type Answer } from './http-client.ts'
import { addPasskey, origin, passkeySignInBody } from './passkey-client.ts'

const nobody = '+8613899999999'
let server: TestServer
before(async () => {
  server = await startTestServer({ policy: 'today' })
})
after(async () => {
  await server.close()
})

const signIn = (phone: string, device: object, secret = password): Promise<Answer> =>
  ask(server, '/v1/sign-in', { body: { phone, password: secret, device } })

/** An answer without what differs from request to request. */
function bare({ status, body }: Answer): unknown {
  const { request_id: _, expires_at: _e, resend_at: _r, ...rest } = body
  return { status, rest }
}

test('enumeration: a customer’s number and nobody’s get the same answers', async () => {
  const phone = '+8613800000701'
  await signUp(server, phone)
  const device = { name: 'Thief’s', id: 'dev_thiefs' }
  const wrong = (who: string) => signIn(who, device, 'not the password')
  assert.deepEqual(bare(await wrong(phone)), bare(await wrong(nobody)))
  const reset = async (who: string) => {
    const id_number = '110101199003071292'
    const common = { id_number, new_password: 'a fine new password', device }
    const body = { ...common, phone: who, code: '123456' }
    return bare(await ask(server, '/v1/password-resets', { body }))
  }
  assert.deepEqual(await reset(phone), await reset(nobody))
  for (let n = 0; n < 12; n += 1) {
    assert.deepEqual(bare(await wrong(phone)), bare(await wrong(nobody)), `try ${n}`)
  }
  const unknown = createAuthenticator(origin)
  const asked = (await ask(server, '/v1/passkey-sign-in/options', { body: {} })).body
  assert.deepEqual((asked['options'] as { allowCredentials: object[] }).allowCredentials, [])
  unknown.create({ challenge: 'x', rp: { id: 'localhost' } })
  const body = await passkeySignInBody(server, unknown)
  assert.equal((await ask(server, '/v1/passkey-sign-in', { body })).body.code, 'passkey_wrong')
})

test('lock-out abuse: guesses shut the guesser out, never the owner', async () => {
  const phone = '+8613800000702'
  const owner = await signUp(server, phone)
  const key = createAuthenticator(origin)
  await addPasskey(owner, key)
  const thiefs = { name: 'Thief’s', id: 'dev_thiefs' }
  for (let n = 0; n < 12; n += 1) await signIn(phone, thiefs, `guess number ${n}`)
  assert.equal((await signIn(phone, thiefs)).body.code, 'too_many_tries')
  const own = await signIn(phone, { name: 'Phone', id: owner.deviceId })
  assert.equal(own.body['status'], 'signed_in', JSON.stringify(own.body))
  for (let n = 0; n < 12; n += 1) await signIn(phone, thiefs, `guess number ${n}`)
  const body = await passkeySignInBody(server, key)
  const passkey = await ask(server, '/v1/passkey-sign-in', { body })
  assert.equal(passkey.body['status'], 'signed_in', JSON.stringify(passkey.body))
})

test('challenge bombing: after six questions an hour the owner is left in peace', async () => {
  const phone = '+8613800000703'
  const owner = await signUp(server, phone)
  const answers: Answer[] = []
  for (let n = 0; n < 20; n += 1) {
    answers.push(await signIn(phone, { name: 'Thief’s', id: `dev_thief${n}` }))
  }
  const asked = answers.filter(({ body }) => body['status'] === 'challenged')
  assert.equal(asked.length, 6)
  assert.equal(answers.at(-1)?.body.code, 'too_many_tries')
  const notices = (await owner.get('/v1/notices?limit=100')).body['data'] as { title: string }[]
  assert.equal(notices.filter(({ title }) => title === 'Is this you?').length, 6)
  const own = await signIn(phone, { name: 'Phone', id: owner.deviceId })
  assert.equal(own.body['status'], 'signed_in')
})

test('challenge bombing in parallel is no way round', async () => {
  const phone = '+8613800000704'
  await signUp(server, phone)
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, n) => signIn(phone, { name: 'T', id: `dev_thief${n}` })),
  )
  assert.equal(answers.filter(({ body }) => body['status'] === 'challenged').length, 6)
})

test('20 parallel sign-ins on the owner’s device are 20 sessions of his', async () => {
  const phone = '+8613800000705'
  const owner = await signUp(server, phone)
  const device = { name: 'Phone', id: owner.deviceId }
  const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(phone, device)))
  assert.deepEqual(new Set(answers.map(({ body }) => body['status'])), new Set(['signed_in']))
  assert.equal(new Set(answers.map(({ cookie }) => cookie)).size, 20)
  const { body } = await owner.get('/v1/sessions')
  assert.equal((body['data'] as object[]).length, 21)
})

test('device-key theft: the key without session and device is worth nothing', async () => {
  const phone = '+8613800000706'
  const key = createDeviceKey()
  const owner = await signUpWithKey(server, phone, key)
  const payee = await signUp(server, '+8613800000707')
  await bringMoney(server, owner, '50000.00')
  const body = { payee: { phone: payee.phone }, amount: '6000.00', source: 'wallet' }
  const made = await owner.post('/v1/payments', body)
  const id = String(made.body['id'])
  const text = paymentText({ id, fen: 600_000, payeeId: payee.customerId })
  const signature = key.sign(text)
  const path = `/v1/payments/${id}/approve`
  const alone = await ask(server, path, { body: { signature } })
  assert.equal(alone.body.code, 'sign_in_required')
  // A session of the thief's own on his phone, with the password: no device we trust.
  const elsewhere = { 'x-coffer-device': 'dev_thiefs' }
  const other = await owner.post(path, { signature }, elsewhere)
  assert.equal(other.body.code, 'device_not_trusted')
  // Somebody else's session finds no such payment.
  assert.equal((await payee.post(path, { signature })).body.code, 'payment_not_found')
  assert.equal((await owner.get(`/v1/payments/${id}`)).body['state'], 'challenged')
})

test('every new endpoint refuses what is malformed, oversized or forged', async () => {
  const owner = await signUp(server, '+8613800000708')
  const paths = [
    '/v1/passkeys',
    '/v1/passkeys/options',
    '/v1/passkeys/abc/remove',
    '/v1/payments/pay_x/confirmation',
    '/v1/payments/pay_x/confirm',
    '/v1/sessions/end-all',
    `/v1/sessions/ses_${'0'.repeat(64)}/end`,
    '/v1/session/rotate',
    '/v1/totp',
    '/v1/totp/remove',
    '/v1/recovery-codes',
  ]
  for (const path of paths) {
    assert.equal((await ask(server, path, { body: {} })).body.code, 'sign_in_required', path)
    const unsigned = { ...owner.headers, 'x-coffer-csrf': '0' }
    const forged = await ask(server, path, { body: {}, headers: unsigned })
    assert.equal(forged.body.code, 'csrf_failed', path)
    const { headers } = owner
    assert.equal(
      (await ask(server, path, { body: {}, headers })).body.code,
      'idempotency_key_missing',
    )
    for (const bad of ['{', '[]', '{"unknown":1}', '"text"']) {
      assert.equal((await owner.post(path, bad)).body.code, 'request_malformed', `${path} ${bad}`)
    }
    const large = await owner.post(path, { name: 'x'.repeat(70_000) })
    assert.equal(large.body.code, 'body_too_large', path)
    const operator = {
      'idempotency-key': 'a-key-of-mine',
      authorization: `Bearer ${'x'.repeat(43)}`,
    }
    const wrongRole = await ask(server, path, { body: {}, headers: operator })
    assert.equal(wrongRole.body.code, 'session_expired', path)
  }
  for (const path of ['/v1/passkey-sign-in', '/v1/passkey-sign-in/options']) {
    for (const bad of ['{', '[]', '{"unknown":1}']) {
      const refused = await ask(server, path, { body: bad })
      assert.equal(refused.body.code, 'request_malformed', `${path} ${bad}`)
    }
    const large = await ask(server, path, { body: { name: 'x'.repeat(70_000) } })
    assert.equal(large.body.code, 'body_too_large', path)
  }
  for (const path of ['/v1/passkeys', '/v1/sessions', '/v1/second-factors']) {
    assert.equal((await ask(server, path)).body.code, 'sign_in_required', path)
  }
})
