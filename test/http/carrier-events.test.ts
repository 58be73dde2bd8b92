import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { findCustomer } from '#identity'
import { hour, toRfc3339 } from '#kernel'
import { noticesOf } from '#notifications'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { ask, signUp } from './http-client.ts'

const path = '/v1/partners/carrier/events'
const token = 'the carrier shows us this, and nobody else'
const types = {
  swapped: 'org.camaraproject.sim-swap-subscriptions.v0.swapped',
  forwarded: 'coffer.call-forwarding-subscriptions.v0.activated',
  unforwarded: 'coffer.call-forwarding-subscriptions.v0.deactivated',
  ends: 'org.camaraproject.sim-swap-subscriptions.v0.subscription-ends',
}

let server: TestServer
before(async () => {
  server = await startTestServer({ http: { partnerTokens: { carrier: token } } })
})
after(() => server.close())

let events = 0
function eventOf(type: string, phone: string, at = server.context.now()) {
  events += 1
  return {
    specversion: '1.0',
    id: `event-${events}`,
    source: 'https://carrier.example/subscriptions',
    type,
    time: toRfc3339(at),
    datacontenttype: 'application/json',
    data: { subscriptionId: 'sub-1', phoneNumber: phone },
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  }
}

function send(body: unknown, headers: Record<string, string> = {}) {
  const authorization = `Bearer ${token}`
  return ask(server, path, { body, headers: { authorization, ...headers } })
}

async function codesOf(customerId: string, channel: 'app' | 'email' | 'sms') {
  const notices = await noticesOf(server.context.sql, customerId, { channel })
  return notices.map(({ code }) => code)
}

describe('news that the carrier posts', () => {
  test('of a changed SIM: the customer is told once, where no text is needed', async () => {
    const { customerId, phone } = await signUp(server, '+8613800000101')
    const event = eventOf(types.swapped, phone)
    const first = await send(event, { 'content-type': 'application/cloudevents+json' })
    assert.deepEqual([first.status, first.body], [202, { accepted: true }])
    const again = await Promise.all([
      send(event),
      send(event),
      send({ ...event, data: event.data }),
    ])
    assert.deepEqual(
      again.map(({ status }) => status),
      [202, 202, 202],
    )
    // The same event is the same event, whatever it says the second time.
    assert.equal((await send({ ...event, type: types.forwarded })).status, 202)
    assert.deepEqual(await codesOf(customerId, 'app'), ['sim_swapped'])
    assert.deepEqual(await codesOf(customerId, 'email'), ['sim_swapped'])
    assert.deepEqual(await codesOf(customerId, 'sms'), [])
    const [notice] = await noticesOf(server.context.sql, customerId)
    assert.equal(notice?.callCarrier, true)
    const who = await findCustomer(server.context.sql, customerId)
    assert.deepEqual([who?.simSwap, who?.silence], ['yes', 'no'])
  })

  test('of forwarding that ends; an all-clear older than a warning clears nothing', async () => {
    const { customerId, phone } = await signUp(server, '+8613800000102')
    const forwarding = async () => (await findCustomer(server.context.sql, customerId))?.forwarding
    await send(eventOf(types.forwarded, phone))
    assert.equal(await forwarding(), 'yes')
    await send(eventOf(types.unforwarded, phone, server.context.now() - hour))
    assert.equal(await forwarding(), 'yes')
    await send(eventOf(types.unforwarded, phone))
    assert.equal(await forwarding(), 'no')
    await send(eventOf(types.forwarded, phone))
    assert.deepEqual(await codesOf(customerId, 'app'), ['sms_forwarded', 'sms_forwarded'])
  })

  test('of a number that is nobody’s is taken alike, and of a subscription as well', async () => {
    const unknown = await send(eventOf(types.swapped, '+8613899999999'))
    assert.deepEqual([unknown.status, unknown.body], [202, { accepted: true }])
    const { data, ...ends } = eventOf(types.ends, '')
    assert.equal((await send(ends)).status, 202)
    assert.equal(
      (await send({ ...ends, data: { subscriptionId: data.subscriptionId } })).status,
      202,
    )
    const logged = server.logged.join('\n')
    assert.match(logged, /subscription-ends/)
    assert.ok(!/\+?86138\d{8}/.test(logged))
  })

  test('that is malformed is refused with the field that is to blame', async () => {
    const good = eventOf(types.swapped, '+8613800000103')
    for (const [body, code, param] of [
      [{ ...good, data: { phoneNumber: '13800000103' } }, 'phone_malformed', 'data.phoneNumber'],
      [{ ...good, data: {} }, 'request_malformed', 'data.phoneNumber'],
      [{ ...good, id: '' }, 'request_malformed', 'id'],
      [{ ...good, type: 'com.example.other' }, 'request_malformed', 'type'],
      [{ ...good, time: 'yesterday' }, 'request_malformed', 'time'],
      [{ ...good, specversion: '0.3' }, 'request_malformed', 'specversion'],
      ['{', 'request_malformed', undefined],
    ] as const) {
      const answer = await send(body)
      assert.deepEqual([answer.status, answer.body.code, answer.body.param], [400, code, param])
    }
  })
})

