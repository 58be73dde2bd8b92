import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, it } from 'node:test'
import { createLane, createMemoryStore, type Command, type Lane, type MemoryStore } from '#commit'
import { createManualClock, localInstant, type ManualClock } from '#kernel'
import {
  account,
  accountKey,
  accountKeys,
  balanceOf,
  openAccount,
  post,
  singleCodes,
} from '#ledger'
import { closeDealingDay, collectOrders, deliverOrders } from './close-dealing-day.ts'
import { bookOrders, takeFundAnswer, type OrderStep } from './confirm-orders.ts'
import { dealingDayRecord } from './dealing-day-record.ts'
import { finishConfirmation, finishPayment, receiveRedemptions } from './finish-dealing-day.ts'
import { fundOrder, type FundOrder } from './order-record.ts'
import { placeRedemption, redemptionKeys, type RedemptionSpeed } from './place-redemption.ts'
import { placeSubscription, subscriptionKeys } from './place-subscription.ts'
import { settleFastRedemptions } from './settle-fast-redemptions.ts'
import { fundTransfer } from './transfer-record.ts'

const customerId = 'cus_ada'
const legs = [{ debit: '1010', credit: `2010:${customerId}`, amount: 10_000_00n }]
const open: Command<null, boolean> = {
  name: 'test.open',
  reads: () => [...singleCodes.map((code) => accountKey(code)), ...accountKeys(legs)],
  apply(state, _, now) {
    for (const code of singleCodes) openAccount(state, { code }, now)
    openAccount(state, { code: '2010', owner: customerId }, now)
    return post(state, { kind: 'top_up', ref: 'top_1', legs }, now).ok
  },
}
const subscribe: Command<{ orderId: string; amount: bigint }, string> = {
  name: 'test.subscribe',
  reads: (wish) => subscriptionKeys({ ...wish, customerId }),
  apply(state, wish, now) {
    const placed = placeSubscription(state, { ...wish, customerId }, now)
    return placed.ok ? placed.value.state : placed.error
  },
}
const redeem: Command<{ orderId: string; amount: bigint; speed: RedemptionSpeed }, string> = {
  name: 'test.redeem',
  reads: ({ orderId, speed }) => redemptionKeys({ orderId, customerId, speed }),
  apply(state, wish, now) {
    const placed = placeRedemption(state, { ...wish, customerId, decisionId: null }, now)
    return placed.ok ? placed.value.state : placed.error
  },
}

