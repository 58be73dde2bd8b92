import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { bringMoney, password, signUp, type Browser } from './http-client.ts'

let server: TestServer
let owner: Browser
let payee: Browser
before(async () => {
  server = await startTestServer({ policy: 'today' })
  owner = await signUp(server, '+8613800000801')
  payee = await signUp(server, '+8613800000802')
  await bringMoney(server, owner, '90000.00')
})
after(async () => {
  await server.close()
})

/** Another place: what malware copied is cookie and device id, not the network. */
const elsewhere = { 'x-coffer-simulated-network': '198.51.100' }

async function challenged(amount: string, payer = owner): Promise<string> {
  const body = { payee: { phone: payee.phone }, amount, source: 'wallet' }
  const made = await payer.post('/v1/payments', body)
  assert.equal(made.body['state'], 'challenged', JSON.stringify(made.body))
  return `/v1/payments/${String(made.body['id'])}/approve`
}

test('session theft: a copied cookie and device id approve nothing from elsewhere', async () => {
  const path = await challenged('6000.00')
  const copied = await owner.post(path, {}, elsewhere)
  assert.deepEqual([copied.status, copied.body.code], [403, 'password_required'])
  const right = await owner.post(path, { password }, elsewhere)
  assert.equal(right.body['state'], 'posted', 'the owner on his way has the password')
})

test('the same device approves at home as before, up to a sum', async () => {
  assert.equal((await owner.post(await challenged('5500.00'), {})).body['state'], 'posted')
  const rich = await signUp(server, '+8613800000804')
  await bringMoney(server, rich, '90000.00')
  const large = await challenged('20000.01', rich)
  assert.equal((await rich.post(large, {})).body.code, 'password_required')
  assert.equal((await rich.post(large, { password })).body['state'], 'posted')
})

test('session theft: who guesses passwords in a stolen session loses it', async () => {
  const robbed = await signUp(server, '+8613800000803')
  await bringMoney(server, robbed, '90000.00')
  const path = await challenged('6000.00', robbed)
  for (let n = 0; n < 5; n += 1) {
    const wrong = await robbed.post(path, { password: `guess number ${n}` }, elsewhere)
    assert.equal(wrong.body.code, 'credentials_wrong')
  }
  assert.equal((await robbed.get('/v1/me')).body.code, 'session_expired')
  const late = await robbed.post(path, { password }, elsewhere)
  assert.equal(late.body.code, 'session_expired')
})
