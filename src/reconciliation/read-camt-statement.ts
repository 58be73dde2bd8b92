import { fail, localDateOf, ok, type LocalDate, type Result } from '#kernel'
import {
  mostLines,
  type BankStatement,
  type StatementFault,
  type StatementLine,
} from './bank-statement.ts'
import { checkWhole, createValueReader, type ValueReader } from './read-value.ts'
import { readXmlTree, type XmlElement } from './xml-tree.ts'

/** A line before it has its number, and where it stands in the file. */
interface ReadLine {
  readonly line: number
  readonly said: Omit<StatementLine, 'number'>
}

/**
 * Reads a statement as ISO 20022 camt.053, versions 2 to 13: one statement in CNY. Entries that are
 * not booked are left out; a batch with amounts of its own becomes its single movements. The bank's
 * account number is not ours, so `account` is null. Pure; never throws.
 */
export function readCamtStatement(text: string): Result<BankStatement, readonly StatementFault[]> {
  const values = createValueReader()
  const root = readXmlTree(text, values)
  if (root === null) return fail(values.faults)
  const message = only(root, 'BkToCstmrStmt', values)
  const statement = message && only(message, 'Stmt', values)
  if (root.name !== 'Document' || statement === null) {
    if (root.name !== 'Document') values.fault(at(root), 'format_unknown')
    return fail(values.faults)
  }
  const period = find(statement, 'FrToDt')
  const dayOf = (name: string) => {
    const given = period && find(period, name)
    return given === null ? null : readDay(given, values)
  }
  const from = dayOf('FrDtTm')
  const to = dayOf('ToDtTm')
  const opening = readBalance(statement, ['OPBD', 'PRCD'], values)
  const closing = readBalance(statement, ['CLBD'], values)
  const read = all(statement, 'Ntry').flatMap((entry) => readEntry(entry, values))
  if (read.length > mostLines) values.fault(at(statement), 'too_many_lines')
  if (values.faults.length > 0) return fail(values.faults)
  const lines = read.map(({ said }, index) => ({ number: index + 1, ...said }))
  const places = read.map(({ line }) => line)
  const head = { format: 'camt.053', account: null, from, to, opening, closing } as const
  const whole = checkWhole({ ...head, lines, places }, values)
  return whole === null ? fail(values.faults) : ok(whole)
}

function at({ line, name }: XmlElement): { line: number; field: string } {
  return { line, field: name }
}

function all({ children }: XmlElement, name: string): XmlElement[] {
  return children.filter((child) => child.name === name)
}

/** The first one along a path of names; null when there is none. */
function find(element: XmlElement, ...path: readonly string[]): XmlElement | null {
  let found: XmlElement | undefined = element
  for (const name of path) found = found?.children.find((child) => child.name === name)
  return found ?? null
}

function textIn(element: XmlElement, ...path: readonly string[]): string {
  return find(element, ...path)?.text.trim() ?? ''
}

function only(element: XmlElement, name: string, values: ValueReader): XmlElement | null {
  const [first, second] = all(element, name)
  if (second !== undefined) return values.fault(at(second), 'element_twice')
  return first ?? values.fault({ line: element.line, field: name }, 'element_missing')
}

/** A day, or a moment: without an offset it is local. */
function readDay(element: XmlElement, values: ValueReader): LocalDate | null {
  const given = find(element, 'Dt') ?? find(element, 'DtTm') ?? element
  const text = given.text.trim()
  const moment = /^(\d{4}-\d{2}-\d{2})T[\d:.]+(Z|[+-]\d{2}:\d{2})?$/.exec(text)
  if (moment === null) return values.date(text.replace(/(Z|[+-]\d{2}:\d{2})$/, ''), at(given))
  if (moment[2] === undefined) return values.date(moment[1] ?? '', at(given))
  const instant = Date.parse(text)
  if (Number.isNaN(instant)) return values.fault(at(given), 'date_malformed')
  return localDateOf(instant)
}

/** Fen without a sign, in CNY. */
function readAmount(element: XmlElement, values: ValueReader): bigint | null {
  if (element.attributes.get('Ccy') !== 'CNY') return values.fault(at(element), 'currency_unknown')
  // Up to five decimals are allowed there; ours are two, and zeros behind them say nothing.
  const amount = values.amount(element.text.trim().replace(/(\.\d\d)0+$/, '$1'), at(element))
  return amount !== null && amount < 0n ? values.fault(at(element), 'amount_malformed') : amount
}

