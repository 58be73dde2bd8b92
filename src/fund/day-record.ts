import { defineRecord, keyOf, type Key } from '#commit'
import type { Instant, LocalDate } from '#kernel'
import type { MilliPercent, Per10k } from './yield.ts'

/**
 * A calendar day's income: `declared` by the fund manager · `crediting` shared out, being credited
 * chunk by chunk · `credited` every holder has it, the sum being the day's income to the fen.
 */
export interface FundDayRecord {
  /** The date. */
  readonly id: LocalDate
  readonly state: 'declared' | 'crediting' | 'credited'
  /** Fen; below zero on a bad day. */
  readonly incomeFen: bigint
  /** Earning units at the end of the day (hundredths) as the manager counts them, then as we do. */
  readonly managerUnits: bigint
  readonly units: bigint | null
  /** Published; null while nobody holds units. */
  readonly per10k: Per10k | null
  /** Published; null until seven days in a row have a figure. */
  readonly yield7d: MilliPercent | null
  readonly holders: number | null
  readonly chunks: number | null
  readonly chunksDone: number
  readonly creditedFen: bigint
  readonly declaredAt: Instant
  readonly creditedAt: Instant | null
}

export const fundDay = defineRecord<FundDayRecord>({
  name: 'fund.day',
  key: 'id',
  fields: {
    id: 'text',
    state: 'text',
    incomeFen: 'bigint',
    managerUnits: 'bigint',
    units: 'bigint',
    per10k: 'bigint',
    yield7d: 'bigint',
    holders: 'integer',
    chunks: 'integer',
    chunksDone: 'integer',
    creditedFen: 'bigint',
    declaredAt: 'instant',
    creditedAt: 'instant',
  },
  constant: ['incomeFen', 'managerUnits', 'declaredAt'],
})

export function fundDayKey(date: LocalDate): Key {
  return keyOf(fundDay, date)
}
