import { distributeIncome, type EarningHolder } from './distribution.ts'
import { advanceBank } from './advance-bank.ts'
import type { HolderIncome } from './credit-income.ts'
import { invariant } from '#kernel'

/** Units of one register account at the end of a day (hundredths). */
export interface RegisterUnits {
  readonly code: string
  /** The customer; null for the bank's accounts. */
  readonly owner: string | null
  readonly units: bigint
}

/**
 * What changed for a holder in the books only after the day, though it counts for it: orders of
 * an earlier confirmation and income of an earlier day that were booked late (after an outage).
 */
export interface LateUnits {
  readonly customerId: string
  readonly units: bigint
}

/** One holder's earning units of a day. */
export interface HolderUnits {
  readonly customerId: string
  /** All that earn: available, held, with redemption pending. */
  readonly units: bigint
  /** Those that carry a loss: all but what the fund has been asked for, and the bank's. */
  readonly lossUnits: bigint
}

/**
 * Adds up each holder's accounts, ordered by customer; holders without units are left out.
 * `leaving`: units of redemptions that the fund has been asked for and has not confirmed.
 */
export function holderUnits(
  register: readonly RegisterUnits[],
  late: readonly LateUnits[],
  leaving: readonly LateUnits[] = [],
): HolderUnits[] {
  const sums = new Map<string, { units: bigint; lossUnits: bigint }>()
  const add = (customerId: string, units: bigint, lossUnits: bigint) => {
    const sum = sums.get(customerId) ?? { units: 0n, lossUnits: 0n }
    sums.set(customerId, { units: sum.units + units, lossUnits: sum.lossUnits + lossUnits })
  }
  for (const { owner, units } of register) {
    add(owner ?? advanceBank, units, owner === null ? 0n : units)
  }
  for (const { customerId, units } of late) {
    add(customerId, units, customerId === advanceBank ? 0n : units)
  }
  for (const { customerId, units } of leaving) add(customerId, 0n, -units)
  return [...sums]
    .map(([customerId, sum]) => ({ customerId, ...sum }))
    .filter(({ customerId, units }) => {
      invariant(units >= 0n, `earning units of ${customerId} are negative`)
      return units > 0n
    })
    .toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1))
}

/**
 * A day's income shared out to the fen, holders without a fen left out. Gains go to every earning
 * unit. A loss is carried by the units that stay: what the fund has been asked for is promised at
 * one yuan each. A redemption counted for a later dealing day is not: the fund does not know of
 * it. Errors: no_earning_units.
 */
export function sharesOf(incomeFen: bigint, holders: readonly HolderUnits[]) {
  const gain = incomeFen >= 0n
  const earning: EarningHolder[] = holders
    .map(({ customerId, units, lossUnits }) => ({
      id: tieId(customerId),
      units: gain ? units : lossUnits,
    }))
    .filter(({ units }) => units > 0n)
  const shared = distributeIncome(incomeFen, earning)
  if (!shared.ok) return shared
  const amounts = new Map(shared.value.map(({ id, income }) => [id, income]))
  const value: HolderIncome[] = holders
    .map(({ customerId, units }) => ({
      customerId,
      units,
      amount: amounts.get(tieId(customerId)) ?? 0n,
    }))
    .filter(({ amount }) => amount !== 0n)
  return { ok: true as const, value }
}

/** Ties are settled by account id. */
function tieId(customerId: string): string {
  return customerId === advanceBank ? 'R205' : `R201:${customerId}`
}
