import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compilePolicy } from './compile-policy.ts'
import { decideFacts } from './decide-facts.ts'
import { builtInPolicies } from './policies/built-in-policies.ts'

const compiled = compilePolicy(builtInPolicies['2013'])
assert(compiled.ok)
const policy = compiled.value

test('a dry run decides about the facts given, the others being neutral', () => {
  const held = decideFacts({ newPayee: true, newPayeeSum24h: 6_000_000 }, policy)
  assert(held.ok)
  assert.equal(held.value.outcome, 'hold')
  const quiet = decideFacts({}, policy)
  assert(quiet.ok)
  assert.equal(quiet.value.outcome, 'allow')
})

test('an unknown fact, a wrong word, a fraction or a negative number is refused by name', () => {
  const wrong: [unknown, RegExp][] = [
    [{ nobody: 1 }, /no fact nobody/],
    [{ toString: 1 }, /no fact toString/],
    [{ proof: 'a wink' }, /proof: one of/],
    [{ amount: 1.5 }, /amount: a whole number/],
    [{ amount: -1 }, /amount/],
    [{ newPayee: 'yes' }, /true or false/],
    [null, /an object/],
    [[], /an object/],
  ]
  for (const [facts, message] of wrong) {
    const decided = decideFacts(facts, policy)
    assert(!decided.ok)
    assert.match(decided.error, message)
  }
})
