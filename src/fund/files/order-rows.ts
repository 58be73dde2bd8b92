import { localDateOf, localTimeOf, hour, minute, second, type Instant } from '#kernel'
import { businessCodes, currencyCode, type FileParties, type FileRowOf } from '#partners'
import { unitsRedeemed, type DealingDay } from '../dealing-day-record.ts'
import { advanceBank } from '../advance-bank.ts'
import type { FundOrder } from '../order-record.ts'

/** What the files need of an order. */
export interface FiledOrder extends Pick<
  FundOrder,
  | 'id'
  | 'customerId'
  | 'kind'
  | 'confirmedAmount'
  | 'placedAt'
  | 'dealingDay'
  | 'confirmationDay'
  | 'state'
> {
  /** What the fund is asked for: without what the gate moved on. */
  readonly amount: bigint
}

/** A holder as the transfer agent knows him, in 17 bytes: our id without its prefix. */
export function holderInFiles(customerId: string): string {
  return customerId.replace(/^cus_/, '')
}

/** An order as the files name it, in 24 bytes: our id without its prefix. */
export function orderInFiles(orderId: string): string {
  return orderId.replace(/^ord_/, '')
}

/** The bank redeems for a dealing day what it advanced, and its income: one order of its own. */
export function bankOrderId(date: string): string {
  return `bank_${date.replaceAll('-', '')}`
}

/**
 * File 03 of a dealing day: subscriptions and normal redemptions of customers, and the bank's
 * redemption of what it has advanced.
 */
export function orderRows(
  day: DealingDay,
  orders: readonly FiledOrder[],
  parties: FileParties,
): FileRowOf<'03'>[] {
  const rows = orders.map((order) => orderRow(order, parties))
  const ofBank = unitsRedeemed(day) - day.redemptions
  if (ofBank === 0n) return rows
  const bank: FiledOrder = {
    id: bankOrderId(day.id),
    customerId: advanceBank,
    kind: 'normal_redemption',
    amount: ofBank,
    confirmedAmount: null,
    placedAt: day.closedAt,
    dealingDay: day.id,
    confirmationDay: day.confirmationDay,
    state: 'accepted',
  }
  return [...rows, orderRow(bank, parties)]
}

/** A fast redemption hands the units to the bank at once; others ask the fund on `dealingDay`. */
export function orderRow(order: FiledOrder, parties: FileParties): FileRowOf<'03'> {
  const subscription = order.kind === 'subscription'
  const transfer = order.kind === 'fast_redemption'
  const code = transfer ? 'transfer' : subscription ? 'subscription' : 'redemption'
  return {
    AppSheetSerialNo: orderInFiles(order.id),
    FundCode: parties.fundCode,
    TransactionDate: transfer ? localDateOf(order.placedAt) : order.dealingDay,
    TransactionTime: timeInFiles(order.placedAt),
    TransactionAccountID: holderInFiles(order.customerId),
    DistributorCode: parties.distributor,
    BusinessCode: businessCodes[code].asked,
    ApplicationAmount: subscription ? order.amount : 0n,
    ApplicationVol: subscription ? 0n : order.amount,
    CurrencyType: currencyCode,
    TargetTransactionAccountID: transfer ? holderInFiles(advanceBank) : '',
  }
}

/** HHMMSS, local. */
function timeInFiles(at: Instant): string {
  const time = localTimeOf(at)
  const part = (unit: number, most: number) =>
    String(Math.floor(time / unit) % most).padStart(2, '0')
  return part(hour, 24) + part(minute, 60) + part(second, 60)
}
