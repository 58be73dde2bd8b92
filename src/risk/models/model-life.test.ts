import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createLane, createPostgresStore, type Command, type Lane } from '#commit'
import type { Sql } from '#database'
import { createManualClock, day, hour } from '#kernel'
import { testDatabase, type TestDatabase } from '#test-support'
import { activePolicy } from '../decide-in-command.ts'
import { decide } from '../decide.ts'
import { decisionLog } from '../decision-log.ts'
import { decisionById } from '../decision-queries.ts'
import { encodeFacts } from '../facts-codec.ts'
import { factsWith } from '../facts.fixture.ts'
import type { Facts } from '../facts.ts'
import type { Decision } from '../outcome.ts'
import { policyToday } from '../policies/policy-today.ts'
import { compilePolicy } from '../compile-policy.ts'
import { policyKey } from '../policy-record.ts'
import { publishPolicy } from '../publish-policy.ts'
import { nearestChanges } from '../nearest-change.ts'
import { explainDecision, explainModel, replayDecision } from '../replay-decision.ts'
import { laneWithModels } from './lane-with-models.ts'
import { modelDrift } from './model-drift.ts'
import { modelFileOf, type ModelFile } from './model-document.ts'
import {
  activeModelVersion,
  keepModelText,
  loadModel,
  modelPublications,
  modelText,
  modelVersions,
  shadowModels,
} from './model-queries.ts'
import { policyWithModel } from './policy-with-model.ts'
import { publishModel } from './publish-model.ts'
import { isModelLoaded } from './ready-model.ts'
import {
  drawHonest,
  firstDay,
  honestTwin,
  policyAsking,
  quickSearch,
  quietThief,
  recordPayments,
} from './recorded.fixture.ts'
import { rollBackModel } from './roll-back-model.ts'
import { saveModelDraft } from './save-model-draft.ts'
import { countShadowScores, scoreInShadow, shadowScoresOf } from './score-in-shadow.ts'
import { shadowModel } from './shadow-model.ts'
import { trainModel } from './train-model.ts'

const count = 1_600
const end = firstDay + count * hour
const clock = createManualClock(end + 30 * day)
const log: string[] = []

let isolated: TestDatabase
let sql: Sql
let one: Lane
let other: Lane
let file: ModelFile
let requests = 0

function openLane(): Lane {
  const wait = (ms: number) => sleep(ms, undefined)
  const connect = () => isolated.database.connect('app', { max: 1 })
  const store = createPostgresStore({ connect, sleep: wait })
  return laneWithModels(createLane({ store, clock, sleep: wait }), sql)
}

async function run<In, Out>(lane: Lane, command: Command<In, Out>, input: In): Promise<Out> {
  const id = `req_${(requests += 1)}`
  const submitted = await lane.submit(command, { owner: 'test', id, content: id, input })
  assert(submitted.status === 'done')
  return submitted.output
}

/** Decides on given facts as `decideInCommand` does on gathered ones, and stores it. */
const decideOn: Command<{ id: string; facts: Facts }, Decision> = {
  name: 'test.decide_on',
  reads: () => [policyKey],
  apply(state, { id, facts }, now) {
    const verdict = decide(facts, activePolicy(state))
    const { outcome, score, level, ruleHits, policyVersion, model } = verdict
    state.append(decisionLog, {
      id,
      step: facts.step,
      customerId: 'cus_a',
      subject: '',
      at: now,
      outcome,
      score,
      level,
      ruleHits,
      policyVersion,
      facts: encodeFacts(facts),
      amount: null,
      measures: null,
      modelVersion: model === null ? null : model.version,
      modelScore: model === null ? null : model.score,
    })
    return { id, ...verdict }
  },
}

const ask = (lane: Lane, id: string, changes: Partial<Facts>) =>
  run(lane, decideOn, { id, facts: factsWith(changes) })

function train(until: number, name = 'takeover') {
  const say = (line: string) => void log.push(line)
  return trainModel(sql, { name, until, delay: 4 * day, search: quickSearch, say })
}

before(async () => {
  isolated = await testDatabase()
  sql = isolated.database.connect('app')
  one = openLane()
  other = openLane()
  await recordPayments(sql, { prefix: 'h', count, from: firstDay, theftEvery: 16 })
  await run(one, publishPolicy, { document: policyAsking, by: 'program' })
})

after(async () => {
  await Promise.all([one.close(), other.close()])
  await sql.end()
  await isolated.drop()
})

test('a policy that asks a model decides by its rules while none is published', async () => {
  const thief = await ask(one, 'dec_before', quietThief)
  assert.equal(thief.outcome, 'allow', 'rules miss him')
  assert.equal(thief.model, null)
})

test('the same records train the same version, and the search is told', async () => {
  const trained = await train(end + 10 * day)
  assert(trained.ok, JSON.stringify(trained))
  file = trained.value
  const again = await train(end + 10 * day)
  assert(again.ok && again.value.version === file.version)
  assert.match(file.version, /^takeover-[0-9a-f]{12}$/)
  assert(log.some((line) => line.startsWith('chosen: ')))
  const { thefts, validation } = file.document.training as {
    thefts: number
    validation: { auc: number }
  }
  assert.equal(thefts, 100)
  assert(validation.auc > 0.9, JSON.stringify(validation))
})

