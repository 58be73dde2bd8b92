/** Dealing days 2004-2026. Throws CalendarHorizonError (calendar_horizon) outside them. */
export {
  calendarHorizon,
  createDealingCalendar,
  dealingCalendar,
  type DealingCalendar,
} from './calendar.ts'
export { CalendarHorizonError } from './calendar-horizon-error.ts'
export { exchangeOverrides, type ExchangeOverride } from './exchange-overrides.ts'
/** The product's rules on a day: caps, cut-off, smallest order. */
export {
  parameterHistory,
  parametersOn,
  type FundParameters,
  type ParameterChange,
} from './parameters.ts'
/** Published figures: income per 10,000 units and the 7-day annualised yield. */
export {
  formatMilliPercent,
  formatPer10k,
  incomeAtPer10k,
  per10kIncome,
  sevenDayYield,
  sevenDayYieldOn,
  type MilliPercent,
  type Per10k,
} from './yield.ts'
/** A day's income to the fen. Errors: no_earning_units. */
export { distributeIncome, type EarningHolder, type IncomeShare } from './distribution.ts'
/** From when and until when units earn. Throws CalendarHorizonError. */
export {
  redemptionEntitlement,
  subscriptionEntitlement,
  type RedemptionEntitlement,
  type SubscriptionEntitlement,
} from './entitlement.ts'
/** Income that stolen units would have earned. Errors: day_missing. */
export {
  missedIncome,
  type DayMissing,
  type FundDay,
  type MissedIncomeQuestion,
} from './missed-income.ts'
