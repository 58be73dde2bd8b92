import { businessCodes, constantNav, returnCodes, type FileRowOf } from '#partners'
import { formatAmount } from '#money'
import type { ConfirmedPart } from '../confirm-orders.ts'
import type { FileBreak } from './file-record.ts'
import { holderInFiles, orderInFiles, type FiledOrder } from './order-rows.ts'

/** A record and the line it stands on. */
export interface Placed<Row> {
  readonly line: number
  readonly row: Row
}

export interface CheckedDay {
  /** `rejected`: every order was refused. */
  readonly status: 'confirmed' | 'rejected'
  /** Asked for: fen = hundredths of a unit. */
  readonly subscriptions: bigint
  readonly redemptions: bigint
  /** Done of it. */
  readonly unitsIssued: bigint
  readonly proceeds: bigint
  /** Orders of a confirmed day that were done in part, or refused. */
  readonly parts: readonly ConfirmedPart[]
  readonly breaks: readonly FileBreak[]
}

type Row = FileRowOf<'04'>

/**
 * Holds the confirmations of one dealing day against the orders we sent for it: each is answered
 * exactly once, in full, in part (and said to be) or not at all; what is booked already must be
 * what the file says. Every difference is a break, and a day with breaks must not be booked.
 */
export function checkConfirmations(
  orders: readonly FiledOrder[],
  rows: readonly Placed<Row>[],
): CheckedDay {
  const breaks: FileBreak[] = []
  const awaited = new Map(orders.map((order) => [orderInFiles(order.id), order]))
  const refused = rows.length > 0 && rows.every(({ row }) => outcomeOf(row) === 'refused')
  const parts: ConfirmedPart[] = []
  let unitsIssued = 0n
  let proceeds = 0n
  for (const { line, row } of rows) {
    const order = awaited.get(row.AppSheetSerialNo)
    if (order === undefined) {
      const about = row.AppSheetSerialNo
      const ours = 'no such order, or twice'
      breaks.push({ line, field: 'AppSheetSerialNo', about, ours, theirs: about })
      continue
    }
    awaited.delete(row.AppSheetSerialNo)
    breaks.push(...rowBreaks(order, { line, row }))
    const confirmed = row.ConfirmedVol
    if (order.kind === 'subscription') unitsIssued += confirmed
    else proceeds += confirmed
    if (!refused && confirmed < order.amount) parts.push({ orderId: order.id, confirmed })
  }
  const bank = parts.find(({ orderId }) => orderId.startsWith('bank_'))
  if (bank !== undefined) {
    // What the bank advanced is owed to it: all of it, or nothing of the whole day.
    const { orderId: about, confirmed } = bank
    breaks.push({ line: 0, field: 'ConfirmedVol', about, ours: 'all', theirs: shown(confirmed) })
  }
  for (const { id: about } of awaited.values()) {
    const theirs = 'not confirmed'
    breaks.push({ line: 0, field: 'AppSheetSerialNo', about, ours: about, theirs })
  }
  const sum = (subscription: boolean) =>
    orders
      .filter(({ kind }) => (kind === 'subscription') === subscription)
      .reduce((total, { amount }) => total + amount, 0n)
  const status = refused ? 'rejected' : 'confirmed'
  const asked = { subscriptions: sum(true), redemptions: sum(false) }
  return { status, ...asked, unitsIssued, proceeds, parts, breaks }
}

function outcomeOf({ ReturnCode: code }: Row): 'done' | 'part' | 'refused' {
  if (code === returnCodes.done) return 'done'
  return code === returnCodes.part ? 'part' : 'refused'
}

function rowBreaks(order: FiledOrder, { line, row }: Placed<Row>): FileBreak[] {
  const about = order.id
  const fields = expected(order, row).filter(([field, ours]) => row[field] !== ours)
  const breaks = fields.map(([field, ours]) => {
    return { line, field, about, ours: shown(ours), theirs: shown(row[field]) }
  })
  const { ReturnCode: theirs } = row
  const inPart = outcomeOf(row) === 'part'
  const isPart = row.ConfirmedVol > 0n && row.ConfirmedVol < order.amount
  if (inPart && !isPart) {
    breaks.push({ line, field: 'ReturnCode', about, ours: 'no part of it', theirs })
  }
  return breaks
}

/** What each field of an order's confirmation must be. */
function expected(order: FiledOrder, row: Row): [keyof Row, string | bigint][] {
  const subscription = order.kind === 'subscription'
  const { asked: _, answered } = businessCodes[subscription ? 'subscription' : 'redemption']
  const { amount } = order
  // At 1.00 a fen is one hundredth of a unit, in both directions.
  const confirmed = bookedOf(order) ?? confirmedBy(row, amount)
  return [
    ['BusinessCode', answered],
    ['TransactionAccountID', holderInFiles(order.customerId)],
    ['TransactionDate', order.dealingDay],
    ['TransactionCfmDate', order.confirmationDay],
    ['ApplicationAmount', subscription ? amount : 0n],
    ['ApplicationVol', subscription ? 0n : amount],
    ['ConfirmedAmount', confirmed],
    ['ConfirmedVol', confirmed],
    ['NAV', constantNav],
    ['Charge', 0n],
  ]
}

/** By its return code: all, nothing, or a part that may be any. */
function confirmedBy(row: Row, amount: bigint): bigint {
  const outcome = outcomeOf(row)
  if (outcome === 'part') return row.ConfirmedVol
  return outcome === 'done' ? amount : 0n
}

/** What our books have of it already; null: nothing yet. */
function bookedOf({ state, amount, confirmedAmount }: FiledOrder): bigint | null {
  if (state === 'rejected') return 0n
  return state === 'accepted' ? null : (confirmedAmount ?? amount)
}

function shown(value: string | bigint): string {
  return typeof value === 'bigint' ? formatAmount(value) : value
}
