import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { minute } from '#kernel'
import { readSeals } from '#ledger'
import { testDatabase } from '#test-support'
import { createGuaranteeStage } from './guarantee-stage.fixture.ts'
import { createRunDue } from './run-due.ts'

describe('what is due', () => {
  let stage: Awaited<ReturnType<typeof createGuaranteeStage>>
  before(async () => {
    stage = await createGuaranteeStage(await testDatabase())
  })
  after(() => stage.close())

  it('seals the journal: what does not fill a seal only now and then, by real time', async () => {
    const runDue = createRunDue(stage.context)
    await stage.customer('+8613800000001', 100n)
    await runDue('all')
    const first = await readSeals(stage.sql)
    assert.deepEqual([first.seals, first.unsealed], [1n, 0])
    await stage.customer('+8613800000002', 100n)
    await runDue('all')
    const second = await readSeals(stage.sql)
    assert.deepEqual([second.seals, second.unsealed], [1n, 1])
    stage.clock.advance(minute)
    await runDue('payments')
    assert.equal((await readSeals(stage.sql)).unsealed, 1)
    await runDue('all')
    assert.deepEqual((await readSeals(stage.sql)).unsealed, 0)
  })
})
