import { defineRecord, keyOf, type Key, type View } from '#commit'
import type { LocalDate } from '#kernel'

/** What a customer has subscribed on one local day: the daily cap is held against it. */
export interface FundHolder {
  /** The customer's id. */
  readonly id: string
  readonly subscriptionDate: LocalDate
  /** Fen. */
  readonly subscribedOnDate: bigint
}

export const fundHolder = defineRecord<FundHolder>({
  name: 'fund.holder',
  key: 'id',
  fields: { id: 'text', subscriptionDate: 'text', subscribedOnDate: 'bigint' },
})

export function fundHolderKey(customerId: string): Key {
  return keyOf(fundHolder, customerId)
}

/** Fen subscribed on a local day so far. */
export function subscribedOn(state: View, customerId: string, date: LocalDate): bigint {
  const present = state.get(fundHolder, customerId)
  return present?.subscriptionDate === date ? present.subscribedOnDate : 0n
}
