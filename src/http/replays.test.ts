import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { ScenarioResult } from '#contract'
import { createIds, createManualClock, createSeededRandom } from '#kernel'
import { createReplays, type RunReplay } from './replays.ts'

const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

function replaysWith(run: RunReplay | null) {
  const ids = createIds(createSeededRandom(1))
  return createReplays({ run, clock: createManualClock(0), ids, log: quiet })
}

function idOf(started: ReturnType<ReturnType<typeof replaysWith>['start']>): string {
  assert.ok(started.ok)
  return started.value.id
}

test('the theft is played under all three policies, one by one, told line by line', async () => {
  const replays = replaysWith(async ({ policy, seed }, tell) => {
    tell(`seed ${seed}`)
    await wait(1)
    return { policy } as ScenarioResult
  })
  const id = idOf(replays.start({ seed: 7 }))
  assert.deepEqual(replays.start({}), { ok: false, error: { code: 'replay_running' } })
  await wait(50)
  const found = replays.find(id)
  assert.ok(found.ok)
  const { state, results, progress } = found.value
  assert.equal(state, 'done')
  assert.deepEqual(
    results.map(({ policy }) => policy),
    ['none', '2013', 'today'],
  )
  assert.deepEqual(
    progress.map(({ policy, text }) => `${policy} ${text}`),
    ['none seed 7', '2013 seed 7', 'today seed 7'],
  )
})

test('a replay that breaks says so and lets the next one start', async () => {
  const replays = replaysWith(() => Promise.reject(new Error('no port free')))
  const id = idOf(replays.start({ policy: 'today' }))
  await wait(10)
  const found = replays.find(id)
  assert.ok(found.ok)
  assert.equal(found.value.state, 'failed')
  assert.ok(!String(found.value.error).includes('port'))
  assert.ok(replays.start({ policy: 'today' }).ok)
})

test('the last ten are kept; without a simulation there is none', async () => {
  const replays = replaysWith(() => Promise.resolve({} as ScenarioResult))
  const ids: string[] = []
  for (let i = 0; i < 11; i += 1) {
    ids.push(idOf(replays.start({ policy: 'none' })))
    await wait(5)
  }
  assert.equal(replays.find(ids[0] ?? '').ok, false)
  assert.equal(replays.find(ids[1] ?? '').ok, true)
  assert.deepEqual(replaysWith(null).start({}), { ok: false, error: { code: 'simulation_off' } })
})
