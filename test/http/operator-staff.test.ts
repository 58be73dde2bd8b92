import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { ask, type Answer } from './http-client.ts'
import { desk, deskOf, type Desk } from './operator-client.ts'

let server: TestServer
let one: Desk
let two: Desk
let analyst: Desk
before(async () => {
  server = await startTestServer()
  one = await desk(server, 'admin-one', ['admin'])
  two = await desk(server, 'admin-two', ['admin'])
  analyst = await desk(server, 'ann', ['analyst'])
})
after(async () => {
  await server.close()
})

const password = 'a first password for them'
const reason = 'agreed in the meeting of Monday'
const changes = '/v1/operator/staff/changes'

function decide(by: Desk, id: unknown, decision = 'approve'): Promise<Answer> {
  return by.post(`${changes}/${String(id)}/decide`, { decision, reason })
}

function hire(login: string, roles: string[]): Promise<Answer> {
  return one.post(changes, { kind: 'hire', login, name: login, roles, password, reason })
}

async function idOf(login: string): Promise<string> {
  const { body } = await one.get('/v1/operator/staff')
  const found = (body['data'] as { id: string; login: string }[]).find((row) => row.login === login)
  return found?.id ?? ''
}

test('four eyes: nobody is hired by one admin, also not by trying twice', async () => {
  const proposed = await hire('newbie', ['analyst'])
  assert.equal(proposed.status, 201, JSON.stringify(proposed.body))
  const signIn = { login: 'newbie', password }
  const early = await ask(server, '/v1/operator/sign-in', { body: signIn })
  assert.equal(early.body.code, 'credentials_wrong')
  const { id } = proposed.body
  assert.equal((await decide(one, id)).body.code, 'approver_is_maker')
  assert.equal((await decide(analyst, id)).body.code, 'role_forbidden')
  assert.equal((await decide(two, id)).body['state'], 'done')
  assert.equal((await decide(two, id)).body.code, 'staff_change_not_open')
  const first = await ask(server, '/v1/operator/sign-in', { body: signIn })
  assert.equal(first.body['factor'], 'none', 'he sets up his own factor')
})

test('other roles count from the approval on, and end the sessions of before', async () => {
  const operator_id = await idOf('ann')
  const wish = { kind: 'roles', operator_id, roles: ['claims'], reason }
  const { body } = await one.post(changes, wish)
  assert.equal((await analyst.get('/v1/operator/me')).status, 200)
  assert.equal((await decide(two, body['id'])).body['state'], 'done')
  assert.equal((await analyst.get('/v1/operator/me')).body.code, 'session_expired')
})

test('nobody approves for himself what somebody else proposed', async () => {
  const operator_id = await idOf('admin-two')
  const wish = { kind: 'roles', operator_id, roles: ['admin', 'claims'], reason }
  const { body } = await one.post(changes, wish)
  assert.equal((await decide(two, body['id'])).body.code, 'approver_is_maker')
  assert.equal((await decide(one, body['id'], 'decline')).body['state'], 'declined')
})

test('two admins must stay', async () => {
  const third = await desk(server, 'admin-three', ['admin'])
  const leave = async (login: string, by: Desk) => {
    const wish = { kind: 'roles', operator_id: await idOf(login), roles: [], reason }
    const { body } = await one.post(changes, wish)
    return decide(by, body['id'])
  }
  assert.equal((await leave('admin-three', two)).body['state'], 'done')
  assert.equal((await third.get('/v1/operator/me')).body.code, 'session_expired')
  const fourth = await desk(server, 'super', ['supervisor'])
  assert.equal((await fourth.get('/v1/operator/staff')).body.code, 'role_forbidden')
  // The second one leaving would be decided by nobody but the two.
  const wish = { kind: 'roles', operator_id: await idOf('admin-one'), roles: [], reason }
  const { body } = await one.post(changes, wish)
  const refused = await server.flows.decideStaffChange(
    { operatorId: 'opr_third', roles: ['admin'] },
    { requestId: 'two-must-stay', changeId: String(body['id']), decision: 'approve', reason },
  )
  assert.equal(refused.ok ? 'ok' : refused.error.code, 'admins_too_few')
})

test('lost factors are taken away by two, and the next sign-in sets up new ones', async () => {
  const lost = await desk(server, 'lola', ['claims'])
  const wish = { kind: 'reset_factors', operator_id: await idOf('lola'), reason }
  const { body } = await one.post(changes, wish)
  assert.equal((await decide(two, body['id'])).body['state'], 'done')
  assert.equal((await lost.get('/v1/operator/me')).body.code, 'session_expired')
  const signIn = { login: 'lola', password: 'lola has a long password' }
  const bare = deskOf(server, await ask(server, '/v1/operator/sign-in', { body: signIn }))
  assert.equal((await bare.get('/v1/operator/me')).body['factor'], 'none')
})

test('the host makes admins no longer once there are two', async () => {
  const who = { login: 'sneak', name: 'Sneak', password }
  const made = await server.flows.appointFirstAdmin(who)
  assert.equal(made.ok ? 'ok' : made.error.code, 'admins_exist')
})

test('proposals and decisions stand in the audit log, refused ones with their code', async () => {
  const auditor = await desk(server, 'audra', ['auditor'])
  const { body } = await auditor.get('/v1/operator/audit?limit=100')
  const rows = body['data'] as { action: string; outcome: string; reason: string }[]
  const outcomes = rows
    .filter(({ action }) => action === 'decideStaffChange')
    .map(({ outcome }) => outcome)
  assert.ok(outcomes.includes('done') && outcomes.includes('approver_is_maker'))
  assert.ok(rows.some(({ reason: why }) => why?.startsWith('hire analyst: agreed')))
})

test('the database itself refuses a grant that one person made', async () => {
  const sql = server.database.connect('app')
  try {
    const alone = sql`update identity.operator set granted_by = 'opr_x', seconded_by = 'opr_x'`
    await assert.rejects(alone, /operator_granted_by_two/)
    const half = sql`update identity.operator set granted_by = 'opr_x', seconded_by = null`
    await assert.rejects(half, /operator_granted_by_two/)
    const own = sql`update identity.operator set granted_by = 'opr_x', seconded_by = id`
    await assert.rejects(own, /operator_granted_by_two/)
    const change = sql`update identity.staff_change set decided_by = proposed_by
      where state = 'done'`
    await assert.rejects(change, /staff_change/)
  } finally {
    await sql.end()
  }
})
