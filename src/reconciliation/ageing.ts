import { daysBetween, type LocalDate } from '#kernel'
import { size } from './match-by-reference.ts'
import type { Break } from './side.ts'

/** Breaks by how long they have been there. */
export interface AgeBand {
  /** Days, both included; null: no end. */
  readonly fromDays: number
  readonly toDays: number | null
  readonly breaks: number
  /** Fen, each difference without its sign. */
  readonly amount: bigint
}

const bands = [
  [0, 1],
  [2, 7],
  [8, 30],
  [31, null],
] as const

/** Whole days since the earliest of its lines and postings; 0 when that lies ahead. */
export function ageDays(found: Pick<Break, 'since'>, asOf: LocalDate): number {
  return Math.max(0, daysBetween(found.since, asOf))
}

/** All bands, also those without breaks. */
export function ageing(breaks: readonly Break[], asOf: LocalDate): AgeBand[] {
  return bands.map(([fromDays, toDays]) => {
    const inside = breaks.filter((each) => {
      const age = ageDays(each, asOf)
      return age >= fromDays && (toDays === null || age <= toDays)
    })
    const amount = inside.reduce((sum, { difference }) => sum + size(difference), 0n)
    return { fromDays, toDays, breaks: inside.length, amount }
  })
}
