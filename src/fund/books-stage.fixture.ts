import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { createLane, createMemoryStore, type Command } from '#commit'
import { createManualClock, localInstant } from '#kernel'
import {
  account,
  accountKey,
  accountKeys,
  balanceOf,
  openAccount,
  post,
  singleCodes,
} from '#ledger'
import { cancelKeys, cancelOrder } from './cancel-order.ts'
import { closeDealingDay, collectOrders, deliverOrders } from './close-dealing-day.ts'
import { bookOrders, takeFundAnswer, type OrderStep } from './confirm-orders.ts'
import { dealingDayRecord, unitsRedeemed } from './dealing-day-record.ts'
import { finishConfirmation, finishPayment, receiveRedemptions } from './finish-dealing-day.ts'
import { fundOrder, sentAmount, type FundOrder } from './order-record.ts'
import { placeRedemption, redemptionKeys, type RedemptionSpeed } from './place-redemption.ts'
import { placeSubscription, subscriptionKeys } from './place-subscription.ts'
import { settleFastRedemptions } from './settle-fast-redemptions.ts'

interface TopUp {
  readonly customerId: string
  readonly amount: bigint
}
const topUpLegs = ({ customerId, amount }: TopUp) => [
  { debit: '1010', credit: `2010:${customerId}`, amount },
]
const topUp: Command<TopUp, boolean> = {
  name: 'test.top_up',
  reads: (wish) => [
    ...singleCodes.map((code) => accountKey(code)),
    ...accountKeys(topUpLegs(wish)),
  ],
  apply(state, wish, now) {
    for (const code of singleCodes) openAccount(state, { code }, now)
    openAccount(state, { code: '2010', owner: wish.customerId }, now)
    return post(state, { kind: 'top_up', ref: 'test', legs: topUpLegs(wish) }, now).ok
  },
}

interface Wish extends TopUp {
  readonly orderId: string
}
const subscribe: Command<Wish, string> = {
  name: 'test.subscribe',
  reads: subscriptionKeys,
  apply(state, wish, now) {
    const placed = placeSubscription(state, wish, now)
    return placed.ok ? placed.value.state : placed.error
  },
}
const redeem: Command<Wish & { speed: RedemptionSpeed; toCard: boolean }, string> = {
  name: 'test.redeem',
  reads: redemptionKeys,
  apply(state, wish, now) {
    const placed = placeRedemption(state, { ...wish, decisionId: null }, now)
    return placed.ok ? placed.value.state : placed.error
  },
}
const cancel: Command<FundOrder, string> = {
  name: 'test.cancel',
  reads: cancelKeys,
  apply(state, order, now) {
    const cancelled = cancelOrder(state, order, now)
    return cancelled.ok ? cancelled.value.state : cancelled.error
  },
}

/** The fund's commands on books in memory; orders by name, one customer unless told otherwise. */
export function createBooksStage(date: string, time: string) {
  const store = createMemoryStore()
  const clock = createManualClock(localInstant(date, time))
  const lane = createLane({ store, clock, sleep: (ms) => sleep(ms, undefined) })
  let requests = 0
  async function run<In, Out>(command: Command<In, Out>, input: In): Promise<Out> {
    requests += 1
    const done = await lane.submit(command, { owner: 't', id: `${requests}`, content: 1, input })
    assert.ok(done.status === 'done', done.status)
    return done.output
  }
  const order = (id: string): FundOrder => {
    const found = store.records(fundOrder).get(id)
    assert.ok(found, id)
    return found
  }
  const ordersOf = (day: string) =>
    [...store.records(fundOrder).values()].filter(({ dealingDay }) => dealingDay === day)
  const sumOf = (day: string, kind: FundOrder['kind']) =>
    ordersOf(day)
      .filter(({ state, ...of }) => of.kind === kind && /^(accepted|advanced)$/.test(state))
      .reduce((sum, of) => sum + sentAmount(of), 0n)
  const book = (day: string, step: OrderStep) =>
    run(bookOrders, {
      date: day,
      step,
      orders: ordersOf(day).filter(({ state }) => /^(accepted|advanced|confirmed)$/.test(state)),
    })
  const customerId = 'cus_ada'
  return {
    store,
    run,
    order,
    ordersOf,
    day: (id: string) => store.records(dealingDayRecord).get(id),
    clockAt: (day: string, at: string) => clock.set(localInstant(day, at)),
    setClock: (at: number) => clock.set(at),
    balance(id: string): bigint {
      const found = store.records(account).get(id)
      return found === undefined ? 0n : balanceOf(found).posted
    },
    topUp: (amount: bigint, owner = customerId) => run(topUp, { customerId: owner, amount }),
    subscribe: (orderId: string, amount: bigint, owner = customerId) =>
      run(subscribe, { orderId, customerId: owner, amount }),
    redeem: (orderId: string, amount: bigint, way: RedemptionSpeed | 'card') => {
      const speed = way === 'normal' ? 'normal' : 'fast'
      return run(redeem, { orderId, customerId, amount, speed, toCard: way === 'card' })
    },
    redeemOf: (owner: string, orderId: string, amount: bigint) =>
      run(redeem, { orderId, customerId: owner, amount, speed: 'normal', toCard: false }),
    cancel: (orderId: string) => run(cancel, order(orderId)),
    /** The cut-off as far as the fund has the orders. The clock must stand at it. */
    async send(day: string) {
      await run(closeDealingDay, { date: day })
      const sums = {
        subscriptions: sumOf(day, 'subscription'),
        redemptions: sumOf(day, 'normal_redemption'),
        fast: sumOf(day, 'fast_redemption'),
      }
      await run(collectOrders, { date: day, sums })
      return run(deliverOrders, { date: day })
    },
    /** Everything of a dealing day, from the cut-off to the last payment. */
    async settle(day: string, confirmOn: string) {
      clock.set(localInstant(day, '15:00'))
      await this.send(day)
      clock.set(localInstant(confirmOn, '09:30'))
      return this.confirm(day)
    },
    async confirm(day: string) {
      const sent = store.records(dealingDayRecord).get(day)
      assert.ok(sent)
      const answer = {
        status: 'confirmed',
        unitsIssued: sent.subscriptions - sent.returned,
        proceeds: unitsRedeemed(sent) - sent.refused,
      } as const
      const taken = await run(takeFundAnswer, { date: day, answer })
      if (taken.state === 'paid') return taken
      await book(day, 'confirm')
      await run(settleFastRedemptions, { date: day })
      await book(day, 'settle')
      await run(finishConfirmation, { date: day })
      await run(receiveRedemptions, { date: day })
      if (store.records(dealingDayRecord).get(day)?.state === 'paying') await book(day, 'pay')
      return run(finishPayment, { date: day })
    },
  }
}