test('labels known later do not exist for a training as of an earlier day', async () => {
  const until = firstDay + 40 * day
  const earlier = await train(until)
  assert(earlier.ok)
  const { thefts } = earlier.value.document.training as { thefts: number }
  await sql`
    insert into risk.label (subject, label, known_at, by, reason)
    select 'pay_h' || i, 'theft', ${new Date(until + 1).toISOString()}::text::timestamptz,
      'opr_1', 'late' from generate_series(0, 100) i where i % 16 <> 3`
  const same = await train(until)
  assert(same.ok && same.value.version === earlier.value.version)
  const later = await train(until + 1)
  assert(later.ok && (later.value.document.training as { thefts: number }).thefts > thefts + 50)
  const owner = isolated.database.connect('owner', { max: 1 })
  await owner`delete from risk.label where reason = 'late'`
  await owner.end()
  const none = await train(firstDay + 2 * day)
  assert(!none.ok && none.error.code === 'model_labels_missing')
})

test('a model is published only after its shadow, and by a second person', async () => {
  const { version, document } = file
  const publish = async (by: string, from: string | null = null) =>
    (await run(one, publishModel, { version, from, by })).status
  assert.equal(await publish('opr_b'), 'model_not_found')
  await keepModelText(sql, file)
  const draft = { version, name: document.name, by: 'opr_a' }
  assert.equal((await run(one, saveModelDraft, draft)).status, 'saved')
  const again = await run(one, saveModelDraft, { ...draft, by: 'opr_b' })
  assert.equal(again.status, 'already_saved')
  assert.equal(await publish('opr_b'), 'model_not_shadowed')
  assert.equal((await run(one, shadowModel, { version, on: true })).status, 'done')
  assert.equal(await publish('opr_a'), 'second_person_needed')
  assert.equal(await publish('opr_b', 'takeover-000000000000'), 'model_changed_meanwhile')
  await assert.rejects(
    sql`update risk.model set state = 'published', approved_by = 'opr_a', approved_at = now()`,
    /model_published_by_a_second_person/,
  )
  await assert.rejects(
    sql`update risk.model set state = 'published', approved_by = 'opr_b', approved_at = now(),
      shadow_since = null`,
    /model_published_after_shadow/,
  )
  await assert.rejects(sql`update risk.model_document set document = ''`, /permission denied/)
})

test('a shadow model scores what is decided beside it, once, and decides nothing', async () => {
  const [shadow] = await shadowModels(sql)
  assert.equal(shadow?.version, file.version)
  const thief = await ask(one, 'dec_shadow_thief', quietThief)
  await ask(one, 'dec_shadow_twin', honestTwin)
  assert.equal(thief.outcome, 'allow')
  const model = await loadModel(sql, file.version)
  assert(model !== undefined && shadow !== undefined)
  const { since } = shadow
  assert.equal(await scoreInShadow(sql, { model, since }), 3, 'the one of that instant, and two')
  assert.equal(await scoreInShadow(sql, { model, since }), 0)
  const [scored] = await shadowScoresOf(sql, 'dec_shadow_thief')
  assert(scored !== undefined && scored.score > 500_000)
  const bands = await countShadowScores(sql, file.version)
  assert.equal(
    bands.reduce((sum, band) => sum + band.count, 0),
    3,
  )
})

test('published, it holds the thief that rules miss and leaves the honest twin alone', async () => {
  const { version } = file
  const published = await run(one, publishModel, { version, from: null, by: 'opr_b' })
  assert.equal(published.status, 'published')
  for (const lane of [one, other]) {
    const id = lane === one ? 'dec_thief' : 'dec_thief_2'
    const thief = await ask(lane, id, quietThief)
    assert.equal(thief.outcome, 'hold')
    assert.equal(thief.level, 'highest')
    assert.equal(thief.ruleHits, 0n)
    assert.equal(thief.model?.version, version)
    const [first, ...features] = thief.reasons
    assert.equal(first?.code, 'MODEL_RISK')
    assert.equal(first?.threshold, '50.00 %')
    const seen = features.map(({ code, observed }) => `${code}: ${observed}`).join('; ')
    assert.match(seen, /MODEL_NETWORK: networkAge 0 min/)
    assert.match(seen, /MODEL_PAYEE: /)
  }
  const twin = await ask(one, 'dec_twin', honestTwin)
  assert.equal(twin.outcome, 'allow')
  assert.deepEqual(twin.reasons, [])
  assert(twin.model !== null && twin.model.score < 200_000)
  const signIn = await ask(one, 'dec_sign_in', { ...quietThief, step: 'sign_in' })
  assert.equal(signIn.model, null, 'not asked at this step')
})

