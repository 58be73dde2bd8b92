import { businessCodes, constantNav, returnCodes, type FileRowOf } from '#partners'
import { formatAmount } from '#money'
import type { FileBreak } from './file-record.ts'
import { holderInFiles, orderInFiles, type FiledOrder } from './order-rows.ts'

/** A record and the line it stands on. */
export interface Placed<Row> {
  readonly line: number
  readonly row: Row
}

export interface CheckedDay {
  readonly status: 'confirmed' | 'rejected'
  /** Fen = hundredths of a unit: what was confirmed or, rejected, what was asked. */
  readonly subscriptions: bigint
  readonly redemptions: bigint
  readonly breaks: readonly FileBreak[]
}

/**
 * Holds the confirmations of one dealing day against the orders we sent for it, each exactly once
 * and in full: the fund answers a dealing day as a whole. Every difference is a break, and a day
 * with breaks must not be booked.
 */
export function checkConfirmations(
  orders: readonly FiledOrder[],
  rows: readonly Placed<FileRowOf<'04'>>[],
): CheckedDay {
  const breaks: FileBreak[] = []
  const awaited = new Map(orders.map((order) => [orderInFiles(order.id), order]))
  const first = rows[0]?.row.ReturnCode ?? returnCodes.done
  const status = first === returnCodes.done ? 'confirmed' : 'rejected'
  for (const { line, row } of rows) {
    const order = awaited.get(row.AppSheetSerialNo)
    if (order === undefined) {
      const about = row.AppSheetSerialNo
      const ours = 'no such order, or twice'
      breaks.push({ line, field: 'AppSheetSerialNo', about, ours, theirs: about })
      continue
    }
    const about = order.id
    awaited.delete(row.AppSheetSerialNo)
    for (const [field, ours] of expected(order, status)) {
      const value = row[field]
      if (value === ours) continue
      breaks.push({ line, field, about, ours: shown(ours), theirs: shown(value) })
    }
    const answered = row.ReturnCode === returnCodes.done ? 'confirmed' : 'rejected'
    if (answered !== status) {
      const theirs = row.ReturnCode
      breaks.push({ line, field: 'ReturnCode', about, ours: `the day is ${status}`, theirs })
    }
  }
  for (const { id: about } of awaited.values()) {
    const theirs = 'not confirmed'
    breaks.push({ line: 0, field: 'AppSheetSerialNo', about, ours: about, theirs })
  }
  const sum = (subscription: boolean) =>
    orders
      .filter(({ kind }) => (kind === 'subscription') === subscription)
      .reduce((total, { amount }) => total + amount, 0n)
  return { status, subscriptions: sum(true), redemptions: sum(false), breaks }
}

/** What each field of an order's confirmation must be. */
function expected(
  order: FiledOrder,
  status: 'confirmed' | 'rejected',
): [keyof FileRowOf<'04'>, string | bigint][] {
  const subscription = order.kind === 'subscription'
  const { asked: _, answered } = businessCodes[subscription ? 'subscription' : 'redemption']
  const { amount } = order
  // At 1.00 a fen is one hundredth of a unit, in both directions.
  const done = status === 'confirmed' ? amount : 0n
  return [
    ['BusinessCode', answered],
    ['TransactionAccountID', holderInFiles(order.customerId)],
    ['TransactionDate', order.dealingDay],
    ['TransactionCfmDate', order.confirmationDay],
    ['ApplicationAmount', subscription ? amount : 0n],
    ['ApplicationVol', subscription ? 0n : amount],
    ['ConfirmedAmount', done],
    ['ConfirmedVol', done],
    ['NAV', constantNav],
    ['Charge', 0n],
  ]
}

function shown(value: string | bigint): string {
  return typeof value === 'bigint' ? formatAmount(value) : value
}
