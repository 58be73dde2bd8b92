import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { minute } from '#kernel'
import { createAuthenticator, type Authenticator, type Faults } from '../support/authenticator.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { ask, bringMoney, freshKey, signUp, type Answer, type Browser } from './http-client.ts'
import {
  addPasskey,
  confirmationBody,
  origin,
  passkeySignInBody,
  signInByPasskey,
} from './passkey-client.ts'

const payeePhone = '+8613800000402'
const otherPhone = '+8613800000403'
let server: TestServer
let payer: Browser
let payee: Browser
let key: Authenticator

before(async () => {
  server = await startTestServer({ policy: 'today' })
  payer = await signUp(server, '+8613800000401')
  payee = await signUp(server, payeePhone, 'Wang Wei')
  await signUp(server, otherPhone, 'Zhao Min')
  await bringMoney(server, payer, '100000.00')
  key = createAuthenticator(origin)
  const added = await addPasskey(payer, key)
  assert.equal(added.status, 201, JSON.stringify(added.body))
})
after(async () => {
  await server.close()
})

/** A payment that the guard wants confirmed: much money to somebody new. */
async function challenged(amount: string, phone = payeePhone, who = payer): Promise<string> {
  const body = { payee: { phone }, amount, source: 'wallet' }
  const made = await who.post('/v1/payments', body)
  assert.equal(made.body['state'], 'challenged', JSON.stringify(made.body))
  return String(made.body['id'])
}

const confirm = (paymentId: string, body: unknown, who: Browser = payer): Promise<Answer> =>
  who.post(`/v1/payments/${paymentId}/confirm`, body)

async function stateOf(paymentId: string): Promise<unknown> {
  return (await payer.get(`/v1/payments/${paymentId}`)).body['state']
}

async function cancel(...paymentIds: string[]): Promise<void> {
  for (const id of paymentIds) await payer.post(`/v1/payments/${id}/cancel`, {})
}

test('a passkey is listed, confirms a payment, signs in, and is removed for good', async () => {
  const own = createAuthenticator(origin)
  assert.equal((await addPasskey(payer, own)).status, 201)
  const [id] = own.ids()
  const listed = (await payer.get('/v1/passkeys')).body['data'] as { id: string; name: string }[]
  assert.ok(listed.some((passkey) => passkey.id === id && passkey.name === 'Key'))
  const paymentId = await challenged('6000.00')
  const faults = { authenticator: own }
  const body = await confirmationBody(payer, paymentId, faults)
  const confirmed = await confirm(paymentId, body)
  assert.equal(confirmed.body['state'], 'posted', JSON.stringify(confirmed.body))
  const again = await signInByPasskey(server, payer.phone, own)
  assert.equal(again.customerId, payer.customerId)
  const wrong = await payer.post(`/v1/passkeys/${id}/remove`, { password: 'not this one' })
  assert.equal(wrong.body.code, 'credentials_wrong')
  const password = 'correct horse battery staple'
  const removed = await payer.post(`/v1/passkeys/${id}/remove`, { password })
  assert.equal(removed.status, 200)
  const gone = await ask(server, '/v1/passkey-sign-in', {
    body: await passkeySignInBody(server, own),
  })
  assert.equal(gone.body.code, 'passkey_wrong')
  const twice = await payer.post(`/v1/passkeys/${id}/remove`, { password })
  assert.equal(twice.body.code, 'passkey_not_found')
})

