import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compilePolicy } from './compile-policy.ts'
import { encodeFacts } from './facts-codec.ts'
import { factsWith } from './facts.fixture.ts'
import { nearestChanges } from './nearest-change.ts'
import { builtInPolicies, type PolicyName } from './policies/built-in-policies.ts'

function policyNamed(name: PolicyName) {
  const compiled = compilePolicy(builtInPolicies[name])
  assert(compiled.ok)
  return compiled.value
}

test('a held payment would have passed at the line of the sum, not a fen above it', () => {
  const facts = factsWith({ newPayee: true, newPayeeSum24h: 6_000_000 })
  const [allow] = nearestChanges(encodeFacts(facts), policyNamed('2013'))
  assert.deepEqual(allow, {
    outcome: 'allow',
    changes: [{ fact: 'newPayeeSum24h', was: '60000.00', becomes: '50000.00' }],
  })
})

test('an allowed payment would have been held, had two facts been otherwise', () => {
  const facts = factsWith({ newPayee: false, newPayeeSum24h: 0 })
  const hold = nearestChanges(encodeFacts(facts), policyNamed('2013')).find(
    ({ outcome }) => outcome === 'hold',
  )
  assert.deepEqual(hold?.changes?.map(({ fact }) => fact).toSorted(), [
    'newPayee',
    'newPayeeSum24h',
  ])
})

test('under a policy without rules nothing leads anywhere else', () => {
  const changes = nearestChanges(encodeFacts(factsWith()), policyNamed('none'))
  assert(changes.length === 3 && changes.every((change) => change.changes === null))
})
