import {
  dealingDay,
  fundFiles,
  fundProgress,
  holderUnits,
  lateIncome,
  lateUnits,
  publishedDays,
  type FileBreak,
  type FiledOrder,
} from '#fund'
import { addDays, startOfLocalDay, type LocalDate } from '#kernel'
import { earningUnitsAt } from '#ledger'
import { usualParties, type FileRowOf } from '#partners'
import type { FlowContext } from './context.ts'
import { placedRows, type ParsedFile } from './fund-file-report.ts'

type Reads = Pick<FlowContext, 'sql'>

/** How a good file stands to our books: `contradicts` must not be taken. */
export interface Reconciled {
  readonly outcome: 'applied' | 'waits' | 'contradicts'
  readonly breaks: readonly FileBreak[]
  readonly quotation: ReturnType<typeof fundFiles.readQuotation>['quotation'] | null
}

/** Holds a good file against our books; changes nothing. */
export async function reconcileFundFile(context: Reads, file: ParsedFile): Promise<Reconciled> {
  const { type, date } = file.file.header
  switch (type) {
    case '04':
      return reconcileConfirmations(context, file)
    case '05':
      return reconcileHoldings(context, file, date)
    case '06':
      return reconcileIncome(context, file, date)
    case '07':
      return reconcileQuotation(context, file, date)
    case '03':
      return { ...agreed, outcome: 'waits' }
  }
}

const agreed: Reconciled = { outcome: 'applied', breaks: [], quotation: null }
const waiting: Reconciled = { ...agreed, outcome: 'waits' }

/** Dealing days that a file 04 answers: those of its orders; a transfer belongs to none. */
export function daysConfirmed(file: ParsedFile): LocalDate[] {
  const rows = placedRows(file, '04').filter(({ row }) => row.BusinessCode !== '198')
  return [...new Set(rows.map(({ row }) => row.TransactionDate))]
}

/** A file's answer to a dealing day against the orders that we sent for it; null: not closed. */
export async function checkedDay(
  { sql }: Reads,
  file: ParsedFile,
  date: LocalDate,
): Promise<
  (ReturnType<typeof fundFiles.checkConfirmations> & { confirmationDay: LocalDate }) | null
> {
  const day = await dealingDay(sql, date)
  if (day === null || day.state === 'closed') return null
  const orders = await fundFiles.ordersForFile(sql, date)
  const bank = fundFiles
    .orderRows(day, [], usualParties)
    .map((row) => bankOrder(row, day.confirmationDay))
  const rows = placedRows(file, '04').filter(
    ({ row }) => row.TransactionDate === date && row.BusinessCode !== '198',
  )
  const { confirmationDay } = day
  return { ...fundFiles.checkConfirmations([...orders, ...bank], rows), confirmationDay }
}

/** The bank's own redemption of the day as one more order of ours. */
function bankOrder(row: FileRowOf<'03'>, confirmationDay: LocalDate): FiledOrder {
  return {
    id: row.AppSheetSerialNo,
    customerId: row.TransactionAccountID,
    kind: 'normal_redemption',
    amount: row.ApplicationVol,
    confirmedAmount: null,
    placedAt: 0,
    dealingDay: row.TransactionDate,
    confirmationDay,
    state: 'accepted',
  }
}

async function reconcileConfirmations(context: Reads, file: ParsedFile): Promise<Reconciled> {
  const breaks: FileBreak[] = []
  let booked = true
  for (const date of daysConfirmed(file)) {
    const checked = await checkedDay(context, file, date)
    if (checked === null) {
      booked = false
      continue
    }
    breaks.push(...checked.breaks)
    const state = (await dealingDay(context.sql, date))?.state
    const rejected = state === 'rejected' || state === 'rejecting'
    const open = state === 'collected' || state === 'submitted'
    if (open || state === 'confirming' || state === 'rejecting') booked = false
    if (!open && rejected !== (checked.status === 'rejected')) {
      const [ours, theirs] = [rejected ? 'rejected' : 'confirmed', checked.status]
      breaks.push({ line: 0, field: 'ReturnCode', about: date, ours, theirs })
    }
  }
  if (breaks.length > 0) return { outcome: 'contradicts', breaks, quotation: null }
  return booked ? agreed : waiting
}

