import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { openReviews, queueFigures, reviewById, reviewFigures, reviewIdOf } from '#cases'
import { reportById, theftFigures, verifyEndings, verifyWholeness } from '#guarantee'
import { day, hour } from '#kernel'
import { labelsOf } from '#risk'
import { paymentById } from '#wallet'
import { testDatabase } from '#test-support'
import type { Actor } from './context.ts'
import { createExpirePayments } from './expire-payments.ts'
import { createPayPremium } from './pay-premium.ts'
import { codeOf } from './identity-stage.fixture.ts'
import { valueOf } from './fund-stage.fixture.ts'
import {
  ana,
  ben,
  createGuaranteeStage,
  maria,
  type GuaranteeStage,
} from './guarantee-stage.fixture.ts'

let stage: GuaranteeStage
let phones = 0

const person = (amount: bigint) => stage.customer(`+86139000000${10 + (phones += 1)}`, amount)

before(async () => {
  stage = await createGuaranteeStage(await testDatabase())
})
after(() => stage.close())

/** A customer, robbed of `amount` in one payment that the thief's mule has not touched or spent. */
async function robbed(
  amount: bigint,
  spent: bigint,
): Promise<{ victim: Actor; paymentId: string }> {
  const victim = await person(amount)
  const mule = await person(1n)
  const shop = await person(1n)
  const { id: paymentId } = await stage.pay(victim, mule, amount)
  if (spent > 0n) {
    stage.clock.advance(7 * hour)
    await stage.pay(mule, shop, spent)
  }
  return { victim, paymentId }
}

/** Reported, assessed, approved by two, paid, closed. */
async function claimedThrough(victim: Actor, paymentId: string): Promise<string> {
  const { claimId } = valueOf(await stage.report(victim, [paymentId]))
  assert.ok(claimId !== null)
  await stage.advanceClaims()
  valueOf(await stage.judge(maria, claimId))
  valueOf(await stage.judge(ben, claimId))
  await stage.advanceClaims()
  return claimId
}

describe('a review', () => {
  let held: { id: string }
  let payer: Actor
  let payee: Actor
  before(async () => {
    payer = await person(1_000_00n)
    payee = await person(1n)
  })

  async function holdOne(amount: bigint) {
    await stage.holdAll(true)
    held = await stage.pay(payer, payee, amount)
    await stage.holdAll(false)
    return held
  }

  it('is decided by one of two analysts who decide at once, and the other is told', async () => {
    const { id } = await holdOne(100_00n)
    const before = await stage.inBooks(`2010:${payer.customerId}`)
    const answers = await Promise.all([
      stage.review(ana, reviewIdOf(id), 'release'),
      stage.review(ben, reviewIdOf(id), 'void'),
    ])
    const done = answers.filter(({ ok }) => ok)
    assert.equal(done.length, 1)
    const lost = answers.find(({ ok }) => !ok)
    assert.deepEqual(lost, {
      ok: false,
      error: { code: 'review_ended', detail: 'review_released' },
    })
    assert.equal((await paymentById(stage.sql, id))?.state, 'posted')
    assert.equal(await stage.inBooks(`2010:${payer.customerId}`), before - 100_00n)
    assert.equal((await labelsOf(stage.sql, id)).length, 1)
  })

  it('is refused to who is no analyst', async () => {
    const { id } = await holdOne(10_00n)
    assert.equal(codeOf(await stage.review(maria, reviewIdOf(id), 'void')), 'role_forbidden')
    assert.equal(codeOf(await stage.review(ana, 'rev_nothing', 'void')), 'review_not_found')
    assert.equal(valueOf(await stage.review(ana, reviewIdOf(id), 'void')).paymentState, 'voided')
  })

  it('is not released for a frozen customer', async () => {
    const { id } = await holdOne(11_00n)
    await stage.setStatus(payer, 'frozen')
    assert.equal(codeOf(await stage.review(ana, reviewIdOf(id), 'release')), 'customer_frozen')
    await stage.setStatus(payer, 'active')
    assert.equal(valueOf(await stage.review(ana, reviewIdOf(id), 'release')).paymentState, 'posted')
  })

  it('counts as expired from its deadline, and its money goes back', async () => {
    const { id } = await holdOne(12_00n)
    const queue = await queueFigures(stage.sql, stage.context.now())
    assert.deepEqual([queue.size, queue.value], [1, 12_00n])
    stage.clock.advance(day)
    const late = await stage.review(ana, reviewIdOf(id), 'release')
    assert.equal(late.ok ? '' : late.error.detail, 'review_expired')
    assert.equal(await createExpirePayments(stage.context)(), 1)
    assert.equal((await reviewById(stage.sql, reviewIdOf(id)))?.state, 'expired')
    assert.equal((await paymentById(stage.sql, id))?.state, 'voided')
    assert.equal((await queueFigures(stage.sql, stage.context.now())).size, 0)
  })

  it('ends as voided when the payer reports it, and the analyst comes too late', async () => {
    const { id } = await holdOne(13_00n)
    const [reported, decided] = await Promise.all([
      stage.report(payer, [id]),
      stage
        .review(ana, reviewIdOf(id), 'release')
        .then(async (first) => (first.ok ? first : stage.review(ana, reviewIdOf(id), 'release'))),
    ])
    const report = valueOf(reported)
    const state = (await paymentById(stage.sql, id))?.state
    // Whoever was first: the money is with the payer again, and exactly one of the two ended it.
    assert.equal(state, decided.ok ? 'recalled' : 'voided')
    assert.equal(report.payments[0]?.found, decided.ok ? 'left' : 'on_hold')
  })

  it('is queued by value, score and the time that is left', async () => {
    const other = await person(1_000_00n)
    await stage.holdAll(true)
    const small = await stage.pay(other, payee, 1_00n)
    const large = await stage.pay(other, payee, 500_00n)
    await stage.holdAll(false)
    const queue = await openReviews(stage.sql, stage.context.now())
    assert.deepEqual(
      queue.map(({ paymentId }) => paymentId),
      [large.id, small.id],
    )
    for (const { id } of queue) valueOf(await stage.review(ana, id, 'void'))
    const figures = await reviewFigures(stage.sql, 0)
    assert.ok(figures.stoppedAsTheft >= 501_00n)
    assert.ok(figures.falseHolds >= 1)
  })
})

