import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day, hour, minute } from '#kernel'
import { compilePolicy } from './compile-policy.ts'
import { decisionLog } from './decision-log.ts'
import { createGuardedWorld } from './guarded-world.fixture.ts'
import { saturday } from './guard-input.fixture.ts'
import type { PolicyDocument, PolicyRule, PolicyTypology } from './policy.ts'
import { policyNone } from './policies/policy-none.ts'
import { readPolicyDocument } from './read-policy-document.ts'
import { explainDecision, replayDecision } from './replay-decision.ts'

/** From the n-th successful payment of 24 hours on; the facts know those before this one. */
function nth(n: number): PolicyRule {
  return {
    id: `payment-${n}-in-24h`,
    code: `PAYMENT_${n}`,
    steps: ['payment'],
    when: n === 1 ? 'amount > 0.0' : `payments24h >= ${n - 1}.0`,
    points: 0,
    floor: null,
    observed: 'payments24h',
    threshold: 'one',
    sentence: 'One more payment.',
    analystSentence: 'How many payments in 24 hours before this one.',
  }
}

/**
 * Parity with Tazama's published vector for a payer's velocity: its rule answers in bands of 100,
 * 200 and 400; here each band is a rule that adds what the band is more than the one before.
 */
const velocity: PolicyTypology = {
  id: 'velocity',
  code: 'VELOCITY',
  steps: ['payment'],
  when: 'true',
  rules: [
    { rule: 'payment-1-in-24h', weight: 100 },
    { rule: 'payment-2-in-24h', weight: 100 },
    { rule: 'payment-3-in-24h', weight: 200 },
  ],
  alertFrom: 200,
  interdictFrom: 400,
  interdiction: 'hold',
  sentence: 'You made many payments today; we look at this one first.',
  analystSentence: 'Successful payments of this payer in 24 hours.',
}

function documentWith(change: Partial<PolicyTypology> = {}): PolicyDocument {
  return {
    ...policyNone,
    name: 'velocity',
    parameters: { one: 1 },
    rules: [nth(1), nth(2), nth(3)],
    typologies: [{ ...velocity, ...change }],
  }
}

test('parity: 1st payment in 24 h 100 and quiet, 2nd 200 alert, 3rd 400 interdiction', async () => {
  const document = documentWith()
  const world = await createGuardedWorld(document, saturday - day)
  const seen: unknown[] = []
  for (let n = 0; n < 4; n += 1) {
    const { id, outcome, level } = await world.act(saturday + n * hour, {})
    const row = world.store.rows(decisionLog).find((one) => one.id === id) ?? assert.fail()
    const shown = explainDecision(row, document).rules.find(({ rule }) => rule === 'velocity')
    assert.equal(replayDecision(row, document).outcome, outcome)
    seen.push([shown?.observed, shown?.result, shown?.floor, outcome, level])
  }
  assert.deepEqual(seen, [
    ['100', 'no_hit', null, 'allow', 'normal'],
    ['200', 'hit', null, 'allow', 'elevated'],
    ['400', 'hit', 'hold', 'hold', 'elevated'],
    // A held payment is not a successful one: the count stands.
    ['400', 'hit', 'hold', 'hold', 'elevated'],
  ])
  // The window slides: a day after the second one the third is the first again.
  assert.equal((await world.act(saturday + day + hour + minute, {})).outcome, 'allow')
})

test('an alert is a reason with the sum and the threshold it has reached', async () => {
  const world = await createGuardedWorld(documentWith(), saturday - day)
  await world.act(saturday, {})
  const { reasons } = await world.act(saturday + hour, {})
  const { code, rule, observed, threshold } = reasons.at(-1) ?? assert.fail()
  assert.deepEqual([code, rule, observed, threshold], ['VELOCITY', 'velocity', '200', 'alert 200'])
})

test('where its condition is false, or at another step, a typology is silent', async () => {
  for (const change of [{ when: 'payeeKind == "merchant"' }, { steps: ['redeem'] as const }]) {
    const rules = [nth(1), nth(2), nth(3)].map((rule) => ({
      ...rule,
      steps: ['payment', 'redeem'] as const,
    }))
    const world = await createGuardedWorld({ ...documentWith(change), rules }, saturday - day)
    for (let n = 0; n < 4; n += 1) {
      assert.equal((await world.act(saturday + n * hour, {})).outcome, 'allow')
    }
  }
})

test('a typology is refused on save with the line and column of what is wrong', () => {
  const faultsOf = (change: Partial<PolicyTypology>) => {
    const compiled = compilePolicy(documentWith(change))
    return compiled.ok ? [] : compiled.error
  }
  assert.deepEqual(faultsOf({}), [])
  const [condition] = faultsOf({ when: 'true &&\n  amuont > 3.0' })
  assert.deepEqual([condition?.rule, condition?.line, condition?.column], ['velocity', 2, 3])
  const [first, second] = velocity.rules
  assert(first !== undefined && second !== undefined)
  const [term] = faultsOf({ rules: [first, { rule: 'no-such-rule', weight: 300 }] })
  assert.deepEqual(
    [term?.rule, term?.line, term?.column, term?.message],
    ['velocity', 2, 1, 'there is no rule no-such-rule'],
  )
  const told = (change: Partial<PolicyTypology>) => faultsOf(change)[0]?.message
  assert.equal(told({ rules: [first, first] }), 'rule payment-1-in-24h is named twice')
  assert.equal(told({ interdictFrom: 100 }), 'interdictFrom is below alertFrom')
  assert.equal(told({ rules: [first] }), 'alertFrom is above all weights together, 100')
  assert.equal(told({ id: 'payment-1-in-24h' }), 'its id is used twice')
  assert.match(told({ steps: ['redeem'] }) ?? '', /never asked at its steps/)
})

test('a document with typologies keeps its version; strange fields are refused', () => {
  const document = documentWith()
  const read = readPolicyDocument(JSON.parse(JSON.stringify(document)))
  const compiled = compilePolicy(document)
  assert(read.ok && compiled.ok)
  assert.equal(read.value.version, compiled.value.version)
  const strange = { ...document, typologies: [{ ...velocity, alert: 3 }] }
  assert.equal(readPolicyDocument(strange).ok, false)
})
