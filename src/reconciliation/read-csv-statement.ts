import {
  mostLines,
  type BankStatement,
  type StatementFault,
  type StatementLine,
} from './bank-statement.ts'
import { fail, ok, type LocalDate, type Result } from '#kernel'
import { readCsvRows, type CsvRow } from './csv-rows.ts'
import { checkWhole, createValueReader, type ValueReader } from './read-value.ts'

const needed = ['date', 'amount', 'reference'] as const
const columns = [...needed, 'counterparty', 'text', 'balance'] as const
type Column = (typeof columns)[number]
const directives = ['account', 'from', 'to', 'opening', 'closing'] as const
type Directive = (typeof directives)[number]

interface Head {
  readonly account: string | null
  readonly from: LocalDate | null
  readonly to: LocalDate | null
  readonly opening: bigint | null
  readonly closing: bigint | null
}

/**
 * Reads a statement as CSV: rows `#from,2026-03-01` first (account, from, to, opening, closing;
 * all optional), then the names of the columns, then a row for each movement. Pure; never throws.
 */
export function readCsvStatement(text: string): Result<BankStatement, readonly StatementFault[]> {
  const values = createValueReader()
  const rows = readCsvRows(text.replace(/^\uFEFF/, ''), values)
  const first = rows.findIndex(({ fields }) => !(fields[0] ?? '').startsWith('#'))
  const titles = rows[first]
  const head = readHead(first < 0 ? rows : rows.slice(0, first), values)
  if (titles === undefined) {
    values.fault({ line: 1, field: 'date' }, 'column_missing')
    return fail(values.faults)
  }
  const order = readColumns(titles, values)
  const body = rows.slice(first + 1)
  if (body.length > mostLines) values.fault({ line: titles.line, field: '' }, 'too_many_lines')
  if (values.faults.length > 0) return fail(values.faults)
  const lines: StatementLine[] = []
  let running = head.opening
  for (const row of body) {
    const line = readLine(row, { order, number: lines.length + 1, values })
    if (line === null) continue
    running = running === null ? null : running + line.amount
    const stated = line.balance
    if (stated !== null && running !== null && stated !== running) {
      values.fault({ line: row.line, field: 'balance' }, 'balance_wrong')
    }
    running = stated ?? running
    const { balance: _, ...kept } = line
    lines.push(kept)
  }
  const places = body.map(({ line }) => line)
  if (values.faults.length > 0) return fail(values.faults)
  const whole = checkWhole({ format: 'csv', ...head, lines, places }, values)
  return whole === null ? fail(values.faults) : ok(whole)
}

function readHead(rows: readonly CsvRow[], values: ValueReader): Head {
  const given = new Map<Directive, { value: string; line: number }>()
  for (const { line, fields } of rows) {
    const name = (fields[0] ?? '').slice(1)
    const place = { line, field: name }
    const known = directives.find((each) => each === name)
    if (known === undefined) values.fault(place, 'directive_unknown')
    else if (given.has(known)) values.fault(place, 'directive_twice')
    else if (fields.length !== 2) {
      values.fault(place, fields.length < 2 ? 'too_few_fields' : 'too_many_fields')
    } else given.set(known, { value: fields[1] ?? '', line })
  }
  const text = (name: Directive, as: 'date' | 'text') => {
    const found = given.get(name)
    return found === undefined ? null : values[as](found.value, { line: found.line, field: name })
  }
  const amount = (name: Directive) => {
    const found = given.get(name)
    return found === undefined
      ? null
      : values.amount(found.value, { line: found.line, field: name })
  }
  return {
    account: text('account', 'text'),
    from: text('from', 'date'),
    to: text('to', 'date'),
    opening: amount('opening'),
    closing: amount('closing'),
  }
}

function readColumns({ line, fields }: CsvRow, values: ValueReader): readonly Column[] {
  const order: Column[] = []
  for (const title of fields) {
    const name = title.trim()
    const known = columns.find((each) => each === name)
    if (known === undefined) values.fault({ line, field: name }, 'column_unknown')
    else if (order.includes(known)) values.fault({ line, field: name }, 'column_twice')
    else order.push(known)
  }
  for (const name of needed) {
    if (!order.includes(name)) values.fault({ line, field: name }, 'column_missing')
  }
  return order
}

function readLine(
  row: CsvRow,
  { order, number, values }: { order: readonly Column[]; number: number; values: ValueReader },
): (StatementLine & { balance: bigint | null }) | null {
  const { line, fields } = row
  const wrong = fields.length - order.length
  if (wrong !== 0) {
    const field = order[fields.length] ?? String(order.length + 1)
    return values.fault({ line, field }, wrong < 0 ? 'too_few_fields' : 'too_many_fields')
  }
  const textOf = (name: Column) => fields[order.indexOf(name)] ?? ''
  const place = (field: Column) => ({ line, field })
  const optional = (name: Column) => values.text(textOf(name), place(name))
  const date = values.date(textOf('date'), place('date'))
  const amount = values.amount(textOf('amount'), place('amount'))
  if (amount === 0n) values.fault(place('amount'), 'amount_zero')
  const stated = textOf('balance')
  const balance = stated === '' ? null : values.amount(stated, place('balance'))
  const reference = optional('reference')
  const [counterparty, text] = [optional('counterparty'), optional('text')]
  if (date === null || amount === null || amount === 0n) return null
  return { number, date, amount, reference, counterparty, text, balance }
}
