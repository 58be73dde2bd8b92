/** Plain reads for screens, jobs and proofs; database faults reject. */
export {
  dealingDay,
  fundDayOn,
  fundDaysBetween,
  fundProgress,
  lateIncome,
  lateUnits,
  leavingUnits,
  per10kBefore,
  publishedDays,
  type PublishedDay,
} from './queries-days.ts'
export {
  challengedRedemptions,
  orderById,
  ordersBefore,
  ordersOf,
  orderSums,
  overdueOrders,
  redemptionsOf,
  type OrderView,
} from './queries-orders.ts'
export {
  holdingOf,
  incomesBetween,
  incomesOf,
  unitsBefore,
  type Holding,
} from './queries-holding.ts'
export {
  dueTransfers,
  expectedRegister,
  fundPosition,
  incomeBreaks,
  stillToMove,
  type FundPosition,
} from './queries-proof.ts'
export {
  creditedIncome,
  unbookedDays,
  verifyConfirmations,
  waitingOrders,
} from './verify-queries.ts'
export { fundStatusNow, shadowPrices } from './queries-status.ts'
export { anyStandingOrder, standingOrderOf, standingOrdersDue } from './queries-standing.ts'
export { fundFiles, type FileBreak, type FiledOrder } from './files/fund-files.ts'