test('a process that has not loaded the model loads it when a decision needs it', async () => {
  const trained = await train(end + 10 * day, 'takeover')
  assert(trained.ok)
  const { training, ...rest } = trained.value.document
  const next = modelFileOf({ ...rest, training: { ...training, note: 'another' } })
  await keepModelText(sql, next)
  const { version } = next
  await run(one, saveModelDraft, { version, name: 'takeover', by: 'opr_a' })
  await run(one, shadowModel, { version, on: true })
  assert.equal(isModelLoaded(version), false)
  const swapped = await run(one, publishModel, { version, from: file.version, by: 'opr_b' })
  assert.equal(swapped.status, 'published')
  const decisions = await Promise.all(
    Array.from({ length: 40 }, (_, i) => ask(i % 2 ? one : other, `dec_load${i}`, quietThief)),
  )
  assert(decisions.every(({ model }) => model?.version === version))
})

test('after a roll-back by one person stored decisions replay byte for byte', async () => {
  const from = await activeModelVersion(sql)
  const back = { from, version: file.version, by: 'opr_c' }
  assert.equal((await run(other, rollBackModel, back)).status, 'rolled_back')
  assert.equal((await run(other, rollBackModel, back)).status, 'model_not_published')
  const off = { from: file.version, version: null, by: 'opr_c' }
  const late = await run(one, rollBackModel, { ...off, from })
  assert.equal(late.status, 'model_changed_meanwhile')
  assert.equal((await run(other, rollBackModel, off)).status, 'rolled_back')
  assert.equal((await ask(one, 'dec_after', quietThief)).model, null)
  assert.deepEqual(
    (await modelVersions(sql)).map(({ state }) => state),
    ['retired', 'retired'],
  )
  const versions = (await modelPublications(sql)).map(({ version }) => version)
  assert.equal(versions.length, 4)
  for (const id of ['dec_thief', 'dec_twin', 'dec_load7', 'dec_after', 'dec_sign_in']) {
    const row = await decisionById(sql, id)
    assert(row !== undefined)
    const { model, reasons: _reasons, ...again } = replayDecision(row, policyAsking)
    const { outcome, score, level, ruleHits, policyVersion } = row
    assert.deepEqual(again, { id, outcome, score, level, ruleHits, policyVersion })
    assert.deepEqual(
      [model?.version ?? null, model?.score ?? null],
      [row.modelVersion, row.modelScore],
    )
  }
})

test('why and why not: exact contributions, the lines, the nearest change of facts', async () => {
  const row = await decisionById(sql, 'dec_thief')
  assert(row !== undefined)
  const why = explainModel(row, policyAsking)
  assert(why !== null)
  const { bias, contributions, lines } = why
  const margin = contributions.reduce((sum, { contribution }) => sum + contribution, bias)
  const { slope, offset } = file.document.calibration
  const probability = 1 / (1 + Math.exp(-(slope * margin + offset)))
  assert(Math.abs(probability * 1e6 - (row.modelScore ?? 0)) < 2)
  assert.deepEqual(lines, [
    { outcome: 'challenge', from: '20.00 %' },
    { outcome: 'hold', from: '50.00 %' },
  ])
  const top = contributions.slice(0, 3).map(({ fact }) => fact)
  assert(top.includes('networkAge'), top.join())
  const shown = explainDecision(row, policyAsking).rules.filter(({ result }) => result === 'hit')
  assert.deepEqual(shown[0]?.code, 'MODEL_RISK')
  const policy = compilePolicy(policyAsking)
  assert(policy.ok)
  const bound = policyWithModel(policy.value, row.modelVersion)
  const allow = nearestChanges(row.facts, bound).find(({ outcome }) => outcome === 'allow')
  assert(allow?.changes !== undefined && allow.changes !== null && allow.changes.length <= 2)
  assert.equal(explainModel(row, policyToday), null)
})

test('drift: the same world is stable, a shifted one raises the alarm', async () => {
  const model = await loadModel(sql, file.version)
  assert(model !== undefined)
  await recordPayments(sql, { prefix: 's', count: 600, from: end + 100 * day, theftEvery: 16 })
  const window = (from: number) => ({ model, from, to: from + 30 * day })
  const stable = await modelDrift(sql, window(end + 100 * day))
  assert(stable.ok && stable.value.score.state === 'stable', JSON.stringify(stable))
  const young = (random: Parameters<typeof drawHonest>[0]) => ({
    ...drawHonest(random),
    newPayee: true,
    networkAge: random.between(0, 300),
    payeeAge: random.between(0, 5_000),
  })
  const from = end + 200 * day
  await recordPayments(sql, { prefix: 'd', count: 600, from, theftEvery: 0, draw: young })
  const shifted = await modelDrift(sql, window(from))
  assert(shifted.ok)
  assert.equal(shifted.value.score.state, 'alarm')
  const moved = shifted.value.features.filter(({ state }) => state === 'alarm')
  const names = moved.map(({ name }) => name)
  for (const name of ['networkAge', 'newPayee', 'payeeAge']) assert(names.includes(name), name)
  assert(!names.includes('deviceAge') && !names.includes('hourShare'), names.join())
  const empty = await modelDrift(sql, window(end + 900 * day))
  assert(!empty.ok && empty.error === 'model_window_empty')
  const text = await modelText(sql, file.version)
  assert.equal(text, file.text)
})
