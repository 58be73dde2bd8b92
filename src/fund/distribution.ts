import { fail, invariant, ok, type Result } from '#kernel'

/** Earning units (hundredths) of one holder; `id` is the account id that settles ties. */
export interface EarningHolder {
  readonly id: string
  readonly units: bigint
}

export interface IncomeShare {
  readonly id: string
  /** Fen; negative on a day with a loss. */
  readonly income: bigint
}

/**
 * Shares a day's income (fen) among the holders, in their order, so that the sum is exact: each
 * exact share is cut to the fen toward zero, and the fen left over go one each to the largest
 * fractions, ties by id. The outcome does not depend on the order of the holders.
 * Errors: no_earning_units.
 */
export function distributeIncome(
  dayIncomeFen: bigint,
  holders: readonly EarningHolder[],
): Result<IncomeShare[], 'no_earning_units'> {
  const total = totalUnits(holders)
  if (total === 0n) return fail('no_earning_units')
  // A loss is shared as its mirror image, so that a gain and its reversal cancel for everybody.
  const sign = dayIncomeFen < 0n ? -1n : 1n
  const size = dayIncomeFen * sign
  let left = size
  const cut = holders.map(({ id, units }) => {
    const exact = size * units
    const fen = exact / total
    left -= fen
    return { id, fen, fraction: exact % total }
  })
  // Fewer fen are left than holders with a fraction: the fractions sum to left x total.
  for (const share of cut.toSorted(byFractionThenId).slice(0, Number(left))) share.fen += 1n
  return ok(cut.map(({ id, fen }) => ({ id, income: fen * sign })))
}

function totalUnits(holders: readonly EarningHolder[]): bigint {
  const ids = new Set<string>()
  let total = 0n
  for (const { id, units } of holders) {
    invariant(units >= 0n, `units of ${id} are negative`)
    invariant(!ids.has(id), `holder ${id} is listed twice`)
    ids.add(id)
    total += units
  }
  return total
}

interface CutShare {
  readonly id: string
  readonly fraction: bigint
}

/** Ids compare by code unit, never by locale: every machine must hand out the same fen. */
function byFractionThenId(a: CutShare, b: CutShare): number {
  if (a.fraction !== b.fraction) return a.fraction > b.fraction ? -1 : 1
  return a.id < b.id ? -1 : 1
}
