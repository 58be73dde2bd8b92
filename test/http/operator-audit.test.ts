import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actionsOf } from '#contract'
import { migrate } from '#database'
import { verifyAudit } from '#identity'
import { testDatabase } from '#test-support'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { ask, signUp, type Browser } from './http-client.ts'
import { desk, type Desk } from './operator-client.ts'

interface Row {
  readonly id: string
  readonly operator_name: string
  readonly roles: readonly string[]
  readonly action: string
  readonly subject: string
  readonly reason: string | null
  readonly outcome: string
}

let server: TestServer
let customer: Browser
let analyst: Desk
let auditor: Desk
before(async () => {
  server = await startTestServer()
  customer = await signUp(server, '+8613800000001')
  analyst = await desk(server, 'ana', ['analyst'])
  auditor = await desk(server, 'otto', ['auditor'])
})
after(async () => {
  await server.close()
})

async function newest(limit = 1): Promise<Row[]> {
  const page = await auditor.get(`/v1/operator/audit?limit=${limit + 1}`)
  assert.equal(page.status, 200, JSON.stringify(page.body))
  // The first row is this very look at the log.
  return (page.body['data'] as Row[]).slice(1)
}

test('what an operator is shown of a person is noted before it is shown', async () => {
  await analyst.get('/v1/operator/reviews')
  await analyst.get('/v1/operator/reviews/rev_nobody')
  await analyst.get(`/v1/operator/decisions?customer_id=${customer.customerId}`)
  const rows = await newest(3)
  assert.deepEqual(
    rows.map(({ action, subject, outcome, operator_name }) => [
      operator_name,
      action,
      subject,
      outcome,
    ]),
    [
      ['ANA', 'listDecisions', customer.customerId, 'read'],
      ['ANA', 'getReview', 'rev_nobody', 'read'],
      ['ANA', 'listReviews', '*', 'read'],
    ],
  )
})

test('a change has one row with its reason, also when its answer is asked for again', async () => {
  const path = `/v1/operator/customers/${customer.customerId}/freeze`
  const body = { reason: 'mule, says the police' }
  const key = { 'idempotency-key': 'freeze-once' }
  const first = await analyst.post(path, body, key)
  assert.equal(first.status, 200, JSON.stringify(first.body))
  await analyst.post(path, body, key)
  const rows = (await newest(10)).filter(({ action }) => action === 'freezeCustomer')
  assert.equal(rows.length, 1)
  assert.equal(rows[0]?.subject, customer.customerId)
  assert.equal(rows[0]?.reason, body.reason)
  assert.equal(rows[0]?.outcome, 'done')
  assert.deepEqual(rows[0]?.roles, ['analyst'])
})

test('a change that was refused is noted with the refusal', async () => {
  const path = '/v1/operator/customers/cus_nobody/freeze'
  await analyst.post(path, { reason: 'mule, says the police' })
  const [row] = await newest()
  assert.equal(row?.outcome, 'customer_not_found')
})

test('the log is narrowed to a person, an act, a subject; its chain is walked', async () => {
  const rowsOf = async (query: string) =>
    (await auditor.get(`/v1/operator/audit?limit=100&${query}`)).body['data'] as Row[]
  const frozen = await rowsOf(`action=freezeCustomer&subject=${customer.customerId}`)
  assert.deepEqual(
    frozen.map(({ outcome }) => outcome),
    ['done'],
  )
  const [mine] = await rowsOf('action=listAudit')
  const operator = (await auditor.get('/v1/operator/me')).body
  assert.deepEqual(operator['actions'], actionsOf(['auditor']))
  const his = await rowsOf(`operator_id=${String(operator['id'])}`)
  assert.ok(his.length > 0 && his.every(({ operator_name }) => operator_name === 'OTTO'))
  assert.equal(mine?.operator_name, 'OTTO')
  assert.deepEqual(await rowsOf('subject=nobody'), [])
  const chain = (await auditor.get('/v1/operator/audit/chain')).body
  assert.deepEqual([chain['ok'], chain['broken']], [true, []])
  assert.ok(Number(chain['checked']) >= his.length)
})

test('the audit log refuses strangers, other roles, bad cursors and bad pages', async () => {
  const path = '/v1/operator/audit'
  assert.equal((await ask(server, path)).body.code, 'sign_in_required')
  assert.equal((await customer.get(path)).body.code, 'sign_in_required')
  assert.equal((await analyst.get(path)).body.code, 'role_forbidden')
  for (const cursor of ['abc', '0', '-1', '1.5', '9'.repeat(19)]) {
    const answer = await auditor.get(`${path}?starting_after=${cursor}`)
    assert.equal(answer.body.code, 'cursor_unknown', cursor)
  }
  const bad = [
    'limit=0',
    'limit=101',
    'limit=x',
    'more=1',
    'action=a-b',
    'operator_id=x',
    `starting_after=${'9'.repeat(101)}`,
  ]
  for (const query of bad) {
    assert.equal((await auditor.get(`${path}?${query}`)).body.code, 'request_malformed', query)
  }
  const posted = await auditor.post(path, {})
  assert.equal(posted.status, 405, JSON.stringify(posted.body))
})

test('the log is read page by page to its first row', async () => {
  const seen: string[] = []
  let cursor = ''
  for (;;) {
    const page = await auditor.get(`/v1/operator/audit?limit=3${cursor}`)
    const rows = page.body['data'] as Row[]
    seen.push(...rows.map(({ id }) => id))
    if (page.body['has_more'] !== true) break
    cursor = `&starting_after=${rows.at(-1)?.id}`
  }
  assert.equal(seen.at(-1), '1')
  assert.equal(new Set(seen).size, seen.length)
})

test('a changed, a removed and a forgotten last row are found and named', async () => {
  const { database, drop } = await testDatabase()
  await migrate(database)
  const owner = database.connect('owner', { max: 1 })
  const app = database.connect('app', { max: 1 })
  try {
    const rows = await copyChain(owner)
    assert.deepEqual(await verifyAudit(owner), { ok: true, checked: rows, broken: [] })
    await assert.rejects(app`update identity.audit set reason = 'x'`, /permission denied/)
    await assert.rejects(app`delete from identity.audit`, /permission denied/)
    await assert.rejects(app`truncate identity.audit`, /permission denied/)
    const was = await owner`select subject from identity.audit where number = 2`
    await owner`update identity.audit set subject = 'cus_else' where number = 2`
    assert.deepEqual((await verifyAudit(owner)).broken, ['audit 2 was changed'])
    await owner`update identity.audit set subject = ${String(was[0]?.['subject'])}
      where number = 2`
    await owner`delete from identity.audit where number = 3`
    assert.deepEqual((await verifyAudit(owner)).broken, ['audit 3 is missing'])
    await owner`delete from identity.audit where number > 2`
    assert.deepEqual((await verifyAudit(owner)).broken, [`audit ends at 2, its head says ${rows}`])
  } finally {
    await owner.end()
    await app.end()
    await drop()
  }
})

/** The chain of the server above, in a database where it may be broken. Answers its length. */
async function copyChain(
  owner: ReturnType<Awaited<ReturnType<typeof testDatabase>>['database']['connect']>,
) {
  const from = server.database.connect('owner', { max: 1 })
  const rows = await from`select * from identity.audit order by number`
  const heads = await from`select * from identity.audit_head`
  await from.end()
  await owner`insert into identity.audit ${owner(rows)}`
  await owner`insert into identity.audit_head ${owner(heads)}`
  return rows.length
}
