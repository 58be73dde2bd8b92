import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compilePolicy } from './compile-policy.ts'
import { decide } from './decide.ts'
import { factsWith } from './facts.fixture.ts'
import type { PolicyDocument, PolicyRule } from './policy.ts'
import { policyNone } from './policies/policy-none.ts'
import { steps, type Outcome, type Step } from './outcome.ts'

function ruleOf(id: string, points: number, floor: Outcome | null): PolicyRule {
  return {
    id,
    code: id.toUpperCase(),
    steps,
    when: id === 'rare' ? 'amount > limit' : 'amount > 0.0',
    points,
    floor,
    observed: 'amount',
    threshold: 'limit',
    sentence: 'For the customer.',
    analystSentence: 'For the analyst.',
  }
}

function judge(rules: readonly PolicyRule[], step: Step = 'payment', amount = 60_000) {
  const document: PolicyDocument = {
    ...policyNone,
    parameters: { limit: 50_000 },
    rules,
    outcomeFrom: { challenge: 40, hold: 75, deny: 95 },
    levelFrom: { elevated: 40, highest: 75 },
  }
  const policy = compilePolicy(document)
  assert(policy.ok, JSON.stringify(policy))
  return decide(factsWith({ step, amount }), policy.value)
}

test('points add up to the score, and the score has an outcome and a level', () => {
  assert.deepEqual(pick(judge([])), ['allow', 0, 'normal'])
  assert.deepEqual(pick(judge([ruleOf('a', 39, null)])), ['allow', 39, 'normal'])
  assert.deepEqual(pick(judge([ruleOf('a', 40, null)])), ['challenge', 40, 'elevated'])
  const two = [ruleOf('a', 40, null), ruleOf('b', 35, null)]
  assert.deepEqual(pick(judge(two)), ['hold', 75, 'highest'])
  assert.deepEqual(pick(judge([...two, ruleOf('c', 90, null)])), ['deny', 100, 'highest'])
})

test('the most severe of floors and score wins', () => {
  assert.equal(judge([ruleOf('a', 0, 'hold'), ruleOf('b', 40, 'challenge')]).outcome, 'hold')
  assert.equal(judge([ruleOf('a', 100, 'challenge')]).outcome, 'deny')
  assert.equal(judge([ruleOf('a', 0, 'deny')]).outcome, 'deny')
})

test('only a payment is held: elsewhere a hold becomes what the policy says', () => {
  const rules = [ruleOf('a', 0, 'hold')]
  for (const step of steps) {
    const expected = step === 'payment' ? 'hold' : policyNone.holdBecomes[step]
    assert.equal(judge(rules, step).outcome, expected)
  }
})

test('reasons say what was seen and where the line is, hits are kept as bits', () => {
  const rules = [ruleOf('a', 10, null), ruleOf('rare', 10, null)]
  const verdict = judge(rules)
  assert.equal(verdict.ruleHits, 0b11n)
  assert.deepEqual(verdict.reasons[1], {
    code: 'RARE',
    rule: 'rare',
    observed: '600.00',
    threshold: '500.00',
    sentence: 'For the customer.',
    analystSentence: 'For the analyst.',
  })
  assert.equal(judge(rules, 'payment', 40_000).ruleHits, 0b01n)
})

function pick({ outcome, score, level }: ReturnType<typeof judge>) {
  return [outcome, score, level]
}
