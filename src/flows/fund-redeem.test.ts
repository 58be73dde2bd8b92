import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { orderById } from '#fund'
import { localInstant } from '#kernel'
import type { PolicyName } from '#risk'
import { testDatabase } from '#test-support'
import type { Actor } from './context.ts'
import { createApproveRedemption } from './approve-redemption.ts'
import { createRedeem } from './redeem.ts'
import { codeOf } from './identity-stage.fixture.ts'
import { createFundStage, valueOf, type FundStage } from './fund-stage.fixture.ts'

/** What a stolen session looks like: the owner's session seen from another device. */
function elsewhere(actor: Actor): Actor {
  return { ...actor, deviceId: 'dev_never_seen', network: '198.51.100' }
}

/** Somebody else operates the owner's device from afar. */
function remotely(actor: Actor): Actor {
  return { ...actor, signals: { ...actor.signals, remoteControl: true } }
}

describe('redeeming under the guard', () => {
  let stage: FundStage
  let owner: Actor
  let policy: PolicyName = 'none'
  before(async () => {
    stage = await createFundStage(await testDatabase())
    owner = await stage.customer('+8613700000001', 20_000_00n)
    await stage.goTo('2026-03-03', '10:00')
    valueOf(await stage.subscribe(owner, 20_000_00n))
    await stage.goTo('2026-03-24', '10:00')
    policy = 'today'
    await stage.publish(policy)
  })
  after(() => stage.close())
  const rows = async (table: string) => {
    const [row] = await stage.sql<{ n: bigint }[]>`select count(*) as n from ${stage.sql(table)}`
    return row?.n ?? -1n
  }

  const redeem = async (actor: Actor, amount: bigint, requestId = stage.context.ids.next('req')) =>
    createRedeem(stage.context)(actor, { requestId, amount, speed: 'fast' })

  it('allows the owner on his own device and stores the decision about the order', async () => {
    const answer = valueOf(await stage.redeem(owner, 100_00n))
    assert.equal(answer.decision.outcome, 'allow')
    assert.equal(answer.order.state, 'advanced')
    const rows = await stage.sql<{ id: string; step: string; amount: bigint }[]>`
      select id, step, amount from risk.decision where subject = ${answer.order.id}`
    assert.deepEqual([...rows], [{ id: answer.order.decisionId, step: 'redeem', amount: 100_00n }])
  })

  it('moves nothing when the guard objects, until the owner approves by his own hand', async () => {
    const wallet = `2010:${owner.customerId}`
    const before = await stage.inBooks(wallet)
    const now = await stage.again(owner)
    const thief = remotely(now)
    const answer = valueOf(await redeem(thief, 19_000_00n))
    assert.equal(answer.decision.outcome, 'challenge')
    assert.equal(answer.order.state, 'challenged')
    assert.equal(await stage.inBooks(wallet), before)
    const approve = createApproveRedemption(stage.context)
    const { id: orderId } = answer.order
    assert.equal(codeOf(await approve(thief, { orderId })), 'device_not_trusted')
    assert.equal(codeOf(await approve(elsewhere(now), { orderId })), 'device_not_trusted')
    const other = await stage.customer('+8613700000002', 1_00n)
    assert.equal(codeOf(await approve(other, { orderId })), 'order_not_found')
    const approved = valueOf(await approve(now, { orderId }))
    assert.equal(approved.state, 'advanced')
    assert.equal(await stage.inBooks(wallet), before + 19_000_00n)
    assert.equal(codeOf(await approve(now, { orderId })), 'challenge_not_found')
    await stage.prove()
  })

  it('denies what is worse, and notes the order by which nothing moved', async () => {
    const now = elsewhere(await stage.again(owner))
    const signals = { ...now.signals, remoteControl: true }
    const { available } = await stage.holding(owner)
    const answer = valueOf(await redeem({ ...now, signals }, available))
    assert.equal(answer.decision.outcome, 'deny')
    assert.equal((await orderById(stage.sql, answer.order.id))?.state, 'denied')
    assert.equal((await stage.holding(owner)).available, available)
  })

  it('lets a challenge lapse after a day', async () => {
    const answer = valueOf(await redeem(remotely(await stage.again(owner)), 600_00n))
    assert.equal(answer.order.state, 'challenged')
    stage.clock.set(localInstant('2026-03-25', '10:00'))
    const approve = createApproveRedemption(stage.context)
    const { id: orderId } = answer.order
    const late = await approve(await stage.again(owner), { orderId })
    assert.equal(codeOf(late), 'challenge_expired')
    assert.equal((await orderById(stage.sql, orderId))?.state, 'lapsed')
  })

  it('answers the same request id alike and redeems once', async () => {
    const now = await stage.again(owner)
    const entries = await rows('ledger.entry')
    const all = await Promise.all(
      Array.from({ length: 20 }, () => redeem(now, 1_00n, 'twenty-times')),
    )
    const [first, ...others] = all.map(valueOf)
    for (const other of others) assert.deepEqual(other, first)
    assert.equal(await rows('ledger.entry'), entries + 1n)
    assert.equal(codeOf(await redeem(now, 2_00n, 'twenty-times')), 'id_reused')
  })

  it('lets exactly as many of 50 parallel redemptions through as there are units for', async () => {
    await stage.publish('none')
    const now = await stage.again(owner)
    const { available } = await stage.holding(owner)
    const each = (available - 1n) / 7n
    const answers = await Promise.all(Array.from({ length: 50 }, () => redeem(now, each)))
    assert.equal(answers.filter(({ ok }) => ok).length, 7)
    assert.equal((await stage.holding(owner)).available, available - 7n * each)
    await stage.goTo('2026-03-27', '10:00')
    await stage.prove()
  })

  it('forgets a refusal for want of a session: the same request works later', async () => {
    await stage.goTo('2026-03-27', '11:00')
    const gone = { ...owner, sessionId: 'ses_gone' }
    assert.equal(codeOf(await redeem(gone, 1n, 'signed-out')), 'session_expired')
    assert.equal(valueOf(await redeem(await stage.again(owner), 1n, 'signed-out')).order.amount, 1n)
  })

  it('refuses clearly where no fund manager is configured', async () => {
    const { fundManager: _, ...partners } = stage.context.partners
    const input = { requestId: 'x', amount: 1n, speed: 'fast' } as const
    const refused = await createRedeem({ ...stage.context, partners })(owner, input)
    assert.equal(codeOf(refused), 'partner_not_configured')
  })
})
