import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Environment } from '@marcbachmann/cel-js'
import { createSeededRandom, type Random } from '#kernel'
import { factFields, factNames, largest, type Facts } from './facts.ts'
import { factsWith } from './facts.fixture.ts'
import { policyToday } from './policies/policy-today.ts'
import { quickCondition } from './quick-condition.ts'

const seed = 41
const { parameters } = policyToday
const environment = new Environment()
for (const name of factNames) {
  const type = factFields[name]
  const asCel = typeof type !== 'string' ? 'string' : type === 'flag' ? 'bool' : 'double'
  environment.registerVariable(name, asCel)
}
for (const [name, value] of Object.entries(parameters)) {
  environment.registerConstant(name, 'double', value)
}
const limits = Object.values(parameters)

/** Facts about the rules' own lines, so that both sides of each are seen. */
function drawFacts(random: Random): Facts {
  const drawn = factNames.map((name) => {
    const type: string | readonly string[] = factFields[name]
    if (typeof type !== 'string') return [name, random.pick(type)]
    if (type === 'flag') return [name, random.next() < 0.5]
    const near = random.pick(limits) + random.between(-1, 1)
    const value = random.pick([0, 1, near, largest[type as 'count']])
    return [name, Math.max(0, Math.min(largest[type as 'count'], value))]
  })
  return Object.fromEntries(drawn) as Facts
}

function compare(text: string, facts: Facts): boolean | null {
  const evaluate = environment.parse(text)
  const quick = quickCondition(evaluate.ast, parameters)
  if (quick === null) return null
  const said = quick(facts)
  assert.equal(said, evaluate(facts as never), `seed ${seed}: ${text}: ${JSON.stringify(facts)}`)
  return said
}

test('every rule of today is quick, and says what the CEL evaluator says', () => {
  const random = createSeededRandom(seed)
  const drawn = Array.from({ length: 400 }, () => drawFacts(random))
  for (const { id, when } of policyToday.rules) {
    const said = drawn.map((facts) => compare(when, facts))
    assert(!said.includes(null), `${id} is not quick`)
  }
})

test('literals, lists and comparisons of flags mean the same', () => {
  const random = createSeededRandom(seed)
  const texts = [
    'amount > 5',
    'amount == 0.0 || newPayees24h != 1.0',
    'deviceTrusted == false',
    'newPayee != true && !(deviceKnown)',
    'step in ["payment", "withdrawal"]',
    '!(proof in []) && proof != "sms"',
    'true || newPayee',
  ]
  const seen = texts.map((text) => {
    const said = Array.from({ length: 50 }, () => compare(text, drawFacts(random)))
    return said.includes(null) ? 'left to CEL' : 'quick'
  })
  assert.deepEqual(
    seen.slice(0, 6),
    Array.from({ length: 6 }, () => 'quick'),
  )
  assert.equal(seen[6], 'left to CEL')
})

test('what is not simple is left to the evaluator', () => {
  const texts = ['amount * 2.0 > largestPayment', 'newPayee ? amount > 1.0 : false', '1.0 < amount']
  for (const text of [...texts, 'amount > largestPayment', 'step.startsWith("pay")']) {
    assert.equal(quickCondition(environment.parse(text).ast, parameters), null, text)
  }
})

test('a missing fact throws, so that the rule counts as hit', () => {
  const quick = quickCondition(environment.parse('amount > 5.0').ast, parameters)
  const { amount: _amount, ...rest } = factsWith()
  assert.throws(() => quick?.(rest as Facts), /amount is missing/)
})
