import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compilePolicy, policyVersion } from './compile-policy.ts'
import type { PolicyDocument, PolicyRule } from './policy.ts'
import { builtInPolicies, policyNames } from './policies/built-in-policies.ts'

const rule: PolicyRule = {
  id: 'large',
  code: 'LARGE',
  steps: ['payment'],
  when: 'amount > most',
  points: 50,
  floor: null,
  observed: 'amount',
  threshold: 'most',
  sentence: 'Large.',
  analystSentence: 'Large.',
}

function documentWith(changes: Partial<PolicyRule>, more: Partial<PolicyDocument> = {}) {
  const base = builtInPolicies.none
  return { ...base, parameters: { most: 5 }, rules: [{ ...rule, ...changes }], ...more }
}

function faultsOf(document: PolicyDocument) {
  const result = compilePolicy(document)
  assert(!result.ok)
  return result.error
}

test('every built-in policy compiles, and has a version of its own', () => {
  const versions = policyNames.map((name) => {
    const result = compilePolicy(builtInPolicies[name])
    assert(result.ok, JSON.stringify(result))
    assert.match(result.value.version, new RegExp(`^${name}-[0-9a-f]{12}$`))
    return result.value.version
  })
  assert.equal(new Set(versions).size, policyNames.length)
})

test('an unknown name is refused with its line and column', () => {
  const [fault] = faultsOf(documentWith({ when: 'newPayee &&\n  ammount > most' }))
  assert.deepEqual(fault, {
    rule: 'large',
    line: 2,
    column: 3,
    message: 'Unknown variable: ammount',
  })
})

test('a type error is refused with its position', () => {
  const [fault] = faultsOf(documentWith({ when: 'newPayee && amount' }))
  assert.equal(fault?.line, 1)
  assert.match(fault?.message ?? '', /bool/)
  assert.match(faultsOf(documentWith({ when: 'amount + 1 > most' }))[0]?.message ?? '', /overload/)
  assert.match(faultsOf(documentWith({ when: 'amount' }))[0]?.message ?? '', /not a bool/)
})

test('a whole literal compares like a decimal one', () => {
  for (const when of ['newPayees24h >= 3', 'newPayees24h >= 3.0']) {
    assert(compilePolicy(documentWith({ when })).ok)
  }
})

test('a text that is too long or too deep is refused', () => {
  assert.match(faultsOf(documentWith({ when: 'newPayee'.repeat(200) }))[0]?.message ?? '', /longer/)
  const deep = `${'!('.repeat(40)}newPayee${')'.repeat(40)}`
  assert.equal(faultsOf(documentWith({ when: deep })).length, 1)
})

test('wrong points, unknown facts, thresholds and parameters are refused, all at once', () => {
  const faults = faultsOf(
    documentWith(
      { points: 101, observed: 'nothing', steps: [] },
      { parameters: { amount: 1, most: 0.5 } },
    ),
  )
  const messages = faults.map(({ message }) => message).join('; ')
  for (const part of [/points/, /no fact/, /step/, /name of a fact/, /not whole/]) {
    assert.match(messages, part)
  }
  assert.match(faultsOf(documentWith({ threshold: 'least' }))[0]?.message ?? '', /no parameter/)
})

test('the version names the content, whatever the order of its keys', () => {
  const document = documentWith({})
  const reordered = Object.fromEntries(Object.entries(document).toReversed())
  assert.equal(policyVersion(reordered as unknown as PolicyDocument), policyVersion(document))
  assert.notEqual(policyVersion(documentWith({ points: 49 })), policyVersion(document))
})
