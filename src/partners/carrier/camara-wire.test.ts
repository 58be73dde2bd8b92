import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Sql } from '#database'
import { createManualClock, hour, localInstant } from '#kernel'
import { testDatabase, type TestDatabase } from '#test-support'
import { createSimulators, type Simulators } from '../create-simulators.ts'
import { carrierSentinels } from './sentinels.ts'
import { carrierRoutes } from './simulator-http.ts'
import { carrierPaths } from './wire.ts'

const ours = 'token-agreed-with-the-carrier'
const phoneNumber = '+8613800000041'
const clock = createManualClock(localInstant('2013-10-12', '09:00'))
let base: TestDatabase
let sql: Sql
let app: FastifyInstance
let simulators: Simulators

before(async () => {
  base = await testDatabase()
  sql = base.database.connect('simulator')
  simulators = await createSimulators({ sql, clock, seed: 1 })
  app = Fastify({ forceCloseConnections: true })
  await app.register(carrierRoutes(simulators.carrier, { token: ours }))
})
after(async () => {
  await app.close()
  await sql.end()
  await base.drop()
})

/** Status, code or body, as CAMARA's caller sees them. */
async function ask(url: string, payload: object, token: string | null = ours) {
  const headers = {
    'x-correlator': 'cor-1',
    ...(token !== null && { authorization: `Bearer ${token}` }),
  }
  const reply = await app.inject({ method: 'POST', url, payload, headers })
  assert.equal(reply.headers['x-correlator'], 'cor-1')
  const body: unknown = reply.body === '' ? null : reply.json()
  if (reply.statusCode < 400) return [reply.statusCode, body]
  const problem = body as { status: number; code: string; message: string }
  assert.deepEqual(Object.keys(problem), ['status', 'code', 'message'])
  assert.equal(problem.status, reply.statusCode)
  return [reply.statusCode, problem.code]
}

test('a swap is told as CAMARA has it; one forgotten is null, not an error', async () => {
  await simulators.carrier.swapSim(phoneNumber, 'thief')
  clock.advance(hour)
  assert.deepEqual(await ask(carrierPaths.simSwapCheck, { phoneNumber }), [200, { swapped: true }])
  const date = { latestSimChange: '2013-10-12T01:00:00.000Z', monitoredPeriod: 100 }
  const [status, said] = await ask(carrierPaths.simSwapDate, { phoneNumber })
  assert.equal(status, 200)
  const { latestSimChange, monitoredPeriod } = said as typeof date
  assert.equal(Date.parse(latestSimChange), Date.parse(date.latestSimChange))
  assert.equal(monitoredPeriod, 100)
  assert.deepEqual(await ask(carrierPaths.deviceSwapDate, { phoneNumber }), [
    200,
    { latestDeviceChange: null, monitoredPeriod: 100 },
  ])
})

test('every refusal has CAMARA’s shape, status and code', async () => {
  const check = carrierPaths.simSwapCheck
  const { simSwapDate, callForwarding, callForwardings, verifyNumber } = carrierPaths
  const { numberNotFound, notSupported, notApplicable, permissionDenied } = carrierSentinels
  const cases: [string, object, number, string][] = [
    [check, { phoneNumber, maxAge: 2_401 }, 400, 'OUT_OF_RANGE'],
    [check, { phoneNumber, maxAge: 0 }, 400, 'INVALID_ARGUMENT'],
    [check, { phoneNumber: '13800000041' }, 400, 'INVALID_ARGUMENT'],
    [check, { phoneNumber: '+0123456' }, 400, 'INVALID_ARGUMENT'],
    [check, {}, 422, 'MISSING_IDENTIFIER'],
    [check, { phoneNumber: numberNotFound }, 404, 'IDENTIFIER_NOT_FOUND'],
    [check, { phoneNumber: permissionDenied }, 403, 'PERMISSION_DENIED'],
    [check, { phoneNumber: notApplicable }, 422, 'SERVICE_NOT_APPLICABLE'],
    [check, { phoneNumber: carrierSentinels.rateLimited }, 429, 'TOO_MANY_REQUESTS'],
    [simSwapDate, {}, 422, 'MISSING_IDENTIFIER'],
    [callForwarding, { phoneNumber: notSupported }, 501, 'NOT_IMPLEMENTED'],
    [callForwardings, { phoneNumber: notSupported }, 501, 'NOT_IMPLEMENTED'],
    [verifyNumber, {}, 400, 'INVALID_ARGUMENT'],
    [
      verifyNumber,
      { phoneNumber },
      403,
      'NUMBER_VERIFICATION.USER_NOT_AUTHENTICATED_BY_MOBILE_NETWORK',
    ],
    [carrierPaths.sendCode, { phoneNumber, message: 'no place' }, 400, 'INVALID_ARGUMENT'],
    [
      carrierPaths.validateCode,
      { authenticationId: 'otp_none', code: '000000' },
      400,
      'ONE_TIME_PASSWORD_SMS.VERIFICATION_EXPIRED',
    ],
  ]
  for (const [path, body, status, code] of cases) {
    assert.deepEqual(await ask(path, body), [status, code], `${path} ${JSON.stringify(body)}`)
  }
})

test('a stranger is told nothing, and a subscriber need not name himself', async () => {
  const path = carrierPaths.simSwapCheck
  assert.deepEqual(await ask(path, { phoneNumber }, null), [401, 'UNAUTHENTICATED'])
  assert.deepEqual(await ask(path, { phoneNumber }, 'guess'), [401, 'UNAUTHENTICATED'])
  const subscriber = await simulators.carrier.networkToken(phoneNumber)
  assert.deepEqual(await ask(path, {}, subscriber), [200, { swapped: true }])
  const twice = await ask(path, { phoneNumber }, subscriber)
  assert.deepEqual(twice, [422, 'UNNECESSARY_IDENTIFIER'])
})

test('a code that serves is answered with nothing at all', async () => {
  const message = 'Code {{code}}'
  const [status, sent] = await ask(carrierPaths.sendCode, {
    phoneNumber: '+8613800000042',
    message,
  })
  assert.equal(status, 200)
  const { authenticationId } = sent as { authenticationId: string }
  const [text] = await simulators.carrier.inbox('+8613800000042', 1)
  const code = /\d{6}/.exec(text?.text ?? '')?.[0]
  const valid = await ask(carrierPaths.validateCode, { authenticationId, code })
  assert.deepEqual(valid, [204, null])
})
