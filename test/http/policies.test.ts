import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Policies, PolicyBacktest, WhyNot } from '#contract'
import { builtInPolicies, policyVersion } from '#risk'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { bringMoney, signUp, type Browser } from './http-client.ts'
import { desk, type Desk } from './operator-client.ts'

const document = builtInPolicies['2013']
const version = policyVersion(document)
const before2013 = policyVersion(builtInPolicies.none)
const path = `/v1/operator/policies/${version}`

let server: TestServer
let payer: Browser
let payee: Browser
let author: Desk
let second: Desk
let analyst: Desk
before(async () => {
  server = await startTestServer({ policy: 'none', jobs: true })
  payer = await signUp(server, '+8613800000001')
  payee = await signUp(server, '+8613800000002', 'Wang Wei')
  await bringMoney(server, payer, '1000.00')
  author = await desk(server, 'ada', ['supervisor'])
  second = await desk(server, 'bo', ['admin'])
  analyst = await desk(server, 'cy', ['analyst'])
})
after(async () => {
  await server.close()
})

async function pay(): Promise<void> {
  const body = { payee: { phone: payee.phone }, amount: '10.00', source: 'wallet' }
  assert.equal((await payer.post('/v1/payments', body)).body['state'], 'posted')
}

test('only supervisors and admins draft and try; a faulty document is refused', async () => {
  const refused = await analyst.post('/v1/operator/policies', { document })
  assert.equal(refused.body['code'], 'role_forbidden')
  const rules = [{ ...document.rules[0], when: 'newPayee &&\n nobody > 1.0' }]
  const faulty = await author.post('/v1/operator/policies', { document: { ...document, rules } })
  assert.equal(faulty.body['code'], 'policy_faulty')
  assert.match(String(faulty.body['detail']), /line 2, column 2/)
  const facts = { newPayee: true, newPayeeSum24h: 6_000_000 }
  const tried = await author.post('/v1/operator/policies/dry-run', { document, facts })
  assert.equal(tried.body['outcome'], 'hold')
})

test('a policy lives from draft over shadow and backtest to publication and back', async () => {
  const saved = await author.post('/v1/operator/policies', { document })
  assert.equal(saved.body['version'], version)
  const kept = await analyst.get(path)
  assert.deepEqual((kept.body['document'] as { name: string }).name, document.name)
  const unknown = await analyst.get('/v1/operator/policies/nobodys-000000000000')
  assert.equal(unknown.body['code'], 'policy_not_found')
  assert.equal((await second.post(`${path}/publish`, {})).body['code'], 'draft_not_shadowed')
  assert.equal((await author.post(`${path}/shadow`, { on: true })).status, 200)
  await pay()
  const tested = await author.post(`${path}/backtest`, {})
  assert.ok((tested.body as unknown as PolicyBacktest).decisions >= 1)
  const list = await analyst.get('/v1/operator/decisions')
  const [newest] = list.body['data'] as { id: string }[]
  const asked = await analyst.get(`/v1/operator/decisions/${newest?.id}/why-not`)
  assert.equal((asked.body as unknown as WhyNot).nearest.length, 3)
  assert.equal((await author.post(`${path}/publish`, {})).body['code'], 'second_person_needed')
  const published = (await second.post(`${path}/publish`, {})).body as unknown as Policies
  assert.equal(published.active, version)
  const [draft] = published.drafts
  assert.deepEqual(
    [published.people[draft?.saved_by ?? ''], published.people[draft?.approved_by ?? '']],
    ['ADA', 'BO'],
  )
  await pay()
  const back = `/v1/operator/policies/${before2013}/roll-back`
  const late = await author.post(back, { from: before2013 })
  assert.equal(late.body['code'], 'policy_changed_meanwhile')
  const rolled = (await author.post(back, { from: version })).body as unknown as Policies
  assert.equal(rolled.active, before2013)
})
