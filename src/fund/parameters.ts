import { hour, type LocalDate } from '#kernel'

/** The fund's product rules as they stood on one local day. Amounts in fen, times in ms. */
export interface FundParameters {
  /** Most a person may hold; holdings above a later, lower cap are kept. */
  readonly holdingCapFen: bigint
  /** Most a person may subscribe in one day; null while there is no such cap. */
  readonly dailySubscriptionCapFen: bigint | null
  /**
   * Most a person may redeem fast to a bank card in one day. Paying from the fund and moving to
   * the wallet are not under this cap.
   */
  readonly fastRedemptionToCardCapFen: bigint
  /** Most the whole fund takes in subscriptions of one local day; null while there is no quota. */
  readonly dailyQuotaFen: bigint | null
  /** While there is a quota, subscriptions begin at this local time. Since midnight. */
  readonly quotaOpensMs: number
  /**
   * Net redemptions of a dealing day above so many thousandths of all units may be deferred to the
   * next one; null while there is no such gate.
   */
  readonly gatePerMille: number | null
  /** Standing orders are carried out at this local time, every day. Since midnight. */
  readonly standingOrdersMs: number
  /** Orders at or after this local time count for the next dealing day. Since midnight. */
  readonly cutOffMs: number
  readonly smallestOrderFen: bigint
}

/** A change of the product's rules, in force from the start of a local day. */
export interface ParameterChange {
  readonly from: LocalDate
  readonly set: Partial<FundParameters>
}

/** The hour of standing orders has never changed: an hour before the cut-off. */
export const standingOrdersMs = 14 * hour

const launch: FundParameters = {
  holdingCapFen: 1_000_000_00n,
  dailySubscriptionCapFen: null,
  fastRedemptionToCardCapFen: 50_000_00n,
  dailyQuotaFen: null,
  quotaOpensMs: 9 * hour,
  gatePerMille: null,
  standingOrdersMs,
  cutOffMs: 15 * hour,
  smallestOrderFen: 1n,
}

/**
 * The announced history of the product, kept as dated data so that any past day can be replayed
 * under its own rules. The cap of 2018-06-01 is the regulator's, for every fast redemption.
 */
export const parameterHistory: readonly ParameterChange[] = [
  { from: '2017-05-27', set: { holdingCapFen: 250_000_00n } },
  { from: '2017-08-14', set: { holdingCapFen: 100_000_00n } },
  { from: '2017-12-08', set: { dailySubscriptionCapFen: 20_000_00n } },
  { from: '2018-06-01', set: { fastRedemptionToCardCapFen: 10_000_00n } },
]

/** The rules in force on a local day; a later change wins over an earlier one. */
export function parametersOn(
  date: LocalDate,
  history: readonly ParameterChange[] = parameterHistory,
): FundParameters {
  return history
    .filter((change) => change.from <= date)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .reduce((rules, change) => ({ ...rules, ...change.set }), launch)
}
