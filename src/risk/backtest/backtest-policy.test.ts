import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Sql } from '#database'
import { hour } from '#kernel'
import { testDatabase, type TestDatabase } from '#test-support'
import { compilePolicy } from '../compile-policy.ts'
import { encodeFacts } from '../facts-codec.ts'
import { factsWith } from '../facts.fixture.ts'
import { saturday } from '../guard-input.fixture.ts'
import { builtInPolicies } from '../policies/built-in-policies.ts'
import { backtestPolicy, type ChangedDecision } from './backtest-policy.ts'

let isolated: TestDatabase
let sql: Sql
const iso = (ms: number) => new Date(saturday + ms).toISOString()
const span = { from: saturday, to: saturday + 10 * hour, labelsKnownBy: saturday + 8 * hour }

function candidate(name: '2013' | 'none') {
  const compiled = compilePolicy(builtInPolicies[name])
  assert(compiled.ok)
  return compiled.value
}

before(async () => {
  isolated = await testDatabase()
  sql = isolated.database.connect('app')
  const large = factsWith({ newPayee: true, newPayeeSum24h: 6_000_000 })
  const small = factsWith()
  const rows = [
    ['dec_theft', 0, large, 'allow', 6_000_000],
    ['dec_small_theft', 1, small, 'allow', 100],
    ['dec_honest', 2, small, 'allow', 200],
    ['dec_hurt', 3, large, 'allow', 6_000_000],
    ['dec_learnt_late', 4, large, 'allow', 6_000_000],
    ['dec_scam', 5, large, 'allow', 6_000_000],
    ['dec_outside', 20, large, 'allow', 6_000_000],
  ] as const
  for (const [id, hours, facts, outcome, amount] of rows) {
    await sql`
      insert into risk.decision values (${id}, 'payment', 'cus_a', ${`pay_${id}`},
        ${iso(hours * hour)}::text::timestamptz, ${outcome}, 0, 'normal', 0, 'x',
        ${encodeFacts(facts)}, ${amount})`
  }
  const labels = [
    ['dec_theft', 'honest', 1],
    ['dec_theft', 'theft', 2],
    ['dec_small_theft', 'theft', 2],
    ['dec_learnt_late', 'theft', 9],
    ['dec_scam', 'scam', 6],
  ] as const
  for (const [id, label, hours] of labels) {
    await sql`insert into risk.label values (${`pay_${id}`}, ${label},
      ${iso(hours * hour)}::text::timestamptz, 'opr_1', 'test')`
  }
})

after(async () => {
  await sql.end()
  await isolated.drop()
})

test('a backtest counts thefts caught and missed, yuan kept, honest payments hurt', async () => {
  const changed: ChangedDecision[] = []
  const watch = { onChanged: (decision: ChangedDecision) => changed.push(decision) }
  const found = await backtestPolicy(sql, { policy: candidate('2013'), span }, watch)
  assert.equal(found.decisions, 6)
  const { caught, missed, keptFen, lostFen, honestHeld } = found.candidate
  assert.deepEqual([caught.count, caught.of, missed], [1, 2, 1])
  assert.deepEqual([keptFen, lostFen], [6_000_000n, 100n])
  // Not labelled by then counts as honest: two of three are held; the scam is neither.
  assert.deepEqual([honestHeld.count, honestHeld.of], [2, 3])
  assert(caught.low > 0 && caught.high < 1)
  assert.equal(found.recorded.caught.count, 0)
  assert.equal(found.changed, 4)
  assert.deepEqual(
    changed.map(({ id, was, becomes }) => `${id} ${was} ${becomes}`).toSorted(),
    ['dec_hurt', 'dec_learnt_late', 'dec_scam', 'dec_theft'].map((id) => `${id} allow hold`),
  )
  assert(changed.every(({ codes }) => codes.includes('NEW_PAYEE_SUM')))
})

test('a label counts from when it became known, not from the time of the payment', async () => {
  const later = { ...span, labelsKnownBy: saturday + 9 * hour }
  const found = await backtestPolicy(sql, { policy: candidate('2013'), span: later })
  assert.deepEqual([found.candidate.caught.count, found.candidate.caught.of], [2, 3])
})

test('the policy that decided changes nothing', async () => {
  const found = await backtestPolicy(sql, { policy: candidate('none'), span })
  assert.equal(found.changed, 0)
  assert.deepEqual(found.candidate, found.recorded)
})
