import { dealingDay, fundFiles } from '#fund'
import { addDays, invariant, localDateOf, ok, sha256Hex, type LocalDate } from '#kernel'
import type { Result } from '#kernel'
import {
  fundFileName,
  readFundFileName,
  usualParties,
  writeFundFile,
  type FileRowOf,
} from '#partners'
import type { FlowContext, Problem } from './context.ts'
import type { NamedFile } from './fund-file-report.ts'
import { submit } from './submit.ts'

type OrderFiles = Pick<FlowContext, 'lane' | 'sql' | 'ids' | 'now'>

/** Orders of a dealing day, and what was handed to the bank on a calendar day. */
const sequences = { orders: 1, transfers: 2 } as const

/** A file to lie in the folder, or one that can no longer be written as it was. */
export interface WrittenFile extends NamedFile {
  readonly sha256: string
  /** It was sent before with other bytes: what lies there now must not be replaced. */
  readonly differs: boolean
}

/**
 * Files 03 that are due and not in the folder: of every dealing day past its cut-off, and of every
 * calendar day with fast redemptions, whose units the bank owns from that moment. The same orders
 * give the same bytes, so a lost file is written again. Errors: those of `submit`.
 */
export async function writeDueOrders(
  context: OrderFiles,
  present: ReadonlySet<string>,
): Promise<Result<WrittenFile[], Problem>> {
  const written: WrittenFile[] = []
  for (const file of [...(await dueTransfers(context)), ...(await dueOrders(context))]) {
    if (present.has(nameOf(file))) continue
    const kept = await write(context, file)
    if (!kept.ok) return kept
    written.push(kept.value)
  }
  return ok(written)
}

/** A file of our own, going out. */
export function isOrdersFile(name: string): boolean {
  const named = readFundFileName(name)
  return named?.type === '03' && named.creator === usualParties.distributor
}

/** Whether the orders of a dealing day have been written. */
export async function ordersWritten(sql: FlowContext['sql'], date: LocalDate): Promise<boolean> {
  return (await fundFiles.fundFileNamed(sql, nameOf({ date, sequence: sequences.orders }))) !== null
}

interface DueFile {
  readonly date: LocalDate
  readonly sequence: number
  readonly rows: readonly FileRowOf<'03'>[]
}

async function dueOrders({ sql }: OrderFiles): Promise<DueFile[]> {
  const due: DueFile[] = []
  for (const date of await fundFiles.openDealingDays(sql)) {
    const day = await dealingDay(sql, date)
    invariant(day !== null, `dealing day ${date} is closed`)
    const rows = fundFiles.orderRows(day, await fundFiles.ordersForFile(sql, date), usualParties)
    if (rows.length > 0) due.push({ date, sequence: sequences.orders, rows })
  }
  return due
}

/** Of days that are over: since our first file, or of yesterday before there was any. */
async function dueTransfers({ sql, now }: OrderFiles): Promise<DueFile[]> {
  const today = localDateOf(now())
  const due: DueFile[] = []
  const yesterday = addDays(today, -1)
  for (
    let date = (await fundFiles.firstFileSent(sql)) ?? yesterday;
    date < today;
    date = addDays(date, 1)
  ) {
    const transfers = await fundFiles.transfersForFile(sql, date)
    const rows = transfers.map((order) => fundFiles.orderRow(order, usualParties))
    if (rows.length > 0) due.push({ date, sequence: sequences.transfers, rows })
  }
  return due
}

async function write(
  context: OrderFiles,
  { date, sequence, rows }: DueFile,
): Promise<Result<WrittenFile, Problem>> {
  const { distributor, agent } = usualParties
  const parties = { creator: distributor, recipient: agent, sender: distributor, receiver: agent }
  const bytes = writeFundFile({ header: { ...parties, date, sequence, type: '03' }, rows })
  invariant(bytes.ok, `orders of ${date}: ${bytes.ok ? '' : JSON.stringify(bytes.error[0])}`)
  const name = nameOf({ date, sequence })
  const sha256 = sha256Hex(bytes.value)
  const size = bytes.value.length
  const input = { id: name, type: '03', date, sha256, size, direction: 'sent' as const }
  const id = context.ids.next('req')
  const kept = await submit(context, fundFiles.keepFile, { owner: 'fund', id, input })
  if (!kept.ok) return kept
  return ok({ name, bytes: bytes.value, sha256, differs: kept.value.outcome === 'file_differs' })
}

function nameOf({ date, sequence }: { date: LocalDate; sequence: number }): string {
  const { distributor: creator, agent: recipient } = usualParties
  return fundFileName({ creator, recipient, date, type: '03', sequence })
}
