import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { createScratchFolder, removeScratchFolder } from '../support/scratch-folder.ts'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { ask, freshKey, signUp, type Answer, type Browser } from './http-client.ts'

let folder: string
let server: TestServer
let customer: Browser
before(async () => {
  folder = createScratchFolder('pages')
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'assets', 'main-1a2b.js'), 'export {}')
  const page = (name: string) => `<title>${name}</title><script nonce="__CSP_NONCE__"></script>`
  const pages = {
    assetsFolder: join(folder, 'assets'),
    consumer: page('consumer'),
    console: page('console'),
  }
  server = await startTestServer({ http: { pages } })
  customer = await signUp(server, '+8613800000001')
})
after(async () => {
  await server.close()
  removeScratchFolder(folder)
})

function isProblem({ status, body, headers }: Answer, code: string, wanted: number): void {
  assert.equal(body.code, code, JSON.stringify(body))
  assert.equal(status, wanted)
  assert.match(String(headers.get('content-type')), /^application\/problem\+json/)
  const { type, title, detail, request_id } = body
  assert.equal(type, `urn:coffer:problem:${code}`)
  assert.ok(title && detail && request_id)
}

describe('requests forged by another site', () => {
  const freeze = (headers: Record<string, string>) =>
    ask(server, '/v1/freeze', { body: {}, headers: { 'idempotency-key': freshKey(), ...headers } })

  test('a change with a cookie needs the CSRF token of that session', async () => {
    const { cookie = '', 'x-coffer-csrf': csrf = '' } = customer.headers
    isProblem(await freeze({ cookie }), 'csrf_failed', 403)
    isProblem(await freeze({ cookie, 'x-coffer-csrf': 'f'.repeat(64) }), 'csrf_failed', 403)
    const other = await signUp(server, '+8613800000009', 'Zhao')
    const foreign = other.headers['x-coffer-csrf'] ?? ''
    isProblem(await freeze({ cookie, 'x-coffer-csrf': foreign }), 'csrf_failed', 403)
    const me = await customer.get('/v1/me')
    assert.equal((me.body['customer'] as { status: string }).status, 'active')
    const crossSite = { cookie, 'x-coffer-csrf': csrf, 'sec-fetch-site': 'cross-site' }
    isProblem(await freeze(crossSite), 'csrf_failed', 403)
  })

  test('a bearer token needs none: browsers do not send it by themselves', async () => {
    const token = (customer.headers['cookie'] ?? '').split('=')[1]
    const answer = await freeze({ authorization: `Bearer ${token}` })
    assert.equal(answer.status, 200)
  })

  test('reading needs none, and a customer’s session is none of an operator', async () => {
    const { cookie = '' } = customer.headers
    assert.equal((await ask(server, '/v1/wallet', { headers: { cookie } })).status, 200)
    const board = await ask(server, '/v1/operator/board', { headers: { cookie } })
    isProblem(board, 'sign_in_required', 401)
  })

  test('a sign-in that a browser says comes from another site is refused', async () => {
    const body = { phone: '+8613800000001', password: 'x', device: { name: 'Phone' } }
    const headers = { 'sec-fetch-site': 'cross-site' }
    isProblem(await ask(server, '/v1/sign-in', { body, headers }), 'csrf_failed', 403)
  })
})

describe('what is no good request', () => {
  test('unknown addresses, other methods, other media and large bodies', async () => {
    isProblem(await ask(server, '/v1/nothing'), 'not_found', 404)
    isProblem(await ask(server, '/v1/payments/x/y/z'), 'not_found', 404)
    const wrong = await ask(server, '/v1/payments', { method: 'DELETE' })
    isProblem(wrong, 'method_not_allowed', 405)
    assert.equal(wrong.headers.get('allow'), 'POST, GET')
    const headers = { 'content-type': 'text/plain' }
    const text = await customer.post('/v1/freeze', '{}', headers)
    isProblem(text, 'media_type_not_supported', 415)
    const large = { reason: 'x'.repeat(70_000) }
    isProblem(await customer.post('/v1/freeze', large), 'body_too_large', 413)
    isProblem(await customer.get('/v1/payments?limit=1000'), 'request_malformed', 400)
    isProblem(await customer.get('/v1/payments?unknown=1'), 'request_malformed', 400)
    isProblem(await customer.get('/v1/payments/%'), 'request_malformed', 400)
    isProblem(await customer.get('/v1/payees?phone=123'), 'phone_malformed', 400)
  })

  test('headers of ours that are not of their shape', async () => {
    const send = (headers: Record<string, string>) =>
      ask(server, '/v1/me', { headers: { ...customer.headers, ...headers } })
    for (const [header, value] of [
      ['x-coffer-device', 'not a device'],
      ['x-coffer-signals', '{'],
      ['x-coffer-signals', '{"remote_control":"maybe"}'],
      ['x-coffer-simulated-network', 'everywhere'],
    ] as const) {
      const answer = await send({ [header]: value })
      isProblem(answer, 'request_malformed', 400)
      assert.equal(answer.body.param, header)
    }
    const signals = { 'x-coffer-signals': '{"remote_control":true}' }
    assert.equal((await send(signals)).status, 200)
  })

  test('something that is not HTTP ends the connection and nothing else', async () => {
    const said = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
      let text = ''
      socket.on('data', (data: Buffer) => (text += data.toString()))
      socket.on('close', () => resolve(text))
      socket.on('error', reject)
      socket.write('GARBAGE\r\n\r\n')
    })
    assert.match(said, /^HTTP\/1\.1 400 /)
    assert.equal((await ask(server, '/livez')).status, 200)
  })
})

