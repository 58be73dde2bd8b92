import assert from 'node:assert/strict'
import { test } from 'node:test'
import { saturday } from './guard-input.fixture.ts'
import { createGuardedWorld } from './guarded-world.fixture.ts'
import { builtInPolicies } from './policies/built-in-policies.ts'
import { policyVersionLog } from './policy-record.ts'
import { publishPolicy } from './publish-policy.ts'
import type { PolicyDocument } from './policy.ts'

const large = { step: 'payment', money: { amount: 6_000_000n } } as const

async function publishIn(
  world: Awaited<ReturnType<typeof createGuardedWorld>>,
  id: string,
  document: PolicyDocument,
) {
  const input = { document, by: 'opr_1' }
  const submitted = await world.lane.submit(publishPolicy, {
    owner: 'opr_1',
    id,
    content: id,
    input,
  })
  assert(submitted.status === 'done')
  return submitted.output
}

test('a published policy decides from the next command on', async () => {
  const world = await createGuardedWorld(builtInPolicies.none, saturday)
  assert.equal((await world.act(saturday, large)).outcome, 'allow')
  const published = await publishIn(world, 'one', builtInPolicies['2013'])
  assert(published.status === 'published')
  const decision = await world.act(saturday + 1, large)
  assert.equal(decision.outcome, 'hold')
  assert.equal(decision.policyVersion, published.version)
})

test('publishing what is active changes nothing; every publication is kept', async () => {
  const world = await createGuardedWorld(builtInPolicies.none, saturday)
  assert.equal((await publishIn(world, 'one', builtInPolicies.none)).status, 'already_active')
  await publishIn(world, 'two', builtInPolicies.today)
  assert.deepEqual(
    world.store.rows(policyVersionLog).map(({ name, publishedBy }) => `${name} ${publishedBy}`),
    ['none program', 'today opr_1'],
  )
})

test('a faulty policy is refused and the old one goes on deciding', async () => {
  const world = await createGuardedWorld(builtInPolicies['2013'], saturday)
  const [rule] = builtInPolicies['2013'].rules
  assert(rule !== undefined)
  const rules = [{ ...rule, when: 'somethingElse > 1.0' }]
  const refused = await publishIn(world, 'one', { ...builtInPolicies['2013'], rules })
  assert(refused.status === 'policy_faulty')
  assert.equal(refused.faults[0]?.rule, rule.id)
  assert.equal((await world.act(saturday, large)).outcome, 'hold')
})
