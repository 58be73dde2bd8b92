/** Dealing days 2004-2026 and what is due. Outside: CalendarHorizonError (calendar_horizon). */
export { dealingCalendar, type DealingCalendar } from './calendar.ts'
export { CalendarHorizonError } from './calendar-horizon-error.ts'
export { dueFundEvents, nextFundEvent, type FundEvent } from './schedule.ts'
/** The product's rules on a day, published figures, from when units earn. Pure. */
export { parametersOn, standingOrdersMs, type FundParameters } from './parameters.ts'
export { formatMilliPercent, formatPer10k, incomeAtPer10k, sevenDayYieldOn,
  type Per10k } from './yield.ts'
export { redemptionEntitlement, subscriptionEntitlement,
  type SubscriptionEntitlement } from './entitlement.ts'
/** A file of figures. Errors: every fault by line and field. */
export { daysWithoutFigure, publishedYields, readPublishedFigures,
  type FigureFault } from './published-figures.ts'
/** A day's income to the fen: no_earning_units. Income missed by a victim: day_missing. */
export { advanceBank } from './advance-bank.ts'
export { distributeIncome } from './distribution.ts'
export { holderUnits, sharesOf } from './holder-units.ts'
export { missedIncome, type FundDay } from './missed-income.ts'
/** Orders, placed in a caller's command: order_too_small, caps, facility_exhausted, post's. */
export { fundOrder, orderKey, type FundOrder } from './order-record.ts'
export { placeSubscription, subscriptionKeys, type SubscriptionError,
  type SubscriptionWish } from './place-subscription.ts'
export { cardRoom, lapseRedemption, noteRedemption, placeRedemption, recordFastRedemption,
  redemptionErrorOf, redemptionKeys, type RedemptionError,
  type RedemptionSpeed } from './place-redemption.ts'
export { fastRedemptionLegs } from './legs.ts'
/** The redemption gate: what of a day's redemptions goes on to the next one. */
export { applyGate, deferRedemptions, deferredParts } from './defer-redemptions.ts'
/** The fund as a whole: suspended by its shadow price; the operator's own quota and gate. */
export { gateOf, quotaOf } from './status-record.ts'
export { recordShadowPrice, type ShadowPrice } from './record-shadow-price.ts'
export { setFundLimits, type FundLimits } from './set-fund-limits.ts'
/** Standing orders: what a wallet holds above a sum goes in, once a day. */
export { carryOutStandingOrder, clearStandingOrder, setStandingOrder, standingChunk, standingKeys,
  standingOrderKey, standingOrdersAt, type StandingOrder,
  type StandingTurn } from './standing-order.ts'
/** Taking an order back: order_not_open, order_past_cut_off. */
export { cancelKeys, cancelOrder, type CancelOrderError } from './cancel-order.ts'
/** The fund's own day as commands; repeating one changes nothing. Impossible steps throw. */
export { closeDealingDay, collectOrders, cutOffOf, deliverOrders } from './close-dealing-day.ts'
export { bookOrders, chunkSize, noteConfirmedParts, takeFundAnswer, type ConfirmedPart,
  type OrderStep } from './confirm-orders.ts'
export { settleFastRedemptions } from './settle-fast-redemptions.ts'
export { finishConfirmation, finishPayment, receiveRedemptions } from './finish-dealing-day.ts'
export { creditIncome, declareIncome, publishedPer10k, shareIncome } from './credit-income.ts'
export { beginIncome, finishIncome, incomeStep, incomeTurn, shareDayIncome } from './bulk-income.ts'
export { dealingDayRecord, unitsRedeemed, type DealingDay } from './dealing-day-record.ts'
export { fundDay, type FundDayRecord } from './day-record.ts'
/** Money between our banks: booked first, moved after. recordTransfer: due, moved, not_found. */
export { recordTransfer, transferReference, type FundTransfer } from './transfer-record.ts'
/** Plain reads for screens, jobs and proofs; database faults reject. The agent's files. */
export { anyStandingOrder, challengedRedemptions, creditedIncome, dealingDay, dueTransfers,
  expectedRegister, fundDayOn, fundDaysBetween, fundFiles, fundPosition, fundProgress,
  fundStatusNow, holdingOf, incomeBreaks, incomesBetween, incomesOf, lateIncome, lateUnits,
  leavingUnits, orderById, ordersBefore, ordersOf, orderSums, overdueOrders, per10kBefore,
  publishedDays, redemptionsOf, shadowPrices, standingOrderOf, standingOrdersDue, stillToMove,
  unbookedDays, unitsBefore, verifyConfirmations, waitingOrders, type FileBreak, type FiledOrder,
  type Holding, type OrderView, type PublishedDay } from './reads.ts'
/** Entry kinds without a decision and the rule that exempts each. */
export { exemptFundEntryKinds } from './exempt-entry-kinds.ts'
