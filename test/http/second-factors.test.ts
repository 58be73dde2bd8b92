import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import {
  ask,
  freshKey,
  lastCode,
  password,
  signUp,
  type Answer,
  type Browser,
} from './http-client.ts'

let server: TestServer
before(async () => {
  server = await startTestServer({ policy: 'today' })
})
after(async () => {
  await server.close()
})

interface Armed {
  readonly browser: Browser
  readonly codes: string[]
  /** The code of the app; `shift` steps of 30 s away from now. */
  code(shift?: number): string
}

/** A customer with an app and a sheet of recovery codes. */
async function armed(phone: string): Promise<Armed> {
  const browser = await signUp(server, phone)
  const begun = await browser.post('/v1/totp', { password })
  assert.equal(begun.status, 200, JSON.stringify(begun.body))
  assert.match(String(begun.body['uri']), /^otpauth:\/\/totp\/Coffer:/)
  const app = new TOTP({ secret: Secret.fromBase32(String(begun.body['secret'])) })
  const code = (shift = 0): string => {
    const timestamp = server.context.realNow() + shift * 30_000
    return app.generate({ timestamp })
  }
  const made = await browser.post('/v1/recovery-codes', { password, totp_code: code(-1) })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  return { browser, codes: made.body['codes'] as string[], code }
}

const device = { name: 'Tablet', id: 'dev_newtablet' }

async function challenge(phone: string): Promise<{ id: string; kind: string }> {
  const asked = await ask(server, '/v1/sign-in', { body: { phone, password, device } })
  assert.equal(asked.body['status'], 'challenged', JSON.stringify(asked.body))
  return asked.body['challenge'] as { id: string; kind: string }
}

const answer = (phone: string, challenge_id: string, more: object): Promise<Answer> =>
  ask(server, '/v1/sign-in', { body: { phone, password, device, challenge_id, ...more } })

test('a new device is asked for a code of the app, and a code serves once', async () => {
  const phone = '+8613800000601'
  const { code } = await armed(phone)
  const first = await challenge(phone)
  assert.equal(first.kind, 'totp')
  // The code that confirmed the app.
  assert.equal((await answer(phone, first.id, { code: code(-1) })).body.code, 'code_wrong')
  const now = code()
  assert.equal((await answer(phone, first.id, { code: now })).body['status'], 'signed_in')
  // Known by now, but not trusted: asked again, and the same code is no good.
  const second = await challenge(phone)
  assert.equal((await answer(phone, second.id, { code: now })).body.code, 'code_wrong')
  assert.equal((await answer(phone, second.id, { code: code(1) })).body['status'], 'signed_in')
})

test('of 20 parallel sign-ins with one code of the app one gets in', async () => {
  const phone = '+8613800000602'
  const { code } = await armed(phone)
  const { id } = await challenge(phone)
  const given = { code: code() }
  const answers = await Promise.all(Array.from({ length: 20 }, () => answer(phone, id, given)))
  assert.equal(answers.filter(({ body }) => body['status'] === 'signed_in').length, 1)
})

test('codes are not guessed: five wrong ones close the app, not the recovery sheet', async () => {
  const phone = '+8613800000603'
  const { code, codes, browser } = await armed(phone)
  const { id } = await challenge(phone)
  for (let n = 0; n < 5; n += 1) {
    const wrong = String((Number(code()) + 1 + n) % 1_000_000).padStart(6, '0')
    assert.equal((await answer(phone, id, { code: wrong })).body.code, 'code_wrong')
  }
  assert.equal((await answer(phone, id, { code: code() })).body.code, 'too_many_tries')
  // The owner's trusted device is not asked, and the sheet still opens.
  const own = { phone, password, device: { name: 'Phone', id: browser.deviceId } }
  assert.equal((await ask(server, '/v1/sign-in', { body: own })).body['status'], 'signed_in')
  const [first = ''] = codes
  assert.equal((await answer(phone, id, { recovery_code: first })).body['status'], 'signed_in')
})

