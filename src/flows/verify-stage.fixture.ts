import assert from 'node:assert/strict'
import type { Database, Sql } from '#database'
import { day } from '#kernel'
import { waitingTopUps } from '#wallet'
import type { Actor } from './context.ts'
import { valueOf } from './fund-stage.fixture.ts'
import { ben, createGuaranteeStage, maria } from './guarantee-stage.fixture.ts'
import { createLinkBankAccount } from './link-bank-account.ts'
import { createPay } from './pay.ts'
import { createTopUp } from './top-up.ts'
import { verifySnapshot, type Verification } from './verify.ts'
import { createWithdraw } from './withdraw.ts'

/**
 * Some weeks of every kind of movement: money in and out, the fund's days, a theft made whole; at
 * the end something of everything is still under way.
 */
export async function createVerifyStage(given: Parameters<typeof createGuaranteeStage>[0]) {
  const stage = await createGuaranteeStage(given)
  const { context, simulators } = stage
  const anna = await stage.customer('+8613800000001', 12_000_00n)
  const bob = await stage.customer('+8613800000002', 1_00n)
  const carl = await stage.customer('+8613800000003', 5_000_00n)
  valueOf(await stage.subscribe(anna, 10_000_00n))
  await stage.goTo('2026-03-03', '09:31')
  const { account, topUp, withdraw } = await bankOf(stage, carl)
  await stage.goTo('2026-03-05', '10:00')
  await topUp(300_00n)
  await withdraw(100_00n)
  valueOf(await stage.redeem(anna, 8_000_00n))
  const stolen = await stage.pay(anna, bob, 2_000_00n)
  await stage.pay(bob, carl, 500_00n)
  await robbed(stage, { anna, paymentIds: [stolen.id] })
  // What is under way when verify looks: an order of each kind, a held payment, a silent bank.
  await stage.goTo('2026-03-20', '10:05')
  const carlNow = await stage.again(carl)
  const source = { payee: bob.customerId, memo: null, source: 'fund' } as const
  valueOf(await stage.subscribe(carl, 2_000_00n))
  await stage.goTo('2026-03-24', '11:00')
  valueOf(await stage.redeem(carl, 300_00n, 'normal'))
  valueOf(await stage.subscribe(carl, 200_00n))
  const fromFund = { ...source, requestId: 'req_fund', amount: 40_00n }
  valueOf(await createPay(context)(await stage.again(carl), fromFund))
  await stage.holdAll(true)
  const held = await stage.pay(carlNow, bob, 10_00n)
  assert.equal(held.state, 'held')
  await stage.holdAll(false)
  await simulators.setFault('bank', 'timeout')
  await topUp(20_00n)
  assert.equal((await waitingTopUps(stage.sql)).length, 1)
  await simulators.setFault('bank', null)
  return { ...stage, anna, bob, carl, account, topUp, withdraw, held, stolen }
}

export type VerifyStage = Awaited<ReturnType<typeof createVerifyStage>>

type Stage = Awaited<ReturnType<typeof createGuaranteeStage>>

/** A linked bank account past its cool-off, and money both ways through it. */
async function bankOf(stage: Stage, actor: Actor) {
  const { context } = stage
  const signedIn = () => stage.again(actor)
  const { account } = valueOf(
    await createLinkBankAccount(context)(await signedIn(), {
      requestId: 'req_link',
      bankName: 'Bank of the Test',
      accountNumber: '6222000099887766',
    }),
  )
  assert.ok(account !== null)
  stage.clock.advance(day)
  const bankAccountId = account.id
  const wish = (amount: bigint) => ({ requestId: context.ids.next('req'), bankAccountId, amount })
  return {
    account,
    topUp: async (amount: bigint) => createTopUp(context)(await signedIn(), wish(amount)),
    withdraw: async (amount: bigint) => createWithdraw(context)(await signedIn(), wish(amount)),
  }
}

async function robbed(
  stage: Stage,
  { anna, paymentIds }: { anna: Actor; paymentIds: readonly string[] },
): Promise<void> {
  stage.clock.advance(60_000)
  const { claimId } = valueOf(await stage.report(anna, paymentIds))
  await stage.advanceClaims()
  const id = claimId ?? ''
  valueOf(await stage.judge(maria, id))
  valueOf(await stage.judge(ben, id))
  await stage.advanceClaims()
  for (const date of ['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12']) {
    await stage.goTo(date, '10:01')
    await stage.advanceClaims()
  }
  assert.equal((await stage.claim(claimId)).state, 'closed')
}

/** What verify says when something is changed by hand, behind the program's back; undone after. */
export async function verifyWith(
  database: Database,
  plant: (owner: Sql) => Promise<unknown>,
): Promise<Verification> {
  const owner = database.connect('owner', { max: 1 })
  const undo = new Error('undo')
  let found: Verification | undefined
  try {
    await owner.begin(async (tx) => {
      const sql = tx as unknown as Sql
      await plant(sql)
      found = await verifySnapshot(sql)
      throw undo
    })
  } catch (error) {
    if (error !== undo) throw error
  } finally {
    await owner.end()
  }
  assert.ok(found !== undefined)
  return found
}
