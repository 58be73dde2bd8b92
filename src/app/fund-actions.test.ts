import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createScratchFolder, removeScratchFolder } from '#test-support'
import { fundReplayAction } from './fund-replay-action.ts'
import { fundYieldAction } from './fund-yield-action.ts'

describe('coffer fund', () => {
  let folder: string
  let csv: string
  before(async () => {
    folder = createScratchFolder('fund')
    csv = join(folder, 'figures.csv')
    const days = ['1.5787', '1.5461', '1.4670', '1.4223', '1.3845', '1.3674', '1.3671']
    const rows = days.map((per10k, day) => `2013-07-0${day + 1},${per10k}`)
    await writeFile(csv, `date,per10k\n${rows.join('\n')}\n`)
  })
  after(() => removeScratchFolder(folder))

  it('yield answers 0 for good rows and 2 for bad ones or a missing file', async () => {
    assert.equal(await fundYieldAction({ csv, json: true }), 0)
    const bad = join(folder, 'bad.csv')
    await writeFile(bad, '2013-07-01,1.2\n2013-07-32,1.2\n')
    assert.equal(await fundYieldAction({ csv: bad, json: true }), 2)
    assert.equal(await fundYieldAction({ csv: join(folder, 'none.csv'), json: false }), 2)
  })

  it('replay answers 0 when all holds, 2 when days are missing or the range is none', async () => {
    const wish = { from: '2013-07-01', to: '2013-07-07', csv, holders: 5, seed: 1, json: true }
    assert.equal(await fundReplayAction(wish), 0)
    assert.equal(await fundReplayAction({ ...wish, to: '2013-07-08' }), 2)
    assert.equal(await fundReplayAction({ ...wish, from: '2013-07-08' }), 2)
  })

  it('replay answers 2 beyond the calendar', async () => {
    const late = join(folder, 'late.csv')
    await writeFile(late, '2026-12-30,1\n2026-12-31,1\n2027-01-01,1\n')
    const wish = { from: '2026-12-30', to: '2027-01-01', csv: late }
    assert.equal(await fundReplayAction({ ...wish, holders: 5, seed: 1, json: true }), 2)
  })
})
