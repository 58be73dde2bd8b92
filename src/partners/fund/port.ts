import type { LocalDate, Result } from '#kernel'
import type { PassingFailure } from '../passing-failure.ts'

export const fundRefusals = [
  'dealing_day_closed',
  'orders_not_found',
  'insufficient_units',
  'amount_invalid',
  'not_declared_yet',
  'reference_reused',
] as const
export type FundRefusal = (typeof fundRefusals)[number]
export type FundError = FundRefusal | PassingFailure

/** One dealing day's orders of all our customers together, as far as submitted. */
export interface DealingDayOrders {
  readonly dealingDay: LocalDate
  /** Fen. */
  readonly subscriptions: bigint
  /** Hundredths of a unit. */
  readonly redemptions: bigint
}

export interface Confirmation extends DealingDayOrders {
  /** The units earn (or stop earning) from this day on. */
  readonly confirmationDay: LocalDate
  /** `rejected`: nothing of this dealing day was done. */
  readonly status: 'confirmed' | 'rejected'
  /** Units given for the subscriptions, hundredths; net asset value is 1.00. */
  readonly unitsIssued: bigint
  /** Fen owed to us for the redemptions. */
  readonly proceeds: bigint
  /** Orders of which less was confirmed than asked for, and how much; left out: none. */
  readonly parts?: readonly { readonly orderId: string; readonly confirmed: bigint }[] | undefined
}

/** What the fund earned for us on one calendar day, dealing day or not. */
export interface DayIncome {
  readonly date: LocalDate
  /** Units that earned on that day, hundredths. */
  readonly units: bigint
  /** Fen; below zero on a bad day. */
  readonly income: bigint
}

/** The fund manager's own register of what our customers hold together. */
export interface UnitRegister {
  /** Hundredths of a unit: confirmed orders and all declared income. */
  readonly units: bigint
  /** Last day whose income is in `units`; null: none declared. */
  readonly incomeThrough: LocalDate | null
  /** Submitted, not confirmed. */
  readonly pendingSubscriptions: bigint
  readonly pendingRedemptions: bigint
}

/**
 * The fund manager, for whom we are one distributor. Money moves separately, at the bank
 * (`settlement` and `custodian`); only a day's income arrives there by the manager's own hand.
 * Idempotent: submissions by reference, confirmation by dealing day, income by date.
 */
export interface FundManager {
  /**
   * Adds orders to a dealing day. Answers the day's total so far.
   * Errors: dealing_day_closed, insufficient_units, amount_invalid, reference_reused.
   */
  submitOrders(
    orders: { reference: string } & DealingDayOrders,
  ): Promise<Result<DealingDayOrders, FundError>>
  /** Closes a dealing day with its answer (a day without orders too). Errors: passing only. */
  confirm(query: {
    dealingDay: LocalDate
    confirmationDay: LocalDate
  }): Promise<Result<Confirmation, FundError>>
  /** Declares a day's income once it is over. Errors: not_declared_yet. */
  dayIncome(date: LocalDate): Promise<Result<DayIncome, FundError>>
  register(): Promise<Result<UnitRegister, FundError>>
}
