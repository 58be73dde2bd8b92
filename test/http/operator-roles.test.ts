import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { operatorActions, operatorRole, routes, type Route } from '#contract'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { freshKey } from './http-client.ts'
import { desk } from './operator-client.ts'

let server: TestServer
before(async () => {
  server = await startTestServer()
})
after(async () => {
  await server.close()
})

const ofOperators = Object.entries<Route>(routes).filter(([, { auth }]) => auth === 'operator')

test('every operator route names its roles in the table, and the table names no other', () => {
  assert.deepEqual(
    ofOperators.map(([name]) => name).toSorted(),
    Object.keys(operatorActions).toSorted(),
  )
  for (const [name, { roles }] of ofOperators) {
    assert.equal(roles, operatorActions[name as keyof typeof operatorActions], name)
  }
})

test('the auditor and the insurer only read', () => {
  for (const [name, { method, enrolment, roles = [] }] of ofOperators) {
    // What proves who he is, everybody sets up for himself.
    if (method === 'GET' || enrolment === true) continue
    assert.ok(!roles.includes('auditor') && !roles.includes('insurer'), name)
  }
})

for (const role of operatorRole.options) {
  test(`an operator who is ${role} gets in where the table says, and nowhere else`, async () => {
    const { headers } = await desk(server, `only-${role}`, [role])
    for (const [name, route] of ofOperators) {
      const ending = new AbortController()
      const answer = await fetch(server.url + route.path.replace(':id', 'xyz_nobody'), {
        method: route.method,
        signal: ending.signal,
        headers: { ...headers, 'idempotency-key': freshKey(), 'content-type': 'application/json' },
        // Wrong on purpose where a body is wanted: nothing is changed, and the door comes first.
        ...(route.method === 'POST' ? { body: '{"not_a_field":1}' } : {}),
      })
      const streams = /event-stream/.test(answer.headers.get('content-type') ?? '')
      const body = streams ? {} : ((await answer.json()) as { code?: string })
      ending.abort()
      const refused = answer.status === 403 && body.code === 'role_forbidden'
      const may = route.roles?.includes(role) === true
      assert.equal(refused, !may, `${name} as ${role}: ${answer.status} ${body.code}`)
    }
  })
}

test('the flows refuse by the same table, whoever calls them', async () => {
  const requestId = 'flow-roles'
  const reason = 'no reason at all'
  const { flows } = server
  for (const role of operatorRole.options) {
    const operator = { operatorId: `opr_${role}`, roles: [role] }
    const at = { requestId: `${requestId}-${role}` }
    const word = { ...at, claimId: 'clm_none', decision: 'decline', reason } as const
    const verdict = { decision: 'void', label: 'inconclusive', reason } as const
    const tried = {
      approveClaim: await flows.approveClaim(operator, word),
      decideReview: await flows.decideReview(operator, { ...at, reviewId: 'rev_none', ...verdict }),
      freezeCustomer: await flows.freezeByOperator(operator, {
        requestId: `f-${role}`,
        customerId: 'cus_none',
        reason,
      }),
      unfreezeCustomer: await flows.unfreezeByOperator(operator, {
        requestId: `u-${role}`,
        customerId: 'cus_none',
      }),
    }
    for (const [action, answer] of Object.entries(tried)) {
      const allowed: readonly string[] = operatorActions[action as keyof typeof tried]
      const refused = !answer.ok && answer.error.code === 'role_forbidden'
      assert.equal(refused, !allowed.includes(role), `${action} as ${role}`)
    }
  }
})