test('a recovery code serves once, however it is written, and dies with its sheet', async () => {
  const phone = '+8613800000604'
  const { codes, browser } = await armed(phone)
  assert.equal(new Set(codes).size, 10)
  const [first = '', second = '', third = ''] = codes
  const one = await challenge(phone)
  const shouted = first.toUpperCase().replace('-', ' ')
  const came = await answer(phone, one.id, { recovery_code: shouted })
  assert.equal(came.body['status'], 'signed_in', JSON.stringify(came.body))
  const two = await challenge(phone)
  assert.equal((await answer(phone, two.id, { recovery_code: first })).body.code, 'code_wrong')
  assert.equal((await answer(phone, two.id, { recovery_code: second })).body['status'], 'signed_in')
  const left = (await browser.get('/v1/second-factors')).body
  assert.equal(left['recovery_codes_left'], 8)
  const headers = { 'idempotency-key': freshKey() }
  const renewed = await browser.post('/v1/recovery-codes', { password }, headers)
  const repeated = await browser.post('/v1/recovery-codes', { password }, headers)
  assert.deepEqual(repeated.body, renewed.body)
  const three = await challenge(phone)
  assert.equal((await answer(phone, three.id, { recovery_code: third })).body.code, 'code_wrong')
  const [fresh] = renewed.body['codes'] as string[]
  const again = await answer(phone, three.id, { recovery_code: fresh })
  assert.equal(again.body['status'], 'signed_in')
})

test('SMS-only recovery: a reset by phone, ID number and text is refused', async () => {
  const phone = '+8613800000605'
  const { codes, browser } = await armed(phone)
  await ask(server, '/v1/codes', { body: { phone, purpose: 'reset' } })
  const code = await lastCode(server, phone)
  const body = {
    phone,
    id_number: '110101199003071233',
    code,
    new_password: 'the thief knows this one',
    device: { name: 'Thief’s', id: 'dev_thiefs' },
  }
  const reset = (more: object) => ask(server, '/v1/password-resets', { body: { ...body, ...more } })
  assert.equal((await reset({})).body.code, 'second_factor_required')
  assert.equal((await reset({ totp_code: '000000' })).body.code, 'code_wrong')
  assert.equal((await reset({ recovery_code: 'aaaaa-aaaaa' })).body.code, 'code_wrong')
  const still = { phone, password, device: { name: 'Phone', id: browser.deviceId } }
  assert.equal((await ask(server, '/v1/sign-in', { body: still })).body['status'], 'signed_in')
  const [first = ''] = codes
  const done = await reset({ recovery_code: first })
  assert.equal(done.body['status'], 'done', JSON.stringify(done.body))
  // Recovered, and in its cool-off: the device is not trusted and the limits are low.
  const me = done.body['me'] as { cool_off_until: string | null; device: { trusted: boolean } }
  assert.equal(me.device.trusted, false)
  assert.ok(me.cool_off_until !== null)
})

test('an app is taken away with the password on a trusted device only', async () => {
  const phone = '+8613800000606'
  const { browser } = await armed(phone)
  const wrong = await browser.post('/v1/totp/remove', { password: 'not this one' })
  assert.equal(wrong.body.code, 'credentials_wrong')
  const elsewhere = { 'x-coffer-device': 'dev_thiefs' }
  for (const path of ['/v1/totp', '/v1/totp/remove', '/v1/recovery-codes']) {
    const refused = await browser.post(path, { password }, elsewhere)
    assert.equal(refused.body.code, 'device_not_trusted', path)
    const malformed = await browser.post(path, { password: 7 })
    assert.deepEqual([malformed.body.code, malformed.body.param], ['request_malformed', 'password'])
    const large = await browser.post(path, { password: 'x'.repeat(70_000) })
    assert.equal(large.body.code, 'body_too_large', path)
    const nobody = await ask(server, path, { body: { password } })
    assert.equal(nobody.body.code, 'sign_in_required', path)
  }
  assert.equal((await browser.post('/v1/totp', { password })).body.code, 'totp_on')
  assert.equal((await browser.post('/v1/totp/remove', { password })).status, 200)
  assert.equal((await browser.post('/v1/totp/remove', { password })).body.code, 'totp_off')
})

test('the database and the log hold neither secret nor recovery codes', async () => {
  const phone = '+8613800000607'
  const browser = await signUp(server, phone)
  const { body } = await browser.post('/v1/totp', { password })
  const made = await browser.post('/v1/recovery-codes', { password })
  const secrets = [String(body['secret']), ...(made.body['codes'] as string[])]
  const { sql } = server.context
  const tables = await sql`select table_schema as schema, table_name as name
    from information_schema.tables where table_schema in ('identity', 'commit')`
  for (const { schema, name } of tables) {
    const table = sql(`${schema}.${name}`)
    const rows = await sql`select to_jsonb(t)::text as text from ${table} t`
    for (const { text } of rows) {
      for (const secret of secrets) assert.ok(!String(text).includes(secret), String(name))
    }
  }
  for (const line of server.logged) for (const secret of secrets) assert.ok(!line.includes(secret))
})
