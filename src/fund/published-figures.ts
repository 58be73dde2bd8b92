import { addDays, fail, ok, type LocalDate, type Result } from '#kernel'
import { sevenDayYieldOn, type MilliPercent, type Per10k } from './yield.ts'

/** What is wrong with one row of a file of figures. Lines count from 1, the header included. */
export interface FigureFault {
  readonly line: number
  readonly field: 'row' | 'date' | 'per10k' | 'file'
  readonly code:
    | 'columns_wrong'
    | 'date_malformed'
    | 'date_repeated'
    | 'per10k_malformed'
    | 'per10k_too_precise'
    | 'per10k_out_of_range'
    | 'file_empty'
    | 'file_too_large'
  readonly text: string
}

const longestFile = 4_000_000
const shownText = 40

/**
 * Reads `date,per10k` rows (a first line that says so is skipped; any order of days; CRLF and a
 * byte order mark are fine; empty lines are passed over). Answers the figures by date, earliest
 * first. Errors: every fault of the file, by line and field.
 */
export function readPublishedFigures(
  text: string,
): Result<ReadonlyMap<LocalDate, Per10k>, FigureFault[]> {
  if (text.length > longestFile) return fail([fileFault('file_too_large')])
  const faults: FigureFault[] = []
  const figures = new Map<LocalDate, Per10k>()
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  for (const [index, row] of lines.entries()) {
    if (row.trim() === '' || (index === 0 && /^\s*date\s*,\s*per10k\s*$/i.test(row))) continue
    const read = readRow(row, index + 1)
    const repeated = read.figure !== null && figures.has(read.figure.date)
    if (repeated) read.faults.push(faultOf(index + 1, 'date', ['date_repeated', row]))
    else if (read.figure !== null) figures.set(read.figure.date, read.figure.per10k)
    faults.push(...read.faults)
  }
  if (faults.length > 0) return fail(faults)
  if (figures.size === 0) return fail([fileFault('file_empty')])
  return ok(new Map([...figures].toSorted(([a], [b]) => (a < b ? -1 : 1))))
}

interface ReadRow {
  readonly figure: { readonly date: LocalDate; readonly per10k: Per10k } | null
  readonly faults: FigureFault[]
}

function readRow(row: string, line: number): ReadRow {
  const cells = row.split(',').map((cell) => cell.trim())
  const [date, figure] = cells
  if (cells.length !== 2 || date === undefined || figure === undefined) {
    return { figure: null, faults: [faultOf(line, 'row', ['columns_wrong', row])] }
  }
  const faults: FigureFault[] = []
  if (!isDate(date)) faults.push(faultOf(line, 'date', ['date_malformed', date]))
  const per10k = parsePer10k(figure)
  if (!per10k.ok) faults.push(faultOf(line, 'per10k', [per10k.error, figure]))
  return {
    figure: faults.length === 0 && per10k.ok ? { date, per10k: per10k.value } : null,
    faults,
  }
}

/** A day that exists: `2013-02-30` reads as a day of March, so it does not come back the same. */
function isDate(text: string): boolean {
  if (!/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text)) return false
  return addDays(`${text.slice(0, 8)}01`, Number(text.slice(8)) - 1) === text
}

/** A day cannot lose more than everything, nor has one ever earned as much as it held. */
const per10kLimit = 100_000_000n

/** "1.5787" -> 15787n. */
function parsePer10k(
  text: string,
): Result<Per10k, 'per10k_malformed' | 'per10k_too_precise' | 'per10k_out_of_range'> {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,20}))?$/.exec(text)
  if (match === null) return fail('per10k_malformed')
  const [, sign, whole = '0', decimals = ''] = match
  if (decimals.length > 4) return fail('per10k_too_precise')
  const size = BigInt(whole) * 10_000n + BigInt(decimals.padEnd(4, '0'))
  if (size >= per10kLimit) return fail('per10k_out_of_range')
  return ok(sign === '-' ? -size : size)
}

function faultOf(
  line: number,
  field: FigureFault['field'],
  [code, text]: readonly [FigureFault['code'], string],
): FigureFault {
  return { line, field, code, text: text.slice(0, shownText) }
}

function fileFault(code: FigureFault['code']): FigureFault {
  return faultOf(1, 'file', [code, ''])
}

/** The 7-day yield of every day whose seven calendar days all have a figure, earliest first. */
export function publishedYields(
  figures: ReadonlyMap<LocalDate, Per10k>,
): { date: LocalDate; per10k: Per10k; yield7d: MilliPercent }[] {
  return [...figures].flatMap(([date, per10k]) => {
    const yield7d = sevenDayYieldOn(date, figures)
    return yield7d === null ? [] : [{ date, per10k, yield7d }]
  })
}

/** Days of a range (both ends included) without a figure. */
export function daysWithoutFigure(
  figures: ReadonlyMap<LocalDate, Per10k>,
  { from, to }: { from: LocalDate; to: LocalDate },
): LocalDate[] {
  const missing: LocalDate[] = []
  for (let date = from; date <= to; date = addDays(date, 1)) {
    if (!figures.has(date)) missing.push(date)
  }
  return missing
}
