import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { createGuardClient, GuardRefusal, type GuardQuestion } from '#guard-client'
import { createReadProfile, createVerify } from '#flows'
import { day, hour, toRfc3339 } from '#kernel'
import { decisionById, labelsOf, replayDecision, policyOfVersion } from '#risk'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { ask, freshKey } from './http-client.ts'

const token = 'the other wallet shows us this, nobody else'

let server: TestServer
before(async () => {
  server = await startTestServer({ policy: 'today', http: { partnerTokens: { guard: token } } })
})
after(() => server.close())

const client = () => createGuardClient({ baseUrl: server.url, token })
const ago = (ms: number) => toRfc3339(server.context.now() - ms)

/** A customer of three years with a trusted phone and a payee he has paid before. */
async function settled(name: string): Promise<{ customer: string; phone: string; friend: string }> {
  const guard = client()
  const [customer, phone, friend] = [name, `${name}-phone`, `${name}-friend`]
  const tell = (event: Parameters<typeof guard.tell>[1]) => guard.tell(freshKey(), event)
  await tell({ type: 'customer_created', customer, at: ago(1_000 * day) })
  await tell({ type: 'customer_created', customer: friend, at: ago(900 * day) })
  const at = ago(900 * day)
  await tell({ type: 'device_added', customer, device: phone, at, by: 'sign_up', trusted: true })
  const sms = { forwarding: 'no', sim_swap: 'no', silence: 'no' } as const
  await tell({ type: 'sms_signal', customer, ...sms })
  await tell({ type: 'signed_in', customer, device: phone, ip: '203.0.113.7' })
  return { customer, phone, friend }
}

function payment(who: { customer: string; phone: string }, to: string, amount = '200.00') {
  const question: GuardQuestion = {
    step: 'payment',
    subject: `order-${freshKey()}`,
    customer: { id: who.customer },
    device: { id: who.phone },
    ip: '203.0.113.7',
    session: { started_at: ago(hour), device_id: who.phone },
    proof: 'password',
    money: { amount, wallet_balance: '5000.00', fund_balance: '300000.00' },
    payee: { id: to },
  }
  return question
}

function ofThief(victim: string, mule: string): GuardQuestion {
  return {
    ...payment({ customer: victim, phone: `${victim}-new-phone` }, mule, '20000.00'),
    ip: '198.51.100.9',
    session: { started_at: ago(60_000) },
    proof: 'sms',
  }
}

describe('the guard in front of another wallet', () => {
  test('lets the honest pay from their own phone, and stops a thief on a new one', async () => {
    const honest = await settled('honest')
    const guard = client()
    const own = await guard.decide(freshKey(), payment(honest, honest.friend))
    assert.ok(own.answered)
    assert.equal(own.outcome, 'allow')
    const thief = await guard.decide(freshKey(), ofThief('honest', 'mule'))
    assert.ok(thief.answered)
    assert.notEqual(thief.outcome, 'allow')
    assert.ok(thief.reasons.length > 0)
    for (const { code, sentence, for_analysts: why } of thief.reasons) {
      assert.ok(code !== '' && sentence !== '' && why !== '')
    }
  })

  test('answers a repeated key as before, and refuses it with another content', async () => {
    const who = await settled('repeat')
    const guard = client()
    const [key, question] = [freshKey(), payment(who, who.friend)]
    const answers = await Promise.all(Array.from({ length: 20 }, () => guard.decide(key, question)))
    for (const each of answers) assert.deepEqual(each, answers[0])
    await assert.rejects(guard.decide(key, payment(who, who.friend, '201.00')), {
      code: 'id_reused',
      status: 409,
    })
  })

  test('fifty questions at once: each sees those before it', async () => {
    const who = await settled('burst')
    const guard = client()
    const asked = Array.from({ length: 50 }, (_, i) =>
      guard.decide(freshKey(), payment(who, `burst-new-${i}`, '900.00')),
    )
    const outcomes = (await Promise.all(asked)).map(({ outcome }) => outcome)
    const allowed = outcomes.filter((outcome) => outcome === 'allow').length
    assert.ok(allowed < 50, 'the windows fill up while they ask')
    const after = await guard.decide(freshKey(), payment(who, 'burst-last', '900.00'))
    assert.notEqual(after.outcome, 'allow')
  })

  test('a decision is stored with its facts and comes out the same again', async () => {
    const who = await settled('stored')
    const made = await client().decide(freshKey(), payment(who, who.friend))
    assert.ok(made.answered)
    const row = await decisionById(server.context.sql, made.id)
    assert.ok(row !== undefined)
    const policy = await policyOfVersion(server.context.sql, row.policyVersion)
    assert.ok(policy !== undefined)
    const again = replayDecision(row, policy)
    assert.deepEqual([again.outcome, again.score], [made.outcome, made.score])
  })

  test('an outcome is told once; a label is known from then on', async () => {
    const who = await settled('ended')
    const guard = client()
    const question = payment(who, who.friend)
    const made = await guard.decide(freshKey(), question)
    assert.ok(made.answered)
    assert.equal(await guard.conclude(freshKey(), made.id, { outcome: 'done' }), true)
    assert.equal(await guard.conclude(freshKey(), made.id, { outcome: 'done' }), true)
    await assert.rejects(guard.conclude(freshKey(), made.id, { outcome: 'stopped' }), {
      code: 'outcome_differs',
    })
    const label = { label: 'theft', reason: 'reported by the customer' } as const
    assert.equal(await guard.conclude(freshKey(), made.id, label), true)
    const known = await labelsOf(server.context.sql, `guest:${question.subject}`)
    assert.deepEqual(
      known.map(({ label: said }) => said),
      ['theft'],
    )
    await assert.rejects(guard.conclude(freshKey(), 'dec_nobody', label), {
      code: 'decision_not_found',
    })
  })

  test('what the guard knows of a guest can be looked at', async () => {
    const who = await settled('known')
    await client().decide(freshKey(), payment(who, who.friend, '250.00'))
    const read = createReadProfile(server.context)
    const found = await read('guest:known')
    assert.ok(found.ok)
    const { profile, decisions } = found.value
    assert.equal(profile.windows['paid']?.['1h'].sum, 25_000)
    assert.deepEqual([profile.payees.length, profile.devices.length], [1, 1])
    assert.deepEqual(
      decisions.map(({ row }) => row.outcome),
      ['allow'],
    )
    const nobody = await read('guest:nobody')
    assert.ok(!nobody.ok && nobody.error.code === 'profile_not_found')
  })

  test('a wallet of ours with the same names is another', async () => {
    const who = await settled('apart')
    await client().decide(freshKey(), payment(who, who.friend))
    const { ok, invariants } = await verified()
    assert.deepEqual([ok, invariants.filter((each) => !each.ok)], [true, []])
  })

  test('a silent guard never allows', async () => {
    const nobody = createGuardClient({ baseUrl: 'http://127.0.0.1:9', token, timeoutMs: 200 })
    const who = { customer: 'x', phone: 'y' }
    const question = payment(who, 'z')
    assert.deepEqual(await nobody.decide(freshKey(), question), {
      answered: false,
      outcome: 'challenge',
    })
    assert.equal(await nobody.tell(freshKey(), { type: 'signed_in', customer: 'x' }), false)
  })
})

