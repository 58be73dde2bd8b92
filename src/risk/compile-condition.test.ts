import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Environment } from '@marcbachmann/cel-js'
import fc from 'fast-check'
import { compileCondition } from './compile-condition.ts'
import { factFields, factNames, type Facts } from './facts.ts'
import { factsWith } from './facts.fixture.ts'
import { builtInPolicies } from './policies/built-in-policies.ts'

const parameters = { largeSum: 500_000, few: 3 }

function environment(constants: Readonly<Record<string, number>>): Environment {
  const made = new Environment()
  for (const name of factNames) {
    const type = factFields[name]
    made.registerVariable(name, typeof type !== 'string' ? 'string' : celType(type))
  }
  for (const [name, value] of Object.entries(constants)) {
    made.registerConstant(name, 'double', value)
  }
  return made
}

function celType(type: string): string {
  return type === 'flag' ? 'bool' : 'double'
}

const numeric: fc.Arbitrary<string> = fc.letrec((tie) => ({
  sum: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('amount', 'newPayees24h', 'payments30d', 'largeSum', 'few', '2.0', '0.5'),
    fc
      .tuple(tie('sum'), fc.constantFrom('+', '-', '*', '/'), tie('sum'))
      .map(([a, op, b]) => `(${String(a)} ${op} ${String(b)})`),
    tie('sum').map((inner) => `(-${String(inner)})`),
  ),
})).sum

const word = fc.constantFrom('"sms"', '"password"', '"none"', '"it\'s"')
const side = fc.oneof(numeric, fc.constantFrom('3', '-3', '7 / 2', '500000'))
const truth: fc.Arbitrary<string> = fc.letrec((tie) => ({
  truth: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('newPayee', 'deviceTrusted', 'true', 'false', 'proof.startsWith("s")'),
    fc
      .tuple(side, fc.constantFrom('<', '<=', '>', '>='), side)
      .map(([a, op, b]) => `${a} ${op} ${b}`),
    fc.tuple(numeric, fc.constantFrom('==', '!='), numeric).map((parts) => parts.join(' ')),
    fc.tuple(fc.constantFrom('==', '!='), word).map(([op, w]) => `proof ${op} ${w}`),
    fc.array(word, { maxLength: 3 }).map((words) => `proof in [${words.join(', ')}]`),
    fc
      .tuple(tie('truth'), fc.constantFrom('&&', '||'), tie('truth'))
      .map(([a, op, b]) => `(${String(a)} ${op} ${String(b)})`),
    tie('truth').map((inner) => `!(${String(inner)})`),
    fc
      .tuple(tie('truth'), tie('truth'), tie('truth'))
      .map(([a, b, c]) => `(${String(a)} ? ${String(b)} : ${String(c)})`),
  ),
})).truth

const facts: fc.Arbitrary<Facts> = fc
  .record({
    amount: fc.nat(1_000_000),
    newPayees24h: fc.nat(5),
    payments30d: fc.nat(5),
    newPayee: fc.boolean(),
    deviceTrusted: fc.boolean(),
    proof: fc.constantFrom('none', 'password', 'sms', 'trusted_device'),
  })
  .map((changes) => factsWith(changes as Partial<Facts>))

test('any condition means the same compiled as to the CEL evaluator', () => {
  const cel = environment(parameters)
  let compiledOnes = 0
  fc.assert(
    fc.property(truth, facts, (text, seen) => {
      fc.pre(cel.check(text).valid)
      const evaluate = cel.parse(text)
      const compiled = compileCondition(evaluate.ast, parameters)
      if (compiled === null) return
      compiledOnes += 1
      assert.equal(compiled(seen), evaluate(seen as never) === true, text)
    }),
    { numRuns: 3_000 },
  )
  assert.ok(compiledOnes > 500, `only ${compiledOnes} were compiled`)
})

test('every rule of our own policies is compiled', () => {
  for (const policy of Object.values(builtInPolicies)) {
    const cel = environment(policy.parameters)
    for (const { id, when } of policy.rules) {
      cel.check(when)
      assert.notEqual(compileCondition(cel.parse(when).ast, policy.parameters), null, id)
    }
  }
})

test('calls, integer arithmetic and lists of numbers stay with the evaluator', () => {
  const cel = environment(parameters)
  for (const text of ['proof.startsWith("s")', 'amount > 7 / 2', 'amount in [1.0, 2.0]']) {
    cel.check(text)
    assert.equal(compileCondition(cel.parse(text).ast, parameters), null, text)
  }
})

test('a missing fact makes a compiled condition throw, so that money leaving fails closed', () => {
  const cel = environment(parameters)
  const compiled = compileCondition(cel.parse('amount > largeSum').ast, parameters)
  assert.throws(() => compiled?.({} as Facts), /no fact amount/)
})
