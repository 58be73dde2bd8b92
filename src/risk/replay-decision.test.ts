import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { createSeededRandom, day, minute } from '#kernel'
import { decisionLog, type DecisionRow } from './decision-log.ts'
import { decodeFacts, encodeFacts } from './facts-codec.ts'
import { createGuardedWorld } from './guarded-world.fixture.ts'
import { saturday } from './guard-input.fixture.ts'
import { builtInPolicies } from './policies/built-in-policies.ts'
import { explainDecision, replayDecision } from './replay-decision.ts'

const seed = 7
let rows: readonly DecisionRow[] = []

/** Three hundred steps of every kind by five customers, honest and not. */
before(async () => {
  const random = createSeededRandom(seed)
  const world = await createGuardedWorld(builtInPolicies.today, saturday)
  const step = () => random.pick(['payment', 'payment', 'payment', 'redeem', 'sign_in', 'reset'])
  for (let i = 0; i < 300; i += 1) {
    const payer = random.between(1, 5)
    const known = random.next() < 0.7
    const payee = `cus_${random.between(1, 40)}`
    await world.act(saturday + i * 17 * minute, {
      step: step() as 'payment',
      parties: {
        holder: `2010:cus_${payer}`,
        payeeHolder: `2010:${payee}`,
        deviceId: known ? `dev_${payer}` : 'dev_other',
        network: known ? 'home' : `net_${random.between(1, 9)}`,
      },
      customer: { id: `cus_${payer}`, failedSignIns24h: random.between(0, 7) },
      device: known ? {} : { addedAt: null, trusted: false, addedBy: null },
      session: { otherDevice: !known && random.next() < 0.5 },
      proof: random.pick(['none', 'password', 'sms'] as const),
      sms: { forwarding: random.pick(['no', 'yes', 'unknown'] as const) },
      deviceSignals: { callInProgress: random.next() < 0.1 },
      money: { amount: BigInt(random.between(100, 3_000_000)) },
      payee: { id: payee, createdAt: saturday - random.between(1, 90) * day },
    })
  }
  rows = world.store.rows(decisionLog)
})

test('a stored decision replays to the same outcome, score, hits and version', () => {
  assert.equal(rows.length, 300, `seed ${seed}`)
  for (const row of rows) {
    const again = replayDecision(row, builtInPolicies.today)
    const { id, outcome, score, level, ruleHits, policyVersion } = row
    const { reasons: _reasons, model: _model, ...plain } = again
    assert.deepEqual(plain, { id, outcome, score, level, ruleHits, policyVersion })
  }
  assert(new Set(rows.map(({ outcome }) => outcome)).size >= 3)
})

test('stored facts decode and encode to the same bytes', () => {
  for (const { facts } of rows) assert.deepEqual(encodeFacts(decodeFacts(facts)), facts)
})

test('the document survives being stored as JSON with its keys in another order', () => {
  const stored = JSON.parse(JSON.stringify(builtInPolicies.today)) as typeof builtInPolicies.today
  const { rules, ...rest } = stored
  const row = rows.find(({ ruleHits }) => ruleHits > 0n)
  assert(row !== undefined)
  assert.equal(replayDecision(row, { rules, ...rest }).policyVersion, row.policyVersion)
})

test('another policy shows what would have changed', () => {
  const freed = rows.filter(
    (row) =>
      row.outcome === 'deny' && replayDecision(row, builtInPolicies.none).outcome === 'allow',
  )
  assert(freed.length > 0)
})

test('an explanation shows every rule: hit, no hit or not asked, with what it saw', () => {
  for (const row of rows.slice(0, 50)) {
    const { rules, shown } = explainDecision(row, builtInPolicies.today)
    const { length } = builtInPolicies.today.rules
    assert.equal(rules.length, length + (builtInPolicies.today.typologies ?? []).length)
    for (const [index, rule] of rules.slice(0, length).entries()) {
      assert.equal(rule.result === 'hit', (row.ruleHits & (1n << BigInt(index))) !== 0n)
      assert(rule.observed !== '' && rule.threshold !== '' && rule.condition !== '')
    }
    assert.equal(shown['step'], row.step)
  }
  const asked = explainDecision(rows[0] ?? assert.fail(), builtInPolicies.today).rules
  assert(asked.some(({ result }) => result === 'not_asked'))
})