/** Units of every holder at the end of the day, in both registers. */
async function reconcileHoldings(
  { sql }: Reads,
  file: ParsedFile,
  date: LocalDate,
): Promise<Reconciled> {
  const booked = await incomeBooked(sql, addDays(date, -1))
  if (!booked || !(await ordersBooked(sql, date))) return waiting
  const dayEnd = startOfLocalDay(addDays(date, 1))
  const register = await earningUnitsAt(sql, dayEnd)
  const day = { date, dayEnd }
  const late = [...(await lateUnits(sql, day)), ...(await lateIncome(sql, day))]
  const units = holderUnits(register, late).map((each) => [each.customerId, each.units] as const)
  const theirs = placedRows(file, '05').map(({ line, row }) => ({
    line,
    holder: row.TransactionAccountID,
    amount: row.TotalVolOfDistributorInTA,
  }))
  const breaks = [
    ...otherDays(placedRows(file, '05'), 'TransactionCfmDate', date),
    ...fundFiles.compareHolders(new Map(units), theirs, 'TotalVolOfDistributorInTA'),
  ]
  return { ...agreed, breaks }
}

/** The day's income of every holder, as credited and as the transfer agent gave it. */
async function reconcileIncome(
  { sql }: Reads,
  file: ParsedFile,
  date: LocalDate,
): Promise<Reconciled> {
  if (!(await incomeBooked(sql, date))) return waiting
  const theirs = placedRows(file, '06').map(({ line, row }) => ({
    line,
    holder: row.TransactionAccountID,
    amount: fundFiles.signedFigure(row.DividendAmount, row.IncomeFlag),
  }))
  const breaks = [
    ...otherDays(placedRows(file, '06'), 'RegistrationDate', date),
    ...fundFiles.compareHolders(
      await fundFiles.incomeByHolder(sql, date),
      theirs,
      'DividendAmount',
    ),
  ]
  return { ...agreed, breaks }
}

async function reconcileQuotation(
  { sql }: Reads,
  file: ParsedFile,
  date: LocalDate,
): Promise<Reconciled> {
  const published = quotationOf(file, date)
  if (published === null) {
    const missing = { line: 0, field: 'UpdateDate', about: date, ours: date, theirs: 'none' }
    return { outcome: 'contradicts', breaks: [missing], quotation: null }
  }
  const { quotation, breaks, line } = published
  if (breaks.length > 0) return { outcome: 'contradicts', breaks, quotation: null }
  const [ours] = await publishedDays(sql, { through: date, days: 1 })
  if (ours?.date !== date) return waiting
  return { ...agreed, quotation, breaks: fundFiles.compareQuotation(quotation, ours, line) }
}

/** Our fund's figures of the day in a file 07; null when it has none (or several). */
export function quotationOf(file: ParsedFile, date: LocalDate) {
  const [first, ...more] = placedRows(file, '07').filter(
    ({ row }) => row.FundCode === usualParties.fundCode && row.UpdateDate === date,
  )
  if (first === undefined || more.length > 0) return null
  return { ...fundFiles.readQuotation(first, file.name), line: first.line }
}

/** Every day's income through a date is credited. */
async function incomeBooked(sql: FlowContext['sql'], through: LocalDate): Promise<boolean> {
  const { firstOrderOn, credited } = await fundProgress(sql)
  if (firstOrderOn === null || through < firstOrderOn) return true
  return credited !== null && credited >= through
}

/** Every dealing day that the fund confirms by a date is booked. */
async function ordersBooked(sql: FlowContext['sql'], by: LocalDate): Promise<boolean> {
  for (const date of await fundFiles.openDealingDays(sql)) {
    const day = await dealingDay(sql, date)
    if (day !== null && day.confirmationDay <= by) return false
  }
  return true
}

/** Records of another day than the file's. */
function otherDays<F extends string>(
  rows: readonly { line: number; row: Readonly<Record<F, string>> }[],
  field: F,
  date: LocalDate,
): FileBreak[] {
  return rows
    .filter(({ row }) => row[field] !== date)
    .map(({ line, row }) => ({ line, field, about: date, ours: date, theirs: row[field] }))
}
