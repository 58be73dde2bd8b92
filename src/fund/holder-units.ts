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
  /** Those that carry a loss: all but units already on their way out, and the bank's. */
  readonly lossUnits: bigint
}

/** Adds up each holder's accounts, ordered by customer; holders without units are left out. */
export function holderUnits(
  register: readonly RegisterUnits[],
  late: readonly LateUnits[],
): HolderUnits[] {
  const sums = new Map<string, { units: bigint; lossUnits: bigint }>()
  const add = (customerId: string, units: bigint, lossUnits: bigint) => {
    const sum = sums.get(customerId) ?? { units: 0n, lossUnits: 0n }
    sums.set(customerId, { units: sum.units + units, lossUnits: sum.lossUnits + lossUnits })
  }
  for (const { code, owner, units } of register) {
    const carries = owner !== null && code !== 'R203'
    add(owner ?? advanceBank, units, carries ? units : 0n)
  }
  for (const { customerId, units } of late) {
    add(customerId, units, customerId === advanceBank ? 0n : units)
  }
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
 * unit. A loss is carried by the units that stay: those on their way out are already promised to
 * the customer and the bank at one yuan each. Errors: no_earning_units.
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
