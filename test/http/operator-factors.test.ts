import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { routes, type Route } from '#contract'
import { totpCodeAt } from '#identity'
import { systemClock } from '#kernel'
import { createAuthenticator } from '../support/authenticator.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { ask, freshKey } from './http-client.ts'
import { desk, deskOf, type Desk } from './operator-client.ts'

let server: TestServer
before(async () => {
  server = await startTestServer()
})
after(async () => {
  await server.close()
})

const password = 'a first password for them'

/** An operator's first sign-in, with the password he was given. */
async function newcomer(login: string): Promise<Desk> {
  await server.flows.createOperator({ login, name: login, roles: ['analyst'], password })
  const signedIn = await ask(server, '/v1/operator/sign-in', { body: { login, password } })
  assert.equal(signedIn.body['factor'], 'none')
  assert.deepEqual(signedIn.body['roles'], [])
  return deskOf(server, signedIn)
}

test('a session without a second factor may do nothing but enrol, on every route', async () => {
  const bare = await newcomer('newt')
  const mayNot: string[] = []
  for (const [name, route] of Object.entries<Route>(routes)) {
    if (route.auth !== 'operator') continue
    const answer = await fetch(server.url + route.path.replace(':id', 'xyz_nobody'), {
      method: route.method,
      headers: {
        ...bare.headers,
        'idempotency-key': freshKey(),
        'content-type': 'application/json',
      },
      ...(route.method === 'POST' ? { body: '{"not_a_field":1}' } : {}),
    })
    const { code } = (await answer.json()) as { code?: string }
    if (route.enrolment === true) assert.notEqual(code, 'factor_enrolment_required', name)
    else assert.equal(code, 'factor_enrolment_required', name)
    if (route.enrolment !== true) mayNot.push(name)
  }
  assert.ok(mayNot.length > 20)
})

test('an app is set up, and asked for from then on', async () => {
  const bare = await newcomer('otto')
  const { secret } = (await bare.post('/v1/operator/totp', {})).body as unknown as {
    secret: string
  }
  const wrong = await bare.post('/v1/operator/totp/confirm', { code: '000000' })
  assert.equal(wrong.body.code, 'code_wrong')
  const code = totpCodeAt(secret, systemClock.now())
  const me = await bare.post('/v1/operator/totp/confirm', { code })
  assert.deepEqual([me.body['factor'], me.body['roles']], ['totp', ['analyst']])
  assert.equal((await bare.get('/v1/operator/reviews')).status, 200)
  assert.equal((await bare.post('/v1/operator/totp', {})).body.code, 'totp_on')
  const again = await ask(server, '/v1/operator/sign-in', { body: { login: 'otto', password } })
  assert.equal(again.body.code, 'second_factor_required')
  assert.equal(again.cookie, undefined)
})

test('a passkey signs an operator in alone, once, and opens no customer’s door', async () => {
  const bare = await newcomer('paul')
  const authenticator = createAuthenticator(server.url.replace('127.0.0.1', 'localhost'))
  const begun = (await bare.post('/v1/operator/passkeys/options', {})).body as never as {
    challenge_id: string
    options: { challenge: string; rp: { id: string } }
  }
  const credential = authenticator.create(begun.options)
  const body = { challenge_id: begun.challenge_id, name: 'Key', credential }
  const me = await bare.post('/v1/operator/passkeys', body)
  assert.equal(me.body['factor'], 'passkey', JSON.stringify(me.body))
  assert.equal((await bare.post('/v1/operator/passkeys', body)).body.code, 'challenge_not_found')
  const asked = (await ask(server, '/v1/operator/passkey-sign-in/options', { body: {} }))
    .body as never as { challenge_id: string; options: { challenge: string; rpId: string } }
  const proof = authenticator.get(asked.options)
  const shown = { challenge_id: asked.challenge_id, credential: proof }
  const in_ = await ask(server, '/v1/operator/passkey-sign-in', { body: shown })
  assert.deepEqual([in_.body['login'], in_.body['factor']], ['paul', 'passkey'])
  const twice = await ask(server, '/v1/operator/passkey-sign-in', { body: shown })
  assert.equal(twice.body.code, 'passkey_wrong', 'its counter did not grow')
  const device = { name: 'Phone' }
  const customers = await ask(server, '/v1/passkey-sign-in', { body: { ...shown, device } })
  assert.equal(customers.body.code, 'challenge_not_found')
  const withPassword = { login: 'paul', password }
  const signIn = await ask(server, '/v1/operator/sign-in', { body: withPassword })
  assert.equal(signIn.body.code, 'second_factor_required')
})

test('the simulator shows the code of an operator’s app, each once', async () => {
  await desk(server, 'rosa', ['analyst'])
  const shown = await ask(server, '/v1/simulator/operators/rosa/code')
  const { code } = shown.body as { code?: string }
  const body = { login: 'rosa', password: 'rosa has a long password', code }
  assert.equal((await ask(server, '/v1/operator/sign-in', { body })).status, 200)
  const nobody = await ask(server, '/v1/simulator/operators/nobody/code')
  assert.deepEqual(nobody.body, { code: null })
})