describe('a dealing day in the books alone', () => {
  let store: MemoryStore
  let lane: Lane
  let clock: ManualClock
  let requests = 0
  beforeEach(async () => {
    store = createMemoryStore()
    clock = createManualClock(localInstant('2013-07-01', '10:00'))
    lane = createLane({ store, clock, sleep: (ms) => sleep(ms, undefined) })
    assert.equal(await run(open, null), true)
  })

  async function run<In, Out>(command: Command<In, Out>, input: In): Promise<Out> {
    requests += 1
    const done = await lane.submit(command, { owner: 't', id: `${requests}`, content: 1, input })
    assert.ok(done.status === 'done')
    return done.output
  }
  const balance = (id: string): bigint => {
    const found = store.records(account).get(id)
    return found === undefined ? 0n : balanceOf(found).posted
  }
  const order = (id: string): FundOrder | undefined => store.records(fundOrder).get(id)
  const book = (date: string, step: OrderStep, ids: readonly string[]) =>
    run(bookOrders, {
      date,
      step,
      orders: ids.map((id) => ({ id, customerId, kind: order(id)?.kind ?? 'subscription' })),
    })
  async function send(
    date: string,
    sums: { subscriptions?: bigint; redemptions?: bigint; fast?: bigint },
  ) {
    await run(closeDealingDay, { date })
    await run(collectOrders, {
      date,
      sums: { subscriptions: 0n, redemptions: 0n, fast: 0n, ...sums },
    })
    return run(deliverOrders, { date })
  }
  const confirmed = (unitsIssued: bigint, proceeds: bigint) =>
    ({ status: 'confirmed', unitsIssued, proceeds }) as const
  /** 1,000.00 in the fund by Tuesday. */
  async function invest() {
    assert.equal(await run(subscribe, { orderId: 'ord_1', amount: 1_000_00n }), 'accepted')
    clock.set(localInstant('2013-07-01', '15:00'))
    await send('2013-07-01', { subscriptions: 1_000_00n })
    clock.set(localInstant('2013-07-02', '09:30'))
    await run(takeFundAnswer, { date: '2013-07-01', answer: confirmed(1_000_00n, 0n) })
    assert.deepEqual(await book('2013-07-01', 'confirm', ['ord_1']), { booked: 1 })
    await run(settleFastRedemptions, { date: '2013-07-01' })
    await run(finishConfirmation, { date: '2013-07-01' })
  }

  it('issues units for money that went all the way', async () => {
    await invest()
    assert.equal(balance(`R201:${customerId}`), 1_000_00n)
    assert.equal(balance('F102'), 1_000_00n)
    for (const id of ['1110', '1120', 'F101', `2040:${customerId}`]) assert.equal(balance(id), 0n)
    assert.equal(order('ord_1')?.state, 'confirmed')
    const transfers = [...store.records(fundTransfer).values()]
    assert.deepEqual(
      transfers.map(({ fromAccount, toAccount, amount }) => [fromAccount, toAccount, amount]),
      [
        ['reserve', 'settlement', 1_000_00n],
        ['settlement', 'custodian', 1_000_00n],
      ],
    )
  })

  it('books an order once, however often a step is repeated', async () => {
    await invest()
    await run(finishConfirmation, { date: '2013-07-01' })
    await send('2013-07-01', { subscriptions: 999n })
    assert.equal(balance('R100'), 1_000_00n)
    assert.equal(store.records(dealingDayRecord).get('2013-07-01')?.subscriptions, 1_000_00n)
    await assert.rejects(book('2013-07-01', 'confirm', ['ord_1']), /confirm orders .* while paid/)
  })

  it('gives everything back when the fund rejects a day, and asks again for advances', async () => {
    await invest()
    await run(subscribe, { orderId: 'ord_2', amount: 300_00n })
    await run(redeem, { orderId: 'ord_3', amount: 200_00n, speed: 'normal' })
    await run(redeem, { orderId: 'ord_4', amount: 100_00n, speed: 'fast' })
    const wallet = balance(`2010:${customerId}`)
    clock.set(localInstant('2013-07-02', '15:00'))
    const sums = { subscriptions: 300_00n, redemptions: 200_00n, fast: 100_00n }
    await send('2013-07-02', sums)
    clock.set(localInstant('2013-07-03', '09:30'))
    const answer = { status: 'rejected', unitsIssued: 0n, proceeds: 0n } as const
    await run(takeFundAnswer, { date: '2013-07-02', answer })
    assert.deepEqual(await book('2013-07-02', 'reject', ['ord_2', 'ord_3', 'ord_4']), { booked: 3 })
    assert.equal((await run(finishConfirmation, { date: '2013-07-02' })).state, 'rejected')
    assert.equal(balance(`2010:${customerId}`), wallet + 300_00n)
    assert.equal(balance(`R201:${customerId}`), 900_00n)
    for (const id of ['1110', '1120', `R203:${customerId}`]) assert.equal(balance(id), 0n)
    assert.equal(balance('R204'), balance('2110'))
    assert.equal(order('ord_2')?.state, 'rejected')
    const waiting = order('ord_4')
    assert.deepEqual(
      [waiting?.state, waiting?.dealingDay, waiting?.confirmationDay],
      ['advanced', '2013-07-03', '2013-07-04'],
    )
  })

  it('repays advances and pays redemptions out of what the fund sells', async () => {
    await invest()
    await run(redeem, { orderId: 'ord_3', amount: 200_00n, speed: 'normal' })
    await run(redeem, { orderId: 'ord_4', amount: 100_00n, speed: 'fast' })
    const wallet = balance(`2010:${customerId}`)
    clock.set(localInstant('2013-07-02', '15:00'))
    await send('2013-07-02', { redemptions: 200_00n, fast: 100_00n })
    clock.set(localInstant('2013-07-03', '09:30'))
    const date = '2013-07-02'
    await run(takeFundAnswer, { date, answer: confirmed(0n, 300_00n) })
    await book(date, 'confirm', ['ord_3', 'ord_4'])
    await run(settleFastRedemptions, { date })
    await book(date, 'settle', ['ord_4'])
    await run(finishConfirmation, { date })
    assert.equal(balance('R204'), 0n)
    assert.equal(balance('2110'), 0n)
    assert.equal(balance(`2050:${customerId}`), 200_00n)
    await run(receiveRedemptions, { date })
    await book(date, 'pay', ['ord_3'])
    assert.equal((await run(finishPayment, { date })).state, 'paid')
    assert.equal(balance(`2010:${customerId}`), wallet + 200_00n)
    for (const id of ['1110', '1210', 'F101', 'F201', `2050:${customerId}`]) {
      assert.equal(balance(id), 0n, id)
    }
    assert.deepEqual([order('ord_3')?.state, order('ord_4')?.state], ['paid', 'settled'])
  })

  it('refuses to book an answer in part: that would leave somebody without units', async () => {
    await run(subscribe, { orderId: 'ord_1', amount: 1_000_00n })
    clock.set(localInstant('2013-07-01', '15:00'))
    await send('2013-07-01', { subscriptions: 1_000_00n })
    const answer = confirmed(999_00n, 0n)
    await assert.rejects(run(takeFundAnswer, { date: '2013-07-01', answer }), /units issued/)
    assert.equal(store.records(dealingDayRecord).get('2013-07-01')?.state, 'submitted')
  })

  it('takes no order past the calendar and closes no day before its cut-off', async () => {
    await assert.rejects(run(closeDealingDay, { date: '2013-07-01' }), /is over/)
    clock.set(localInstant('2026-12-31', '16:00'))
    const order = { orderId: 'ord_9', amount: 1_00n }
    assert.equal(await run(subscribe, order), 'calendar_horizon')
  })
})