describe('a report', () => {
  it('is refused for payments of others, twice, or too late', async () => {
    const { victim, paymentId } = await robbed(50_00n, 0n)
    const stranger = await person(1n)
    assert.equal(codeOf(await stage.report(stranger, [paymentId])), 'payment_not_found')
    assert.equal(codeOf(await stage.report(victim, [])), 'request_malformed')
    stage.clock.advance(31 * day)
    assert.equal(codeOf(await stage.report(victim, [paymentId])), 'report_late')
  })

  it('opens no claim when everything came to nothing', async () => {
    const victim = await person(20_00n)
    const mule = await person(1n)
    await stage.holdAll(true)
    const { id } = await stage.pay(victim, mule, 20_00n)
    await stage.holdAll(false)
    const answer = valueOf(await stage.report(victim, [id]))
    assert.deepEqual([answer.claimId, answer.lost, answer.stopped], [null, 0n, 20_00n])
    assert.equal((await reportById(stage.sql, answer.reportId))?.claimId, null)
    assert.equal(await stage.inBooks(`2010:${victim.customerId}`), 20_00n)
  })

  it('gets back no more than was paid, also from a payee who has more', async () => {
    const { victim, paymentId } = await robbed(30_00n, 0n)
    const answer = valueOf(await stage.report(victim, [paymentId]))
    assert.equal(answer.recovered, 30_00n)
    const claim = await stage.claim(answer.claimId)
    assert.equal(claim.reserve, 0n)
  })

  it('is one report when sent twenty times at once', async () => {
    const { victim, paymentId } = await robbed(31_00n, 0n)
    const actor = await stage.again(victim)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => stage.report(actor, [paymentId], 'req_twenty')),
    )
    const ids = new Set(answers.map((answer) => valueOf(answer).reportId))
    assert.equal(ids.size, 1)
    assert.equal(await stage.inBooks(`2010:${victim.customerId}`), 31_00n)
  })
})

