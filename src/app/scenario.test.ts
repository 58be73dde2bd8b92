import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { PolicyName, ScenarioResult } from '#contract'
import { parseAmount } from '#money'
import { testDatabase, type TestDatabase } from '#test-support'
import { playTheft } from './scenario.ts'

const fen = (amount: string): bigint => {
  const parsed = parseAmount(amount)
  assert.ok(parsed.ok, amount)
  return parsed.value
}

describe('the 2013 theft', () => {
  let test: TestDatabase
  before(async () => {
    test = await testDatabase()
  })
  after(() => test.drop())

  const play = (
    policy: PolicyName,
    how: { seed?: number; entry?: 'reset' | 'stolen-session'; split?: readonly bigint[] } = {},
  ): Promise<ScenarioResult> => {
    const { seed = 1, entry = 'reset', split = Array.from({ length: 5 }, () => 2_000_000n) } = how
    return playTheft(test.database, { policy, seed, entry, split }, () => undefined)
  }

  function holdsTogether(result: ScenarioResult): void {
    const { attempted, left, kept, recovered, paidByInsurer, incomeRestored } = result
    assert.equal(attempted, '100000.00')
    assert.equal(fen(left) + fen(kept), fen(attempted))
    assert.equal(fen(recovered) + fen(paidByInsurer), fen(left) + fen(incomeRestored))
    assert.equal(result.victimWhole, true)
    assert.equal(result.trialBalance, '0.00')
    assert.equal(result.honestTwin.allPosted, true)
  }

  it('takes everything where nothing is decided', async () => {
    const result = await play('none', { seed: 3 })
    holdsTogether(result)
    assert.equal(result.left, '100000.00')
  })

  it('takes 40,000 and is stopped at 60,000 by the rules of 2013', async () => {
    const result = await play('2013')
    holdsTogether(result)
    assert.equal(result.left, '40000.00')
    assert.equal(result.kept, '60000.00')
    const outcomes = result.decisions.map(({ step, outcome }) => `${step} ${outcome}`)
    assert.deepEqual(outcomes, [
      'reset allow',
      'sign_in allow',
      'redeem allow',
      'payment allow',
      'payment allow',
      'payment hold',
      'payment hold',
      'payment hold',
    ])
  })

  it('ends otherwise when the thief cuts otherwise: no rule knows his amounts', async () => {
    const result = await play('2013', { split: [6_000_000n, 4_000_000n] })
    holdsTogether(result)
    assert.equal(result.left, '40000.00')
    assert.deepEqual(
      result.decisions.slice(3).map(({ outcome }) => outcome),
      ['hold', 'allow'],
    )
  })

  it('takes nothing today, by a forwarded code', async () => {
    const result = await play('today', { seed: 7 })
    holdsTogether(result)
    assert.equal(result.left, '0.00')
    assert.equal(result.decisions[0]?.outcome, 'deny')
    assert.equal(result.decisions.at(-1)?.outcome, 'not_reached')
  })

  it('takes nothing today, by a stolen session', async () => {
    const result = await play('today', { seed: 11, entry: 'stolen-session' })
    holdsTogether(result)
    assert.equal(result.left, '0.00')
  })
})
