import type { Command } from '#commit'
import {
  cancelKeys,
  cancelOrder,
  placeRedemption,
  placeSubscription,
  redemptionKeys,
  subscriptionKeys,
  type FundOrder,
} from '#fund'
import type { Result } from '#kernel'
import { account, accountId, accountKey, accountKeys, balanceOf, openAccount, post } from '#ledger'
import { smaller } from '#money'
import type { Wish } from './plan-orders.ts'

interface PlacedWish extends Omit<Wish, 'kind'> {
  readonly kind: Exclude<Wish['kind'], 'cancel'>
  readonly orderId: string
}

/** Money from the holder's bank, straight into the wallet. */
export const topUp: Command<PlacedWish, boolean> = {
  name: 'replay.top_up',
  reads: (wish) => accountKeys(topUpLegs(wish)),
  apply(state, wish, now) {
    openAccount(state, { code: '2010', owner: wish.customerId }, now)
    return post(state, { kind: 'top_up', ref: wish.orderId, legs: topUpLegs(wish) }, now).ok
  },
}

/** Takes an order back if it still may; answers whether it did. */
export const takeBack: Command<{ order: FundOrder }, boolean> = {
  name: 'replay.take_back',
  reads: ({ order }) => cancelKeys(order),
  apply: (state, { order }, now) => cancelOrder(state, order, now).ok,
}

/** An order as the flows place it, without sign-in and guard; null: there is nothing to redeem. */
export const placeWish: Command<PlacedWish, Result<FundOrder, string> | null> = {
  name: 'replay.place',
  reads: (wish) =>
    wish.kind === 'subscription'
      ? subscriptionKeys(wish)
      : [
          ...redemptionKeys({ ...wish, speed: 'normal' }),
          accountKey(accountId('R201', wish.customerId)),
        ],
  apply(state, { kind, orderId, customerId, amount: most }, now) {
    if (kind === 'subscription') {
      return placeSubscription(state, { orderId, customerId, amount: most }, now)
    }
    const units = state.get(account, accountId('R201', customerId))
    const amount = smaller(most, units === undefined ? 0n : balanceOf(units).available)
    if (amount === 0n) return null
    const speed = kind === 'fast' ? 'fast' : 'normal'
    const wish = { orderId, customerId, amount, speed, decisionId: null } as const
    return placeRedemption(state, wish, now)
  },
}

function topUpLegs({ customerId, amount }: PlacedWish) {
  return [{ debit: '1010', credit: accountId('2010', customerId), amount }]
}