describe('who is not the carrier', () => {
  test('is told so before his body is read, and changes nothing', async () => {
    const { customerId, phone, headers } = await signUp(server, '+8613800000104')
    const event = eventOf(types.swapped, phone)
    for (const authorization of [`Bearer ${token}x`, 'Bearer x', `Basic ${token}`, token]) {
      const answer = await send(event, { authorization })
      assert.deepEqual([answer.status, answer.body.code], [401, 'partner_token_wrong'])
    }
    for (const body of [event, '{']) {
      const answer = await ask(server, path, { body, headers })
      assert.deepEqual([answer.status, answer.body.code], [401, 'partner_token_wrong'])
    }
    assert.deepEqual(await codesOf(customerId, 'app'), [])
  })

  test('is everybody, where no token was agreed', async () => {
    const bare = await startTestServer({ simulators: false })
    try {
      for (const authorization of [`Bearer ${token}`, 'Bearer undefined', 'Bearer ']) {
        const body = { id: 'any' }
        const answer = await ask(bare, path, { body, headers: { authorization } })
        assert.deepEqual([answer.status, answer.body.code], [503, 'partner_not_configured'])
      }
    } finally {
      await bare.close()
    }
  })
})

test('forwarding switched on at the simulated carrier is told without our asking', async () => {
  const { phone, customerId, get } = await signUp(server, '+8613800000105')
  const line = `/v1/simulator/phones/${encodeURIComponent(phone)}`
  const body = { to: '+8617000000105' }
  assert.equal((await ask(server, `${line}/forwarding`, { body })).status, 200)
  const notices = (await get('/v1/notices')).body['data'] as { template: string; text: string }[]
  assert.deepEqual(
    notices.map(({ template }) => template),
    ['sms_forwarded'],
  )
  assert.match(notices[0]?.text ?? '', /mobile operator/)
  const { warnings } = (await get('/v1/me')).body as { warnings: { code: string }[] }
  assert.deepEqual(
    warnings.map(({ code }) => code),
    ['sms_forwarded'],
  )
  assert.deepEqual(await codesOf(customerId, 'email'), ['sms_forwarded'])
  assert.deepEqual(await codesOf(customerId, 'sms'), [])
  await ask(server, `${line}/sim-swap`, { body: {} })
  assert.deepEqual(await codesOf(customerId, 'app'), ['sim_swapped', 'sms_forwarded'])
  await ask(server, `${line}/forwarding`, { body: { to: null } })
  const who = await findCustomer(server.context.sql, customerId)
  assert.deepEqual([who?.forwarding, who?.simSwap], ['no', 'yes'])
})