/** `Amt` with the direction of `CdtDbtInd`; null: malformed, and noted. */
function readSigned(element: XmlElement, values: ValueReader): bigint | null {
  const given = only(element, 'Amt', values)
  const direction = only(element, 'CdtDbtInd', values)
  if (given === null || direction === null) return null
  const amount = readAmount(given, values)
  const word = direction.text.trim()
  if (word !== 'CRDT' && word !== 'DBIT') return values.fault(at(direction), 'value_unknown')
  if (amount === null) return null
  return word === 'CRDT' ? amount : -amount
}

function readBalance(
  statement: XmlElement,
  codes: readonly string[],
  values: ValueReader,
): bigint | null {
  const found = all(statement, 'Bal').find((balance) =>
    codes.includes(textIn(balance, 'Tp', 'CdOrPrtry', 'Cd')),
  )
  return found === undefined ? null : readSigned(found, values)
}

function readEntry(entry: XmlElement, values: ValueReader): ReadLine[] {
  const status = textIn(entry, 'Sts', 'Cd') || textIn(entry, 'Sts')
  if (status === 'PDNG' || status === 'INFO' || status === 'FUTR') return []
  if (status !== 'BOOK') {
    values.fault(
      at(find(entry, 'Sts') ?? entry),
      status === '' ? 'element_missing' : 'value_unknown',
    )
  }
  const amount = readSigned(entry, values)
  const booked = only(entry, 'BookgDt', values)
  const date = booked === null ? null : readDay(booked, values)
  if (amount === 0n) values.fault(at(find(entry, 'Amt') ?? entry), 'amount_zero')
  if (amount === null || amount === 0n || date === null) return []
  const details = all(entry, 'NtryDtls').flatMap((each) => all(each, 'TxDtls'))
  const parts = details.length < 2 ? [] : partsOf(details, amount, values)
  if (parts.length > 0) {
    return details.map((detail, index) =>
      lineOf({ entry, detail, date, amount: parts[index] ?? 0n }, values),
    )
  }
  const detail = details.length === 1 ? (details[0] ?? null) : null
  return [lineOf({ entry, detail, date, amount }, values)]
}

/** Amounts of a batch's movements; none unless each has one and they come to the whole. */
function partsOf(details: readonly XmlElement[], whole: bigint, values: ValueReader): bigint[] {
  const parts = details.map((detail) => {
    const given = find(detail, 'Amt') ?? find(detail, 'AmtDtls', 'TxAmt', 'Amt')
    const amount = given === null ? null : readAmount(given, values)
    return amount === null || whole > 0n ? amount : -amount
  })
  const known = parts.filter((part) => part !== null && part !== 0n)
  const sum = known.reduce<bigint>((total, part) => total + (part ?? 0n), 0n)
  return known.length === parts.length && sum === whole ? parts.map((part) => part ?? 0n) : []
}

interface Movement {
  readonly entry: XmlElement
  readonly detail: XmlElement | null
  readonly date: LocalDate
  readonly amount: bigint
}

function lineOf({ entry, detail, date, amount }: Movement, values: ValueReader): ReadLine {
  const { line } = detail ?? entry
  const text = (field: string, given: string) => values.text(given, { line, field })
  const refs = detail && find(detail, 'Refs')
  // The bank's own reference (AcctSvcrRef) is not used: we would never know it.
  const given = ['EndToEndId', 'InstrId', 'TxId']
    .map((name) => (refs === null ? '' : textIn(refs, name)))
    .find((reference) => reference !== '' && reference !== 'NOTPROVIDED')
  const party = amount > 0n ? 'Dbtr' : 'Cdtr'
  const parties = detail && find(detail, 'RltdPties', party)
  const who = parties === null ? '' : textIn(parties, 'Pty', 'Nm') || textIn(parties, 'Nm')
  const remittance = detail && find(detail, 'RmtInf')
  const words = remittance === null ? [] : all(remittance, 'Ustrd').map((each) => each.text.trim())
  const free = words.join(' ') || textIn(entry, 'AddtlNtryInf')
  const reference = text('Refs', given ?? '')
  const counterparty = text(party, who)
  const said = { date, amount, reference, counterparty, text: text('RmtInf', free) }
  return { line, said }
}