describe('a replayed payment proof', () => {
  test('is refused on another amount', async () => {
    const [first, second] = [await challenged('5100.00'), await challenged('5200.00')]
    const body = await confirmationBody(payer, first, { authenticator: key })
    const { body: refused } = await confirm(second, body)
    assert.equal(refused.code, 'challenge_not_found')
    assert.equal(await stateOf(second), 'challenged')
    await cancel(first, second)
  })

  test('is refused on another payee', async () => {
    // Somebody with fewer attempts today: the guard would hold these.
    const fresh = await signUp(server, '+8613800000404', 'Sun Li')
    const own = createAuthenticator(origin)
    await bringMoney(server, fresh, '50000.00')
    await addPasskey(fresh, own)
    const first = await challenged('5300.00', payeePhone, fresh)
    const second = await challenged('5300.00', otherPhone, fresh)
    const body = await confirmationBody(fresh, first, { authenticator: own })
    assert.equal((await confirm(second, body, fresh)).body.code, 'challenge_not_found')
    const { body: still } = await fresh.get(`/v1/payments/${second}`)
    assert.equal(still['state'], 'challenged')
  })

  test('is refused on another payment of the same amount to the same payee', async () => {
    const [first, second] = [await challenged('5400.00'), await challenged('5400.00')]
    const body = await confirmationBody(payer, first, { authenticator: key })
    assert.equal((await confirm(first, body)).body['state'], 'posted')
    assert.equal((await confirm(second, body)).body.code, 'challenge_not_found')
    // Nor with the second payment's own challenge and the first one's signature.
    const own = await confirmationBody(payer, second, { authenticator: key })
    const mixed = { challenge_id: own.challenge_id, credential: body.credential }
    assert.equal((await confirm(second, mixed)).body.code, 'passkey_wrong')
    assert.equal(await stateOf(second), 'challenged')
    await cancel(second)
  })

  test('is refused the second time, and answered the same under its own key', async () => {
    const id = await challenged('5500.00')
    const body = await confirmationBody(payer, id, { authenticator: key })
    const headers = { 'idempotency-key': freshKey() }
    const path = `/v1/payments/${id}/confirm`
    const first = await payer.post(path, body, headers)
    assert.equal(first.body['state'], 'posted')
    assert.deepEqual((await payer.post(path, body, headers)).body, first.body)
    assert.equal((await confirm(id, body)).body.code, 'payment_not_open')
  })

  test('of 20 at the same time one confirms', async () => {
    const id = await challenged('5600.00')
    const body = await confirmationBody(payer, id, { authenticator: key })
    const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(id, body)))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  })
})

const wrongs: Readonly<Record<string, Faults>> = {
  'a wrong origin': { origin: 'https://c0ffer.example' },
  'a wrong rpId': { rpId: 'c0ffer.example' },
  'another challenge': { challenge: Buffer.alloc(32, 7).toString('base64url') },
  'a frame of a foreign page': { crossOrigin: true },
  'an owner who was not verified': { unverified: true },
  'another kind of proof': { type: 'webauthn.other' },
}

for (const [name, faults] of Object.entries(wrongs)) {
  test(`a passkey with ${name} is neither added nor accepted`, async () => {
    const fresh = createAuthenticator(origin)
    assert.equal((await addPasskey(payer, fresh, { faults })).body.code, 'passkey_wrong')
    const body = await passkeySignInBody(server, key, { faults })
    assert.equal((await ask(server, '/v1/passkey-sign-in', { body })).body.code, 'passkey_wrong')
    const id = await challenged('5700.00')
    const proof = await confirmationBody(payer, id, { authenticator: key, faults })
    assert.equal((await confirm(id, proof)).body.code, 'passkey_wrong')
    assert.equal(await stateOf(id), 'challenged')
    await cancel(id)
  })
}

test('a signature by another key is refused', async () => {
  const body = await passkeySignInBody(server, key, { faults: { foreignKey: true } })
  assert.equal((await ask(server, '/v1/passkey-sign-in', { body })).body.code, 'passkey_wrong')
})

test('a counter that does not grow is refused: somebody has a copy of the key', async () => {
  const copied = createAuthenticator(origin)
  await addPasskey(payer, copied)
  const post = async (counter: number) => {
    const body = await passkeySignInBody(server, copied, { faults: { counter } })
    return (await ask(server, '/v1/passkey-sign-in', { body })).body
  }
  assert.equal((await post(10))['status'], 'signed_in')
  assert.equal((await post(10)).code, 'passkey_wrong')
  assert.equal((await post(9)).code, 'passkey_wrong')
  const id = await challenged('5800.00')
  const faults = { counter: 10 }
  const proof = await confirmationBody(payer, id, { authenticator: key })
  const own = await payer.post(`/v1/payments/${id}/confirmation`, {})
  const { options } = own.body as unknown as { options: { challenge: string; rpId: string } }
  const stale = { ...proof, challenge_id: own.body['challenge_id'] }
  const credential = copied.get(options, faults)
  assert.equal((await confirm(id, { ...stale, credential })).body.code, 'passkey_wrong')
  assert.equal(await stateOf(id), 'challenged')
  await cancel(id)
})

