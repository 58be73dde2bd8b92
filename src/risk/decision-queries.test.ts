import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { encodeJson, hour } from '#kernel'
import { testDatabase, type TestDatabase } from '#test-support'
import type { Sql } from '#database'
import {
  countDecisions,
  decisionById,
  decisionsBySubject,
  labelsKnown,
  labelsOf,
  policyOfVersion,
  publishedPolicies,
  recentDecisions,
  subjectsLabelled,
} from './decision-queries.ts'
import { compilePolicy, policyVersion } from './compile-policy.ts'
import { encodeFacts } from './facts-codec.ts'
import { factsWith } from './facts.fixture.ts'
import { saturday } from './guard-input.fixture.ts'
import { builtInPolicies } from './policies/built-in-policies.ts'
import { replayDecision } from './replay-decision.ts'

let isolated: TestDatabase
let sql: Sql
const facts = encodeFacts(factsWith({ newPayee: true, newPayeeSum24h: 6_000_000 }))
const document = builtInPolicies['2013']
const version = policyVersion(document)

before(async () => {
  isolated = await testDatabase()
  sql = isolated.database.connect('app')
  const iso = (ms: number) => new Date(saturday + ms).toISOString()
  const rows = [
    ['dec_1', 'payment', 'cus_a', 'pay_1', iso(0), 'hold', 50, 6_000_000n],
    ['dec_2', 'sign_in', 'cus_a', '', iso(hour), 'allow', 0, null],
    ['dec_3', 'payment', 'cus_b', 'pay_2', iso(2 * hour), 'allow', 0, 500n],
  ] as const
  for (const [id, step, customer, subject, at, outcome, score, amount] of rows) {
    await sql`
      insert into risk.decision values (${id}, ${step}, ${customer}, ${subject},
        ${at}::text::timestamptz, ${outcome}, ${score}, 'normal', 2, ${version}, ${facts},
        ${amount})`
  }
  await sql`
    insert into risk.label (subject, label, known_at, by, reason) values
      ('pay_1', 'theft', ${iso(3 * hour)}::text::timestamptz, 'opr_1', 'customer reported it')`
  await sql`
    insert into risk.policy_version values (${version}, '2013',
      ${encodeJson(document)}::text::jsonb, ${iso(0)}::text::timestamptz, 'program')`
})

after(async () => {
  await sql.end()
  await isolated.drop()
})

test('decisions are listed newest first and by customer, step, outcome and moment', async () => {
  const ids = async (filter: Parameters<typeof recentDecisions>[1]) =>
    (await recentDecisions(sql, filter)).map(({ id }) => id)
  assert.deepEqual(await ids({}), ['dec_3', 'dec_2', 'dec_1'])
  assert.deepEqual(await ids({ customerId: 'cus_a' }), ['dec_2', 'dec_1'])
  assert.deepEqual(await ids({ step: 'payment', outcome: 'hold' }), ['dec_1'])
  assert.deepEqual(await ids({ until: saturday + hour, limit: 1 }), ['dec_2'])
})

test('a decision comes back whole and replays with its stored document', async () => {
  const row = await decisionById(sql, 'dec_1')
  assert(row !== undefined)
  assert.equal(row.at, saturday)
  assert.equal(row.amount, 6_000_000n)
  assert.deepEqual(Uint8Array.from(row.facts), facts)
  const stored = await policyOfVersion(sql, row.policyVersion)
  assert(stored !== undefined && compilePolicy(stored).ok)
  assert.equal(replayDecision(row, stored).policyVersion, row.policyVersion)
  assert.equal(replayDecision(row, stored).outcome, 'hold')
  assert.equal(await decisionById(sql, 'dec_9'), undefined)
  assert.equal(await policyOfVersion(sql, 'none-000000000000'), undefined)
  assert.deepEqual(
    (await publishedPolicies(sql)).map(({ name }) => name),
    ['2013'],
  )
})

test('decisions are found by payment; an empty subject finds none', async () => {
  assert.deepEqual(
    (await decisionsBySubject(sql, 'pay_1')).map(({ id }) => id),
    ['dec_1'],
  )
  assert.equal((await decisionsBySubject(sql, '')).length, 0)
})

test('the board counts by step and outcome in a half-open window', async () => {
  const counted = await countDecisions(sql, { since: saturday, until: saturday + 2 * hour })
  assert.deepEqual(
    [...counted],
    [
      { step: 'payment', outcome: 'allow', count: 1, amount: 500n },
      { step: 'sign_in', outcome: 'allow', count: 1, amount: 0n },
    ],
  )
})

test('labels are found by payment and by when they became known', async () => {
  assert.equal((await labelsOf(sql, 'pay_1'))[0]?.label, 'theft')
  const early = await labelsKnown(sql, { since: saturday, until: saturday + hour })
  assert.deepEqual([...early], [])
  const later = await labelsKnown(sql, { since: saturday, until: saturday + 3 * hour })
  assert.equal(later[0]?.knownAt, saturday + 3 * hour)
})

test('the app may add decisions, labels and versions but never change or remove them', async () => {
  await assert.rejects(sql`update risk.decision set outcome = 'allow'`, /permission denied/)
  await assert.rejects(sql`delete from risk.label`, /permission denied/)
  await assert.rejects(sql`update risk.policy_version set name = 'x'`, /permission denied/)
})

test('a payment is called what its newest label says', async () => {
  assert.deepEqual(await subjectsLabelled(sql, 'theft'), ['pay_1'])
  const later = new Date(saturday + 4 * hour).toISOString()
  await sql`
    insert into risk.label (subject, label, known_at, by, reason) values
      ('pay_1', 'honest', ${later}::text::timestamptz, 'opr_2', 'it was his brother')`
  assert.deepEqual(await subjectsLabelled(sql, 'theft'), [])
  assert.deepEqual(await subjectsLabelled(sql, 'honest'), ['pay_1'])
})
