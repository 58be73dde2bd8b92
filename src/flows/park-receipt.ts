import type { Command } from '#commit'
import { fail, ok, required, type Result } from '#kernel'
import { account, accountId, accountKeys, post, type Leg, type PostError } from '#ledger'
import {
  bookKey,
  bookOf,
  clearReceipt,
  mayPark,
  openLines,
  openReceipt,
  openReceipts,
  parkReceipt,
  receiptKey,
  type ClearError,
  type ParkError,
  type Receipt,
} from '#reconciliation'
import type { FlowContext } from './context.ts'
import { submit } from './submit.ts'

/** Where receipts arrive: customers' money. */
const reserve = accountId('1010')
const suspense = accountId('2130')

type Context = Pick<FlowContext, 'lane' | 'sql' | 'ids'>

interface Parking {
  readonly line: string
  readonly amount: bigint
  readonly version: bigint
}

const parkCommand: Command<Parking, Result<Receipt, ParkError | PostError>> = {
  name: 'flows.park_receipt',
  reads: ({ line, amount }) => [
    receiptKey(line),
    bookKey(reserve),
    ...accountKeys(parkLegs(amount)),
  ],
  apply(state, { line, amount, version }, now) {
    const may = mayPark(state, { line, account: reserve, version })
    if (!may.ok) return may
    const legs = parkLegs(amount)
    const posted = post(state, { kind: 'receipt_unidentified', ref: line, legs }, now)
    if (!posted.ok) return posted
    const seq = required(state.get(account, reserve), reserve).postingSeq
    return ok(parkReceipt(state, { line, account: reserve, amount, seq, version }, now))
  },
}

function parkLegs(amount: bigint): Leg[] {
  return [{ debit: reserve, credit: suspense, amount }]
}

export type ParkRefusal =
  | 'line_not_open'
  | 'line_not_receipt'
  | ParkError
  | PostError
  | 'unavailable'

/**
 * Books a line of a statement that nobody can explain: the bank has the money, so we have it too,
 * and owe it to somebody unknown (2130). A person names the line: money that a top-up under way
 * explains must not be booked twice. Errors: line_not_open (unknown, or explained),
 * line_not_receipt (not money in), receipt_exists, reconciliation_changed, those of `post`,
 * unavailable.
 */
export function createParkReceipt(context: Context) {
  return async (line: string): Promise<Result<Receipt, ParkRefusal>> => {
    const book = await bookOf(context.sql, reserve)
    const open = await openLines(context.sql, { account: reserve, since: '' })
    const found = open.find(({ id }) => id === line)
    if (book === null || found === undefined) return fail('line_not_open')
    if (found.amount <= 0n) return fail('line_not_receipt')
    const { version } = book
    return answered(context, parkCommand, { line, amount: found.amount, version })
  }
}

interface Clearing {
  readonly line: string
  readonly amount: bigint
  readonly to: string
}

const clearCommand: Command<Clearing, Result<Receipt, ClearError | PostError>> = {
  name: 'flows.clear_receipt',
  reads: (clearing) => [receiptKey(clearing.line), ...accountKeys(clearLegs(clearing))],
  apply(state, clearing, now) {
    const { line, to } = clearing
    const open = openReceipt(state, line)
    if (!open.ok) return open
    const posted = post(
      state,
      { kind: 'receipt_cleared', ref: line, legs: clearLegs(clearing) },
      now,
    )
    return posted.ok ? clearReceipt(state, { line, to }, now) : posted
  },
}

function clearLegs({ to, amount }: Pick<Clearing, 'to' | 'amount'>): Leg[] {
  return [{ debit: suspense, credit: to, amount }]
}

export type ClearRefusal = 'target_not_allowed' | ClearError | PostError | 'unavailable'

/**
 * Takes a receipt out of suspense by an entry: to its owner's wallet (`2010:cus_x`), or out of the
 * reserve (`1010`) when the bank sends it back. Errors: target_not_allowed, receipt_not_found,
 * receipt_cleared, those of `post`, unavailable.
 */
export function createClearReceipt(context: Context) {
  return async (wish: { line: string; to: string }): Promise<Result<Receipt, ClearRefusal>> => {
    const { line, to } = wish
    if (to !== reserve && !/^2010:./.test(to)) return fail('target_not_allowed')
    const waiting = (await openReceipts(context.sql)).find((each) => each.line === line)
    // The command finds out whether it was cleared or never there.
    const amount = waiting?.amount ?? 1n
    return answered(context, clearCommand, { line, amount, to })
  }
}

async function answered<In, Out, E extends string>(
  context: Context,
  command: Command<In, Result<Out, E>>,
  input: In & { readonly amount: bigint },
): Promise<Result<Out, E | 'unavailable'>> {
  const request = { owner: 'reconciliation', id: context.ids.next('rec'), content: command.name }
  const done = await submit(context, command, { ...request, input })
  return done.ok ? done.value : fail('unavailable')
}
