import { defineRecord, keyOf, type Key, type View } from '#commit'
import type { Instant, LocalDate } from '#kernel'
import { divideHalfUp } from '#money'

/** The insurer's contract: what it carries, for whom, at what price. All active accounts. */
export interface Cover {
  /** The id under which the insurer bound it. */
  id: string
  insurer: string
  startsOn: LocalDate
  endsOn: LocalDate
  perEventLimit: bigint
  aggregateLimit: bigint
  deductible: bigint
  /** Fen for one million account-months. */
  premiumPerMillion: bigint
  boundAt: Instant
}

export const cover = defineRecord<Cover>({
  name: 'guarantee.cover',
  key: 'id',
  fields: {
    id: 'text',
    insurer: 'text',
    startsOn: 'text',
    endsOn: 'text',
    perEventLimit: 'bigint',
    aggregateLimit: 'bigint',
    deductible: 'bigint',
    premiumPerMillion: 'bigint',
    boundAt: 'instant',
  },
})

export function coverKey(id: string): Key {
  return keyOf(cover, id)
}

/** 0.40 yuan an account and year, as twelfths, for a million accounts. */
export const defaultPremiumPerMillion = divideHalfUp(40n * 1_000_000n, 12n)

export function bindCover(state: View, terms: Omit<Cover, 'boundAt'>, now: Instant): Cover {
  const present = state.get(cover, terms.id)
  if (present !== undefined) return present
  const bound: Cover = { ...terms, boundAt: now }
  state.put(cover, bound)
  return bound
}
