import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInPolicies } from './policies/built-in-policies.ts'
import { readPolicyDocument } from './read-policy-document.ts'

const base = builtInPolicies['2013']

function faultWith(when: string) {
  const [rule] = base.rules
  const read = readPolicyDocument({ ...base, rules: [{ ...rule, when }] })
  assert(!read.ok, when)
  const [fault] = read.error
  assert(fault !== undefined)
  return fault
}

test('every built-in policy written as JSON reads back as the same version', () => {
  for (const document of Object.values(builtInPolicies)) {
    assert(readPolicyDocument(JSON.parse(JSON.stringify(document))).ok)
  }
})

test('an unknown name is refused with its line and column', () => {
  const { rule, line, column, message } = faultWith('newPayee &&\n  nobodyKnows > 1.0')
  assert.equal(rule, base.rules[0]?.id)
  assert.deepEqual([line, column], [2, 3])
  assert.match(message, /nobodyKnows/)
})

test('a type error is refused with its line and column', () => {
  const { line, column } = faultWith('newPayee &&\n amount > "much"')
  assert.equal(line, 2)
  assert(column >= 2)
  assert.equal(faultWith('amount').message, 'is a double, not a bool')
})

test('arithmetic with a whole literal is refused, not silently wrong', () => {
  assert.match(faultWith('amount * 2 > 100.0').message, /double|int/)
})

test('size and depth have limits', () => {
  const long = Array.from({ length: 300 }, () => 'newPayee').join(' && ')
  assert.match(faultWith(long).message, /longer/)
  const deep = `${'!('.repeat(40)}newPayee${')'.repeat(40)}`
  assert.match(faultWith(deep).message, /depth/i)
})

test('what is no policy is refused by field', () => {
  for (const value of [
    null,
    7,
    [],
    {},
    { ...base, extra: 1 },
    { ...base, parameters: { a: 0.5 } },
  ]) {
    const read = readPolicyDocument(value)
    assert(!read.ok && read.error.length > 0)
  }
})