describe('sessions', () => {
  test('the cookie is for this site and for no script', async () => {
    const body = {
      phone: '+8613800000001',
      password: 'correct horse battery staple',
      device: { id: customer.deviceId, name: 'Phone' },
    }
    const answer = await ask(server, '/v1/sign-in', { body })
    const [cookie = ''] = answer.headers.getSetCookie()
    assert.match(cookie, /^coffer_session=[\w-]{43};/)
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/']) assert.ok(cookie.includes(part))
    assert.ok(!cookie.includes('Secure'))
    assert.ok(!JSON.stringify(answer.body).includes(String(answer.cookie?.split('=')[1])))
  })

  test('signing out ends it and takes the cookie away, as often as one likes', async () => {
    const gone = await signUp(server, '+8613800000005', 'Sun')
    const out = await gone.post('/v1/sign-out', {})
    assert.deepEqual(out.body, { done: true })
    assert.match(String(out.headers.getSetCookie()[0]), /^coffer_session=;/)
    isProblem(await gone.get('/v1/me'), 'session_expired', 401)
    assert.equal((await gone.post('/v1/sign-out', {})).status, 200)
  })

  test('what is wrong with a sign-in is not told', async () => {
    const device = { name: 'Phone' }
    const unknown = { phone: '+8613999999999', password: 'whatever it is', device }
    const wrong = { phone: '+8613800000001', password: 'whatever it is', device }
    const [one, two] = [
      await ask(server, '/v1/sign-in', { body: unknown }),
      await ask(server, '/v1/sign-in', { body: wrong }),
    ]
    isProblem(one, 'credentials_wrong', 401)
    assert.deepEqual({ ...one.body, request_id: '' }, { ...two.body, request_id: '' })
  })
})

describe('pages and headers', () => {
  const html = { headers: { accept: 'text/html' } }

  test('each page carries the nonce of its own answer, and nothing else may run', async () => {
    const one = await ask(server, '/', html)
    const two = await ask(server, '/', html)
    const csp = String(one.headers.get('content-security-policy'))
    const nonce = /'nonce-([^']+)'/.exec(csp)?.[1] ?? ''
    assert.ok(nonce.length >= 20)
    assert.ok(String(one.body['text']).includes(`nonce="${nonce}"`))
    assert.ok(!String(two.body['text']).includes(nonce))
    assert.ok(!csp.includes('unsafe-'))
    assert.match(csp, /^default-src 'none'; script-src 'self' 'nonce-/)
    assert.match(csp, /frame-ancestors 'none'/)
    assert.equal(one.headers.get('cache-control'), 'no-store')
  })

  test('the apps route by themselves below their addresses', async () => {
    const title = async (path: string) => {
      const { body, status } = await ask(server, path, html)
      return `${status} ${/<title>(\w+)/.exec(String(body['text']))?.[1]}`
    }
    assert.equal(await title('/payments/pay_1'), '200 consumer')
    assert.equal(await title('/console/'), '200 console')
    assert.equal(await title('/console/reviews/rev_1?x=1'), '200 console')
    isProblem(await ask(server, '/v1/whatever', html), 'not_found', 404)
    isProblem(await ask(server, '/favicon.ico', html), 'not_found', 404)
    isProblem(await ask(server, '/assets/none.js', html), 'not_found', 404)
  })

  test('files with a hash in their name are kept for ever, answers never', async () => {
    const file = await ask(server, '/assets/main-1a2b.js')
    assert.equal(file.headers.get('cache-control'), 'public, max-age=31536000, immutable')
    const me = await customer.get('/v1/me')
    assert.equal(me.headers.get('cache-control'), 'no-store')
    const csp = "default-src 'none';frame-ancestors 'none'"
    assert.equal(me.headers.get('content-security-policy'), csp)
    assert.equal(me.headers.get('x-content-type-options'), 'nosniff')
    assert.equal(me.headers.get('strict-transport-security'), null)
  })
})

test('limits stop floods and guessing, each with the seconds to wait', async () => {
  const limits = { perAddress: 20, perSession: 5, proofsPerAddress: 3, exceptLoopback: false }
  const limited = await startTestServer({ http: { rateLimits: limits, https: true } })
  try {
    const body = { login: 'nobody', password: 'nothing' }
    const tries = []
    for (let i = 0; i < 4; i += 1) tries.push(await ask(limited, '/v1/operator/sign-in', { body }))
    assert.deepEqual(
      tries.map(({ status }) => status),
      [401, 401, 401, 429],
    )
    const last = tries.at(-1) as Answer
    isProblem(last, 'rate_limited', 429)
    assert.ok(Number(last.headers.get('retry-after')) >= 1)
    assert.match(String(last.headers.get('strict-transport-security')), /max-age=/)
    const statuses = []
    for (let i = 0; i < 20; i += 1) statuses.push((await ask(limited, '/livez')).status)
    assert.equal(statuses.at(-1), 429)
  } finally {
    await limited.close()
  }
})

test('without partners and simulation the flows say so, and time cannot be moved', async () => {
  const bare = await startTestServer({ simulators: false })
  try {
    const code = { phone: '+8613800000001', purpose: 'sign_up' }
    isProblem(await ask(bare, '/v1/codes', { body: code }), 'partner_not_configured', 503)
    const phone = '/v1/simulator/phones/%2B8613800000001'
    isProblem(await ask(bare, `${phone}/messages`), 'simulation_off', 404)
    isProblem(await ask(bare, `${phone}/sim-swap`, { body: {} }), 'simulation_off', 404)
    const headers = { 'x-coffer-simulated-network': 'ignored here' }
    assert.equal((await ask(bare, '/v1/fund', { headers })).status, 200)
  } finally {
    await bare.close()
  }
})
