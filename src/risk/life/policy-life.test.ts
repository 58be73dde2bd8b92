import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createLane, createPostgresStore, type Command, type Lane } from '#commit'
import type { Sql } from '#database'
import { createManualClock, hour } from '#kernel'
import { testDatabase, type TestDatabase } from '#test-support'
import { policyVersion } from '../compile-policy.ts'
import { activePolicy } from '../decide-in-command.ts'
import { encodeFacts } from '../facts-codec.ts'
import { factsWith } from '../facts.fixture.ts'
import { saturday } from '../guard-input.fixture.ts'
import { builtInPolicies } from '../policies/built-in-policies.ts'
import { policyKey } from '../policy-record.ts'
import { publishPolicy } from '../publish-policy.ts'
import { approvePolicy } from './approve-policy.ts'
import { noteBacktest } from './note-backtest.ts'
import { rollBackPolicy } from './roll-back-policy.ts'
import { savePolicyDraft } from './save-policy-draft.ts'
import { countPhantoms, decideInShadow, phantomsOf } from './shadow-decisions.ts'
import { startShadow } from './start-shadow.ts'
import { policyDrafts, shadowPolicies } from './policy-draft-queries.ts'

const { none, today } = builtInPolicies
const document = builtInPolicies['2013']
const version = policyVersion(document)
const clock = createManualClock(saturday)

let isolated: TestDatabase
let sql: Sql
let one: Lane
let other: Lane
let requests = 0

function openLane(): Lane {
  const wait = (ms: number) => sleep(ms, undefined)
  const connect = () => isolated.database.connect('app', { max: 1 })
  return createLane({ store: createPostgresStore({ connect, sleep: wait }), clock, sleep: wait })
}

async function run<In, Out>(lane: Lane, command: Command<In, Out>, input: In): Promise<Out> {
  const id = `req_${(requests += 1)}`
  const submitted = await lane.submit(command, { owner: 'test', id, content: id, input })
  assert(submitted.status === 'done')
  return submitted.output
}

/** Which policy decides, as a command of that process sees it. */
const whoDecides: Command<null, string> = {
  name: 'test.who_decides',
  reads: () => [policyKey],
  apply: (state) => activePolicy(state).version,
}

before(async () => {
  isolated = await testDatabase()
  sql = isolated.database.connect('app')
  one = openLane()
  other = openLane()
  await run(one, publishPolicy, { document: none, by: 'program' })
})

after(async () => {
  await Promise.all([one.close(), other.close()])
  await sql.end()
  await isolated.drop()
})

test('a draft is published only after shadow and backtest, and by a second person', async () => {
  const approve = async (by: string) => (await run(one, approvePolicy, { version, by })).status
  assert.equal(await approve('opr_b'), 'draft_not_found')
  const saved = await run(one, savePolicyDraft, { document, by: 'opr_a' })
  assert.deepEqual(saved, { status: 'saved', version })
  assert.equal(await approve('opr_b'), 'draft_not_shadowed')
  await run(one, startShadow, { version, on: true })
  assert.deepEqual([...(await shadowPolicies(sql))], [{ version, since: saturday }])
  assert.equal(await approve('opr_b'), 'draft_not_backtested')
  await run(one, noteBacktest, { version, figures: { decisions: 3 } })
  assert.equal(await approve('opr_a'), 'second_person_needed')
  // Saving the same content again does not make somebody else its author.
  const again = await run(one, savePolicyDraft, { document, by: 'opr_b' })
  assert.equal(again.status, 'already_saved')
  assert.equal((await policyDrafts(sql))[0]?.savedBy, 'opr_a')
})

test('the table refuses the author as approver, and an approval without a backtest', async () => {
  await assert.rejects(
    sql`update risk.policy_draft set state = 'published', approved_by = 'opr_a',
      backtested_at = now()`,
    /published_by_a_second_person/,
  )
  await assert.rejects(
    sql`update risk.policy_draft set state = 'published', approved_by = 'opr_b',
      backtested_at = null`,
    /published_after_shadow_and_backtest/,
  )
})

test('a shadow policy decides from stored facts, once, beside the live one', async () => {
  const facts = encodeFacts(factsWith({ newPayee: true, newPayeeSum24h: 6_000_000 }))
  const quiet = encodeFacts(factsWith())
  const rows = [
    ['dec_0', -hour, facts],
    ['dec_1', 0, facts],
    ['dec_2', hour, quiet],
  ] as const
  for (const [id, ms, bytes] of rows) {
    await sql`
      insert into risk.decision values (${id}, 'payment', 'cus_a', ${`pay_${id}`},
        ${new Date(saturday + ms).toISOString()}::text::timestamptz, 'allow', 0, 'normal', 0,
        ${policyVersion(none)}, ${bytes}, 100)`
  }
  const shadow = { version, since: saturday, document, modelVersion: null }
  assert.equal(await decideInShadow(sql, shadow), 2, 'what was decided before it began stays out')
  assert.equal(await decideInShadow(sql, shadow), 0)
  const [hold] = await phantomsOf(sql, 'dec_1')
  assert.equal(hold?.outcome, 'hold')
  assert.deepEqual(
    [...(await countPhantoms(sql))],
    [
      { version, live: 'allow', phantom: 'allow', count: 1 },
      { version, live: 'allow', phantom: 'hold', count: 1 },
    ],
  )
  await assert.rejects(sql`delete from risk.phantom_decision`, /permission denied/)
})

test('a published policy decides at once in every process, and a roll-back too', async () => {
  assert.equal(await run(other, whoDecides, null), policyVersion(none))
  const approved = await run(one, approvePolicy, { version, by: 'opr_b' })
  assert.equal(approved.status, 'published')
  assert.equal(await run(other, whoDecides, null), version)
  assert.equal(await run(one, whoDecides, null), version)
  const back = { from: version, version: policyVersion(none), document: none, by: 'opr_c' }
  assert.equal((await run(other, rollBackPolicy, back)).status, 'rolled_back')
  assert.equal(await run(one, whoDecides, null), policyVersion(none))
  // Who wished it twice does not undo what came between.
  assert.equal((await run(one, rollBackPolicy, back)).status, 'policy_changed_meanwhile')
})

test('a policy swapped in mid-load: every command sees one or the other, in order', async () => {
  const swap = run(one, publishPolicy, { document: today, by: 'program' })
  const seen = await Promise.all(
    Array.from({ length: 200 }, (_, i) => run(i % 2 === 0 ? one : other, whoDecides, null)),
  )
  await swap
  const known = [policyVersion(none), policyVersion(today)]
  assert(seen.every((found) => known.includes(found)))
  assert.equal(await run(other, whoDecides, null), policyVersion(today))
})
