import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Command } from '#commit'
import { actorKeys, customerKey, findCustomer, freeze, standingOf } from '#identity'
import { noticesOf } from '#notifications'
import { testDatabase } from '#test-support'
import type { Actor } from './context.ts'
import { createFreezeByOperator, createFreezeCustomer } from './freeze-customer.ts'
import { createSignOut } from './sign-out.ts'
import { createUnfreezeByOperator, createUnfreezeCustomer } from './unfreeze-customer.ts'
import { codeOf, createIdentityStage, password, valueOf } from './identity-stage.fixture.ts'

let stage: Awaited<ReturnType<typeof createIdentityStage>>
before(async () => {
  stage = await createIdentityStage(await testDatabase())
})
after(() => stage.close())

const analyst = { operatorId: 'opr_a', roles: ['analyst'] }
const supervisor = { operatorId: 'opr_s', roles: ['supervisor'] }

/** What every command that takes money out asks. */
const mayPay: Command<{ actor: Actor }, string> = {
  name: 'test.may-pay',
  reads: ({ actor }) => actorKeys(actor),
  apply: (state, { actor }, now) => standingOf(state, actor, now),
}

async function standing(actor: Actor): Promise<string> {
  const id = stage.context.ids.next('req')
  const input = { actor }
  const answer = await stage.context.lane.submit(mayPay, { owner: 't', id, content: id, input })
  return answer.status === 'done' ? answer.output : answer.status
}

test('one tap freezes, once, and tells the customer', async () => {
  const session = await stage.signUp('+8613800000401')
  const actor = await stage.actor(session)
  assert.equal(await standing(actor), 'ok')
  const freezeNow = createFreezeCustomer(stage.context)
  const first = valueOf(await freezeNow(actor, { requestId: 'tap-1' }))
  stage.clock.advance(1_000)
  assert.deepEqual(valueOf(await freezeNow(actor, { requestId: 'tap-1' })), first)
  assert.deepEqual(valueOf(await freezeNow(actor, { requestId: 'tap-2' })), first)
  assert.equal(await standing(actor), 'customer_frozen')
  const told = await noticesOf(stage.sql, session.customerId)
  assert.deepEqual(
    told.map(({ code }) => code),
    ['frozen'],
  )
})

test('whatever is decided after an acknowledged freeze sees it', async () => {
  const actor = await stage.actor(await stage.signUp('+8613800000402'))
  let acknowledged = false
  const late: string[] = []
  /** Asks again and again, and a few times more once the freeze is acknowledged. */
  async function keepPaying(): Promise<void> {
    for (let more = 0; more < 5;) {
      const after = acknowledged
      const answer = await standing(actor)
      if (!after) continue
      more += 1
      late.push(answer)
    }
  }
  const paying = Array.from({ length: 40 }, keepPaying)
  const tap = createFreezeCustomer(stage.context)(actor, { requestId: 'race' })
  const frozen = tap.then((answer) => {
    valueOf(answer)
    acknowledged = true
  })
  await Promise.all([...paying, frozen])
  assert.equal(late.length, 200)
  assert.ok(late.every((answer) => answer === 'customer_frozen'))
})

test('the customer lifts his own freeze, on a trusted device, with his password', async () => {
  const session = await stage.signUp('+8613800000403')
  const actor = await stage.actor(session)
  const unfreeze = createUnfreezeCustomer(stage.context)
  const input = { requestId: 'u0', password }
  assert.equal(codeOf(await unfreeze(actor, input)), 'customer_not_frozen')
  await createFreezeCustomer(stage.context)(actor, { requestId: 'f' })
  const wrong = await unfreeze(actor, { requestId: 'u1', password: 'wrong' })
  assert.equal(codeOf(wrong), 'credentials_wrong')
  const thief = await stage.actor(session, 'dev_thief')
  const stolen = await unfreeze(thief, { requestId: 'u2', password })
  assert.equal(codeOf(stolen), 'unfreeze_not_allowed')
  assert.equal(await standing(actor), 'customer_frozen')
  assert.equal(codeOf(await unfreeze(actor, { requestId: 'u3', password })), 'ok')
  assert.equal(await standing(actor), 'ok')
})

test('what staff or a report froze, only staff may lift, and not every role', async () => {
  const actor = await stage.actor(await stage.signUp('+8613800000404'))
  const { customerId } = actor
  const byStaff = createFreezeByOperator(stage.context)
  await byStaff(analyst, { requestId: 'f', customerId, reason: 'looks hijacked' })
  const own = await createUnfreezeCustomer(stage.context)(actor, { requestId: 'u', password })
  assert.equal(codeOf(own), 'unfreeze_not_allowed')
  const lift = createUnfreezeByOperator(stage.context)
  const input = { requestId: 'l', customerId }
  assert.equal(codeOf(await lift(analyst, input)), 'role_forbidden')
  assert.equal(codeOf(await lift(supervisor, input)), 'ok')
  const nobody = { requestId: 'n', customerId: 'cus_nobody', reason: 'x' }
  assert.equal(codeOf(await byStaff(analyst, nobody)), 'customer_not_found')
})

test('a report binds harder than the customer’s own freeze', async () => {
  const actor = await stage.actor(await stage.signUp('+8613800000405'))
  const { customerId } = actor
  await createFreezeCustomer(stage.context)(actor, { requestId: 'f' })
  const report: Command<{ customerId: string }, unknown> = {
    name: 'test.report',
    reads: (input) => [customerKey(input.customerId)],
    apply: (state, input, now) => freeze(state, { ...input, by: 'report', reason: 'robbed' }, now),
  }
  const request = { owner: 't', id: 'report', content: null, input: { customerId } }
  await stage.context.lane.submit(report, request)
  const who = await findCustomer(stage.sql, customerId)
  assert.equal(who?.frozenBy, 'report')
  const own = await createUnfreezeCustomer(stage.context)(actor, { requestId: 'u', password })
  assert.equal(codeOf(own), 'unfreeze_not_allowed')
})

test('an ended session freezes and pays nothing', async () => {
  const session = await stage.signUp('+8613800000406')
  const actor = await stage.actor(session)
  await createSignOut(stage.context)(session.token)
  assert.equal(await standing(actor), 'session_expired')
  const late = await createFreezeCustomer(stage.context)(actor, { requestId: 'f' })
  assert.equal(codeOf(late), 'session_expired')
})
