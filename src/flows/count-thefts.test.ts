import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { reviewIdOf } from '#cases'
import { day } from '#kernel'
import { testDatabase } from '#test-support'
import type { Actor } from './context.ts'
import { countThefts } from './count-thefts.ts'
import { createFlows } from './create-flows.ts'
import { createExpirePayments } from './expire-payments.ts'
import { valueOf } from './fund-stage.fixture.ts'
import {
  ana,
  ben,
  createGuaranteeStage,
  maria,
  type GuaranteeStage,
} from './guarantee-stage.fixture.ts'

/** Each step adds one case and looks at all that has been counted by then. */
describe('thefts on the board', () => {
  let stage: GuaranteeStage
  let mule: Actor
  let claimId: string | null
  let phones = 0

  before(async () => {
    stage = await createGuaranteeStage(await testDatabase())
    mule = await person(1_00n)
  })
  after(() => stage.close())

  function person(amount: bigint): Promise<Actor> {
    phones += 1
    return stage.customer(`+86138000005${String(phones).padStart(2, '0')}`, amount)
  }

  async function held(victim: Actor, amount: bigint): Promise<string> {
    await stage.holdAll(true)
    const { id, state } = await stage.pay(victim, mule, amount)
    await stage.holdAll(false)
    assert.equal(state, 'held')
    return id
  }

  async function review(id: string, decision: 'release' | 'void') {
    valueOf(await stage.review(ana, reviewIdOf(id), decision))
  }

  async function counted() {
    const { thefts, attempted, intercepted, lost } = await countThefts(stage.sql)
    return { ...thefts, fen: [attempted, intercepted, lost] }
  }

  const none = { attempted: 0, intercepted: 0, succeeded: 0, fen: [0n, 0n, 0n] }

  it('are none while nothing was found to be one', async () => {
    const honest = await person(50_00n)
    await review(await held(honest, 20_00n), 'release')
    await held(honest, 5_00n)
    assert.deepEqual(await counted(), none)
  })

  it('count what analysts stop, one payer and day being one theft', async () => {
    const victim = await person(100_00n)
    for (const amount of [30_00n, 40_00n]) await review(await held(victim, amount), 'void')
    const first = { attempted: 1, intercepted: 1, succeeded: 0, fen: [70_00n, 70_00n, 0n] }
    assert.deepEqual(await counted(), first)
    stage.clock.advance(day)
    await review(await held(victim, 10_00n), 'void')
    assert.deepEqual(await counted(), {
      ...none,
      attempted: 2,
      intercepted: 2,
      fen: [80_00n, 80_00n, 0n],
    })
  })

  it('count a report, and with it what was stopped that day without being reported', async () => {
    const victim = await person(100_00n)
    await review(await held(victim, 1_00n), 'void')
    const left = await stage.pay(victim, mule, 60_00n)
    const stopped = await held(victim, 5_00n)
    claimId = valueOf(await stage.report(victim, [left.id, stopped])).claimId
    assert.deepEqual(await counted(), {
      attempted: 3,
      intercepted: 2,
      succeeded: 0,
      fen: [146_00n, 86_00n, 60_00n],
    })
  })

  it('count as succeeded only what two people have confirmed', async () => {
    await stage.advanceClaims()
    valueOf(await stage.judge(maria, claimId ?? ''))
    assert.equal((await counted()).succeeded, 0)
    valueOf(await stage.judge(ben, claimId ?? ''))
    assert.equal((await counted()).succeeded, 1)
  })

  it('count what nobody answered, once it is reported', async () => {
    const victim = await person(100_00n)
    const id = await held(victim, 9_00n)
    stage.clock.advance(3 * day)
    await createExpirePayments(stage.context)()
    const before = await counted()
    valueOf(await stage.report(victim, [id]))
    const { attempted, intercepted, succeeded } = await counted()
    assert.deepEqual(
      [attempted, intercepted, succeeded],
      [before.attempted + 1, before.intercepted + 1, before.succeeded],
    )
  })

  it('do not count a claim that was declined, but what an analyst stopped that day', async () => {
    const before = await counted()
    const claimant = await person(100_00n)
    await review(await held(claimant, 2_00n), 'void')
    const { id } = await stage.pay(claimant, mule, 33_00n)
    const declined = valueOf(await stage.report(claimant, [id]))
    const [tried = 0n, stopped = 0n, lost = 0n] = before.fen
    assert.deepEqual((await counted()).fen, [tried + 35_00n, stopped + 2_00n, lost + 33_00n])
    await stage.advanceClaims()
    valueOf(await stage.judge(maria, declined.claimId ?? '', 'decline'))
    valueOf(await stage.judge(ben, declined.claimId ?? '', 'decline'))
    assert.deepEqual(await counted(), {
      attempted: before.attempted + 1,
      intercepted: before.intercepted + 1,
      succeeded: before.succeeded,
      fen: [tried + 2_00n, stopped + 2_00n, lost],
    })
  })

  it('stand on the board with their denominators', async () => {
    const board = await createFlows(stage.context).readBoard()
    const { attempted, intercepted, succeeded } = board.thefts.thefts
    assert.deepEqual([attempted, intercepted, succeeded], [5, 4, 1])
    assert.equal(board.thefts.attempted, board.thefts.intercepted + board.thefts.lost)
    assert.equal(board.attempts.numerator, 5)
    assert.equal(board.attempts.denominator, board.payments)
    assert.equal(board.rates.perPayments.numerator, 1)
    // Garwood, one event: 0.0253 to 5.57.
    const { interval, denominator } = board.rates.perPayments
    assert.equal((((interval?.upper ?? 0) * denominator) / 100_000).toFixed(2), '5.57')
  })
})
