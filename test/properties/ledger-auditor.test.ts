import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { createSeededRandom, type Random, systemRandom } from '#kernel'
import {
  balanceAt,
  trialBalance,
  verifyDetails,
  verifyEntries,
  verifyHolds,
  verifyLimits,
  verifyReplay,
} from '#ledger'
import type { Prediction } from './ledger-asking.ts'
import { createAuditor, type Auditor } from './ledger-auditor.ts'
import { openLedgerStage, places, stageStart, type LedgerStage } from './ledger-stage.ts'
import type { Step } from './ledger-steps.ts'
import { createStream, openings } from './ledger-stream.ts'

/** How much: memory is fast, PostgreSQL is real. */
const sizes: Record<string, { streams: number; chunks: number }> = {
  memory: { streams: 8, chunks: 40 },
  PostgreSQL: { streams: 1, chunks: 60 },
}

interface Told {
  readonly id: string
  readonly step: Step
  readonly prediction: Prediction
}

for (const { name, open } of places) {
  describe(`random commands on ${name}`, () => {
    it('are answered and booked exactly as an independent auditor predicts', async (t) => {
      const { streams, chunks } = sizes[name] ?? { streams: 1, chunks: 10 }
      for (let stream = 0; stream < streams; stream += 1) {
        const seed = seedOf(t)
        const stage = await openLedgerStage(open)
        try {
          await follow(stage, { seed, chunks })
        } catch (error) {
          t.diagnostic(`reproduce with COFFER_SEED=${seed}`)
          throw error
        } finally {
          await stage.close()
        }
      }
    })
  })
}

function seedOf(t: TestContext): number {
  const given = process.env['COFFER_SEED']
  const seed = given === undefined ? systemRandom.between(0, 2 ** 32 - 1) : Number(given)
  t.diagnostic(`seed ${seed}`)
  return seed
}

/** Runs one stream in chunks that are submitted at once, and compares after each. */
async function follow(
  stage: LedgerStage,
  { seed, chunks }: { seed: number; chunks: number },
): Promise<void> {
  const random = createSeededRandom(seed)
  const nextStep = createStream(random)
  const auditor = createAuditor()
  const told: Told[] = []
  let outcomes = 0
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    const steps =
      chunk === 0
        ? openings
        : Array.from({ length: random.between(1, 30) }, () => nextStep(stage.clock.now()))
    const from = told.length
    for (const step of steps) {
      const prediction = auditor.predict(step, stage.clock.now())
      told.push({ id: `r${told.length}`, step, prediction })
    }
    const asked = await Promise.all(told.slice(from).map((each) => compare(stage, each)))
    outcomes += asked.filter((each) => 'ok' in each.prediction).length
    await askAgain(stage, { random, told })
    await compareBooks(stage, auditor)
    await stage.learn()
    auditor.learn()
    stage.clock.advance(random.between(0, 2_000))
  }
  await compareHistories(stage, auditor)
  await comparePast(stage, { auditor, random })
  assert.ok(outcomes * 3 > told.length, `only ${outcomes} of ${told.length} did anything`)
}

async function compare(stage: LedgerStage, told: Told): Promise<Told> {
  const { id, step, prediction } = told
  if ('defect' in prediction) {
    await assert.rejects(stage.ask(step, { id }), new RegExp(prediction.defect), id)
    return told
  }
  const answer = await stage.ask(step, { id })
  assert.ok(answer.status === 'done', `${id}: ${answer.status}`)
  assert.deepEqual(answer.output, prediction, `${id}: ${text(step)}`)
  assert.equal(answer.replayed, false)
  return told
}

/** Some earlier request once more: as it was, and with other content. Neither changes anything. */
async function askAgain(
  stage: LedgerStage,
  { random, told }: { random: Random; told: readonly Told[] },
): Promise<void> {
  const { id, step, prediction } = random.pick(told)
  if ('defect' in prediction) return
  const again = await stage.ask(step, { id })
  assert.ok(again.status === 'done' && again.replayed, `${id} again: ${again.status}`)
  assert.deepEqual(again.output, prediction)
  const other = await stage.ask(step, { id, content: { other: true } })
  assert.equal(other.status, 'id_reused')
}

async function compareBooks(stage: LedgerStage, auditor: Auditor): Promise<void> {
  assert.deepEqual(sorted(await stage.place.counters()), sorted(auditor.counters()))
  assert.deepEqual(sorted(await stage.place.holds()), sorted(auditor.holds()))
  assert.equal(await stage.place.entries(), auditor.entries())
}

async function compareHistories(stage: LedgerStage, auditor: Auditor): Promise<void> {
  for (const id of auditor.counters().keys()) {
    assert.deepEqual(await stage.place.postings(id), auditor.history(id), id)
  }
  const { sql } = stage.place
  if (sql === undefined) return
  for (const verify of [verifyEntries, verifyLimits, verifyHolds, verifyReplay, verifyDetails]) {
    const { checked, broken } = await verify(sql)
    assert.deepEqual(broken, [])
    assert.ok(checked > 0)
  }
  assert.equal((await trialBalance(sql)).difference, 0n)
}

/** Every balance at moments of the past, as it was known then and as it should have been. */
async function comparePast(
  { place: { sql }, clock }: LedgerStage,
  { auditor, random }: { auditor: Auditor; random: Random },
): Promise<void> {
  if (sql === undefined) return
  const accounts = [...auditor.counters().keys()]
  for (let round = 0; round < 20; round += 1) {
    const before = random.between(stageStart - 30_000, clock.now() + 1)
    for (const by of ['inserted', 'effective'] as const) {
      const balances = await balanceAt(sql, { accounts, before, by })
      const audited = new Map(accounts.map((id) => [id, auditor.balanceAt(id, before, by)]))
      assert.deepEqual(sorted(balances), sorted(audited), `${by} before ${before}`)
    }
  }
}

function sorted<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function text(step: Step): string {
  return JSON.stringify(step, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  )
}
