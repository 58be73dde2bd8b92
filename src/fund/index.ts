/** Dealing days 2004-2026. Throws CalendarHorizonError (calendar_horizon) outside them. */
export { calendarHorizon, dealingCalendar, type DealingCalendar } from './calendar.ts'
export { CalendarHorizonError } from './calendar-horizon-error.ts'
/** The product's rules on a day, published figures, from when units earn. Pure. */
export { parametersOn, type FundParameters } from './parameters.ts'
export { formatMilliPercent, formatPer10k, incomeAtPer10k, per10kIncome, sevenDayYield,
  sevenDayYieldOn, type MilliPercent, type Per10k } from './yield.ts'
export { redemptionEntitlement, subscriptionEntitlement,
  type SubscriptionEntitlement } from './entitlement.ts'
/** A file of figures. Errors: every fault by line and field. */
export { daysWithoutFigure, publishedYields, readPublishedFigures,
  type FigureFault } from './published-figures.ts'
/** A day's income to the fen: no_earning_units. Income missed by a victim: day_missing. */
export { distributeIncome, type EarningHolder, type IncomeShare } from './distribution.ts'
export { holderUnits, sharesOf, type HolderUnits } from './holder-units.ts'
export { missedIncome, type DayMissing, type FundDay } from './missed-income.ts'
/** Orders, placed in a caller's command: order_too_small, caps, facility_exhausted, post's. */
export { fundOrder, orderKey, type FundOrder, type FundOrderState } from './order-record.ts'
export { placeSubscription, subscriptionKeys, type SubscriptionError,
  type SubscriptionWish } from './place-subscription.ts'
export { lapseRedemption, noteRedemption, placeRedemption, recordFastRedemption, redemptionErrorOf,
  redemptionKeys, type RedemptionError, type RedemptionSpeed } from './place-redemption.ts'
export { fastRedemptionLegs } from './legs.ts'
export { holderAccountKeys } from './accounts.ts'
/** The fund's own day as commands; repeating one changes nothing. Impossible steps throw. */
export { closeDealingDay, collectOrders, cutOffOf, deliverOrders } from './close-dealing-day.ts'
export { bookOrders, chunkSize, takeFundAnswer, type OrderStep } from './confirm-orders.ts'
export { settleFastRedemptions } from './settle-fast-redemptions.ts'
export { finishConfirmation, finishPayment, receiveRedemptions } from './finish-dealing-day.ts'
export { creditIncome, declareIncome, publishedPer10k, shareIncome,
  type HolderIncome } from './credit-income.ts'
export { dealingDayRecord, unitsRedeemed, type DealingDay } from './dealing-day-record.ts'
export { fundDay, type FundDayRecord } from './day-record.ts'
export { advanceBank, incomeLog, type FundIncome } from './income-log.ts'
/** Money between our banks: booked first, moved after. recordTransfer: due, moved, not_found. */
export { fundTransfer, recordTransfer, transferDueTopic, transferReference,
  type FundTransfer } from './transfer-record.ts'
/** When what is due. Throws CalendarHorizonError. */
export { dueFundEvents, nextFundEvent, type FundEvent, type FundProgress } from './schedule.ts'
/** Plain reads for screens, jobs and proofs; database faults reject. */
export { dealingDay, fundDayOn, fundDaysBetween, fundProgress, lateUnits, per10kBefore,
  publishedDays, type PublishedDay } from './queries-days.ts'
export { challengedRedemptions, orderById, ordersBefore, ordersOf, orderSums, overdueOrders,
  type OrderView } from './queries-orders.ts'
export { holdingOf, incomesOf, type Holding } from './queries-holding.ts'
export { dueTransfers, expectedRegister, fundPosition, incomeBreaks, stillToMove,
  type FundPosition } from './queries-proof.ts'
export { creditedIncome, unbookedDays, verifyConfirmations,
  waitingOrders } from './verify-queries.ts'
/** Entry kinds without a decision and the rule that exempts each. */
export { exemptFundEntryKinds, type ExemptFundEntryKind } from './exempt-entry-kinds.ts'
