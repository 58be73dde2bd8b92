import { defineRecord, keyOf, type Key, type View } from '#commit'
import type { LocalDate } from '#kernel'

/** What a customer has subscribed, and redeemed fast, on one local day: for the daily caps. */
export interface FundHolder {
  /** The customer's id. */
  readonly id: string
  readonly subscriptionDate: LocalDate
  /** Fen. */
  readonly subscribedOnDate: bigint
  /** Fen redeemed fast to a card on `fastDate`. */
  readonly fastDate: LocalDate
  readonly fastOnDate: bigint
  /** Fen redeemed normally on `redeemDate`. */
  readonly redeemDate: LocalDate
  readonly redeemedOnDate: bigint
}

export const fundHolder = defineRecord<FundHolder>({
  name: 'fund.holder',
  key: 'id',
  fields: {
    id: 'text',
    subscriptionDate: 'text',
    subscribedOnDate: 'bigint',
    fastDate: 'text',
    fastOnDate: 'bigint',
    redeemDate: 'text',
    redeemedOnDate: 'bigint',
  },
})

export function fundHolderKey(customerId: string): Key {
  return keyOf(fundHolder, customerId)
}

const unused = {
  subscriptionDate: '',
  subscribedOnDate: 0n,
  fastDate: '',
  fastOnDate: 0n,
  redeemDate: '',
  redeemedOnDate: 0n,
} as const

/** A customer without any order yet has used nothing of any cap. */
export function holderIn(state: View, customerId: string): FundHolder {
  return state.get(fundHolder, customerId) ?? { id: customerId, ...unused }
}

/** Fen redeemed fast to a card on a local day so far. */
export function fastRedeemedOn(state: View, customerId: string, date: LocalDate): bigint {
  const { fastDate, fastOnDate } = holderIn(state, customerId)
  return fastDate === date ? fastOnDate : 0n
}

/** Fen redeemed normally on a local day so far. */
export function redeemedOn(state: View, customerId: string, date: LocalDate): bigint {
  const { redeemDate, redeemedOnDate } = holderIn(state, customerId)
  return redeemDate === date ? redeemedOnDate : 0n
}

/** Fen subscribed on a local day so far. */
export function subscribedOn(state: View, customerId: string, date: LocalDate): bigint {
  const present = state.get(fundHolder, customerId)
  return present?.subscriptionDate === date ? present.subscribedOnDate : 0n
}