async function verified() {
  const reader = server.database.connect('reader', { max: 1 })
  try {
    return await createVerify({ sql: reader })()
  } finally {
    await reader.end()
  }
}

test('the guide works as it is written', async () => {
  const guide = readFileSync('docs/guides/guard-in-front-of-your-wallet.md', 'utf8')
  const told = [...guide.matchAll(/^tell (\S+) '(.+)'$/gm)]
  assert.equal(told.length, 5)
  const headers = (key: string) => ({ authorization: `Bearer ${token}`, 'idempotency-key': key })
  for (const [, key = '', event = ''] of told) {
    const said = await ask(server, '/v1/events', { body: event, headers: headers(`g-${key}`) })
    assert.deepEqual([said.status, said.body], [202, { accepted: true }], key)
  }
  const question = /```json\n([^`]+)```/.exec(guide)?.[1]
  assert.ok(question !== undefined)
  const made = await ask(server, '/v1/decisions', {
    body: question,
    headers: headers('guide-1001'),
  })
  assert.deepEqual([made.status, made.body['outcome']], [201, 'allow'])
})

describe('what is no good question', () => {
  const good = () => payment({ customer: 'bad', phone: 'bad-phone' }, 'somebody')
  const send = (body: unknown, headers: Record<string, string> = {}) => {
    const authorization = `Bearer ${token}`
    const key = { 'idempotency-key': freshKey() }
    return ask(server, '/v1/decisions', { body, headers: { authorization, ...key, ...headers } })
  }
  const cases: Record<string, [change: object, code: string, param?: string]> = {
    'an unknown field': [{ colour: 'red' }, 'request_malformed'],
    'an unknown step': [{ step: 'dance' }, 'request_malformed', 'step'],
    'a payment without money': [{ money: undefined }, 'request_malformed', 'money'],
    'a payment to nobody': [{ payee: undefined }, 'request_malformed', 'payee'],
    'money where none moves': [{ step: 'sign_in', payee: undefined }, 'request_malformed', 'money'],
    'a customer with a quote in his id': [{ customer: { id: "a'b" } }, 'request_malformed'],
    'an id of 65 letters': [{ customer: { id: 'a'.repeat(65) } }, 'request_malformed'],
    'something that is no address': [{ ip: '300.1.1.1' }, 'request_malformed', 'ip'],
    'paying oneself': [{ payee: { id: 'bad' } }, 'request_malformed', 'payee.id'],
  }
  for (const [name, [change, code, param]] of Object.entries(cases)) {
    test(name, async () => {
      const { status, body } = await send({ ...good(), ...change })
      assert.deepEqual([status, body.code], [400, code])
      if (param !== undefined) assert.equal(body.param, param)
    })
  }

  test('an amount too precise, a negative one, and a customer of tomorrow', async () => {
    const question = good()
    const money = { ...question.money, wallet_balance: '1' }
    const precise = await send({ ...question, money: { ...money, amount: '0.001' } })
    assert.equal(precise.body.code, 'amount_too_precise')
    const negative = await send({ ...question, money: { ...money, amount: '-5.00' } })
    assert.equal(negative.body.code, 'amount_not_positive')
    const customer = { id: 'bad', created_at: ago(-day) }
    const { body } = await send({ ...question, customer })
    assert.deepEqual([body.code, body.param], ['request_malformed', 'customer.created_at'])
  })

  test('without the token, with another, without a key', async () => {
    const wrong = await send(good(), { authorization: 'Bearer somebody' })
    assert.deepEqual([wrong.status, wrong.body.code], [401, 'partner_token_wrong'])
    const none = await send(good(), { authorization: '' })
    assert.equal(none.body.code, 'partner_token_wrong')
    const keyless = await send(good(), { 'idempotency-key': '' })
    assert.equal(keyless.body.code, 'idempotency_key_missing')
    const bad = createGuardClient({ baseUrl: server.url, token: 'no' })
    await assert.rejects(bad.decide(freshKey(), good()), GuardRefusal)
  })

  test('a device nobody added cannot become trusted', async () => {
    const event = { type: 'device_trusted', customer: 'bad', device: 'ghost' } as const
    await assert.rejects(client().tell(freshKey(), event), { code: 'device_not_found' })
  })
})