describe('a claim', () => {
  it('is paid in full by us where the insurer pays half', async () => {
    // The simulated insurer approves half of 888.88.
    const { victim, paymentId } = await robbed(888_88n, 888_89n)
    const claimId = await claimedThrough(victim, paymentId)
    const claim = await stage.claim(claimId)
    assert.equal(claim.state, 'closed')
    assert.deepEqual([claim.paidByInsurer, claim.paidByOperator], [444_44n, 444_44n])
    assert.equal(await stage.inBooks('5030'), 444_44n)
    assert.equal(await stage.inBooks('1310'), 0n)
    assert.equal(await stage.inBooks(`2010:${victim.customerId}`), 888_88n)
    const bank = await stage.simulators.bank.balance('reserve')
    assert.equal(bank.ok && bank.value, await stage.inBooks('1010'))
  })

  it('waits for an insurer who has not decided, and breaks its promise in the open', async () => {
    const { victim, paymentId } = await robbed(777_77n, 777_78n)
    const claimId = await claimedThrough(victim, paymentId)
    assert.equal((await stage.claim(claimId)).state, 'second_approval')
    assert.equal(await stage.inBooks(`2010:${victim.customerId}`), 0n)
    stage.clock.advance(5 * day)
    assert.ok((await stage.advanceClaims()).breached >= 1)
    assert.equal((await stage.advanceClaims()).breached, 0)
    const { clocks } = await stage.claim(claimId)
    assert.equal(clocks.find(({ kind }) => kind === 'payment')?.breached, true)
  })

  it('goes back to the desk when the second person disagrees', async () => {
    const { victim, paymentId } = await robbed(60_00n, 60_01n)
    const { claimId } = valueOf(await stage.report(victim, [paymentId]))
    await stage.advanceClaims()
    valueOf(await stage.judge(maria, claimId ?? '', 'decline'))
    assert.equal(valueOf(await stage.judge(ben, claimId ?? '', 'approve')).outcome, 'sent_back')
    assert.equal((await stage.claim(claimId)).state, 'investigating')
    // Now the second was first, and the first may be second.
    valueOf(await stage.judge(ben, claimId ?? '', 'decline'))
    assert.equal(valueOf(await stage.judge(maria, claimId ?? '', 'decline')).outcome, 'declined')
    const claim = await stage.claim(claimId)
    assert.deepEqual([claim.state, claim.reserve, claim.paidByInsurer], ['declined', 0n, 0n])
    await stage.proveWhole()
  })

  it('has one first and one second approver also when both are at once', async () => {
    const { victim, paymentId } = await robbed(61_00n, 61_01n)
    const { claimId } = valueOf(await stage.report(victim, [paymentId]))
    await stage.advanceClaims()
    const answers = await Promise.all([
      stage.judge(maria, claimId ?? ''),
      stage.judge(ben, claimId ?? ''),
      stage.judge(maria, claimId ?? ''),
    ])
    const outcomes = answers.map((answer) => (answer.ok ? answer.value.outcome : answer.error.code))
    // In whatever order they arrived: one decided, the other accepted, nobody counted twice.
    assert.equal(outcomes.filter((outcome) => outcome === 'decided').length, 1)
    assert.equal(outcomes.filter((outcome) => outcome === 'accepted').length, 1)
    const claim = await stage.claim(claimId)
    assert.deepEqual(new Set([claim.maker, claim.checker]), new Set(['opr_ben', 'opr_maria']))
  })

  it('restores the income also of money that was stopped', async () => {
    const victim = await person(500_00n)
    const mule = await person(1n)
    const today = '2026-05-18'
    await stage.goTo(today, '09:40')
    valueOf(await stage.subscribe(victim, 500_00n))
    await stage.goTo('2026-05-20', '09:31')
    valueOf(await stage.redeem(victim, 400_00n))
    await stage.holdAll(true)
    const { id } = await stage.pay(victim, mule, 300_00n)
    await stage.holdAll(false)
    const { claimId } = valueOf(await stage.report(victim, [id]))
    await stage.advanceClaims()
    valueOf(await stage.judge(maria, claimId ?? ''))
    valueOf(await stage.judge(ben, claimId ?? ''))
    await stage.advanceClaims()
    const paid = await stage.claim(claimId)
    // Of 400 redeemed only the 300 disputed count.
    assert.deepEqual([paid.state, paid.rebought, paid.principalPaid], ['paid', 300_00n, 0n])
    await stage.simulators.fundManager.planDay('2026-05-20', { income: 20_00n })
    await stage.goTo('2026-05-21', '09:31')
    await stage.advanceClaims()
    const closed = await stage.claim(claimId)
    assert.equal(closed.state, 'closed')
    assert.ok(closed.incomePaid > 0n)
    assert.equal(closed.paidByInsurer, closed.incomePaid)
  })

  it('shows in the figures, whole and provable', async () => {
    const figures = await theftFigures(stage.sql, 0)
    assert.equal(figures.attempted, figures.intercepted + figures.lost)
    assert.ok(figures.madeWhole > 0n && figures.claimsOpen >= 1 && figures.claimsBreached >= 1)
    assert.ok((await stage.proveWhole()) > 10)
    await stage.prove()
  })

  it('is found when a recall or a claim is tampered with', async () => {
    const [recall] = await stage.sql<{ id: string }[]>`
      select id from guarantee.recall where secured > 0 limit 1`
    await stage.sql`update guarantee.recall set state = 'ended' where id = ${recall?.id ?? ''}`
    assert.deepEqual((await verifyEndings(stage.sql)).broken, [recall?.id])
    const [claim] = await stage.sql<{ id: string }[]>`select id from guarantee.claim
      where state = 'second_approval' limit 1`
    await stage.sql`update guarantee.claim set principal_lost = principal_lost + 1, recovered = 1
      where id = ${claim?.id ?? ''}`
    assert.deepEqual((await verifyWholeness(stage.sql)).broken, [claim?.id])
  })
})

describe('the premium', () => {
  it('is owed and paid once a month, the bank agreeing', async () => {
    const payPremium = createPayPremium(stage.context)
    assert.equal(valueOf(await payPremium('2026-12')), null)
    const paid = valueOf(await payPremium('2026-03'))
    assert.equal(paid?.state, 'paid')
    // 0.40 yuan a year an account: 3.33 fen a month each.
    assert.equal(paid?.amount, ((paid?.accounts ?? 0n) * 3_333_333n + 500_000n) / 1_000_000n)
    assert.equal(valueOf(await payPremium('2026-03')), null)
    assert.equal(await stage.inBooks('5010'), paid?.amount)
    assert.equal(await stage.inBooks('2140'), 0n)
    const bank = await stage.simulators.bank.balance('operator')
    assert.equal(bank.ok && bank.value, await stage.inBooks('1410'))
    const totals = await stage.simulators.insurer.totals()
    assert.equal(totals.ok && totals.value.premium, paid?.amount)
  })
})