test('a sign-in proof serves once, and not to confirm a payment', async () => {
  const body = await passkeySignInBody(server, key)
  assert.equal((await ask(server, '/v1/passkey-sign-in', { body })).body['status'], 'signed_in')
  const again = await ask(server, '/v1/passkey-sign-in', { body })
  assert.ok(['challenge_not_found', 'passkey_wrong'].includes(String(again.body.code)))
  const { challenge_id, credential } = await passkeySignInBody(server, key)
  const id = await challenged('5900.00')
  const misused = await confirm(id, { challenge_id, credential })
  assert.equal(misused.body.code, 'challenge_not_found')
  await cancel(id)
})

test('of 20 parallel sign-ins with one proof one gets in', async () => {
  const body = await passkeySignInBody(server, key)
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => ask(server, '/v1/passkey-sign-in', { body })),
  )
  assert.equal(answers.filter(({ status }) => status === 200).length, 1)
})

test('somebody else’s passkey confirms nothing, and his payment is not found', async () => {
  const thief = createAuthenticator(origin)
  assert.equal((await addPasskey(payee, thief)).status, 201)
  const id = await challenged('6100.00')
  const asked = await payer.post(`/v1/payments/${id}/confirmation`, {})
  const { options } = asked.body as unknown as { options: { challenge: string; rpId: string } }
  const credential = thief.get({ challenge: options.challenge, rpId: options.rpId })
  const body = { challenge_id: asked.body['challenge_id'], credential }
  assert.equal((await confirm(id, body)).body.code, 'passkey_wrong')
  assert.equal((await confirm(id, body, payee)).body.code, 'payment_not_found')
  const options2 = await payee.post(`/v1/payments/${id}/confirmation`, {})
  assert.equal(options2.body.code, 'payment_not_found')
  const remove = { password: 'correct horse battery staple' }
  const [mine] = key.ids()
  const stolen = await payee.post(`/v1/passkeys/${mine}/remove`, remove)
  assert.equal(stolen.body.code, 'passkey_not_found')
  await cancel(id)
})

test('a stolen session adds no passkey: it is not on the trusted device', async () => {
  const thief = createAuthenticator(origin)
  const headers = { 'x-coffer-device': 'dev_thiefs' }
  const answer = await addPasskey(payer, thief, { headers })
  assert.equal(answer.body.code, 'device_not_trusted')
})

test('a passkey is added once, by one customer', async () => {
  const asked = await payer.post('/v1/passkeys/options', {})
  const { challenge_id, options } = asked.body as unknown as {
    challenge_id: string
    options: Parameters<Authenticator['create']>[0]
  }
  const credential = createAuthenticator(origin).create(options)
  const password = 'correct horse battery staple'
  const body = { challenge_id, name: 'Key', password, credential }
  // Made for another customer's challenge.
  assert.equal((await payee.post('/v1/passkeys', body)).body.code, 'challenge_not_found')
  assert.equal((await payer.post('/v1/passkeys', body)).status, 201)
  assert.equal((await payer.post('/v1/passkeys', body)).body.code, 'challenge_not_found')
})

test('an expired challenge is refused, for each of its uses', async () => {
  const signIn = await passkeySignInBody(server, key)
  const id = await challenged('6200.00')
  const proof = await confirmationBody(payer, id, { authenticator: key })
  const asked = await payer.post('/v1/passkeys/options', {})
  const { challenge_id, options } = asked.body as unknown as {
    challenge_id: string
    options: Parameters<Authenticator['create']>[0]
  }
  // Five minutes of a person at a simulation's screen.
  await server.flows.advanceClock({ to: server.lane.now() + 60 * 5 * minute })
  const late = await ask(server, '/v1/passkey-sign-in', { body: signIn })
  assert.equal(late.body.code, 'challenge_expired')
  assert.equal((await confirm(id, proof)).body.code, 'challenge_expired')
  const credential = createAuthenticator(origin).create(options)
  const password = 'correct horse battery staple'
  const body = { challenge_id, name: 'Key', password, credential }
  assert.equal((await payer.post('/v1/passkeys', body)).body.code, 'challenge_expired')
  await cancel(id)
})
