import type { ValueReader } from './read-value.ts'

/** A row of a file with the line it begins on. */
export interface CsvRow {
  readonly line: number
  readonly fields: readonly string[]
}

/**
 * Splits comma-separated text as RFC 4180 has it: fields in quotation marks may hold commas, line
 * breaks and doubled marks; lines end with LF or CRLF. Empty lines are left out.
 */
export function readCsvRows(text: string, values: ValueReader): CsvRow[] {
  const rows: CsvRow[] = []
  let fields: string[] = []
  let line = 1
  let begun = 1
  let at = 0
  const endRow = () => {
    if (fields.length > 1 || fields[0] !== '') rows.push({ line: begun, fields })
    fields = []
    begun = line
  }
  while (at < text.length) {
    if (text[at] === '"') {
      const quoted = readQuoted(text, at)
      if (quoted === null) {
        values.fault({ line: begun, field: String(fields.length + 1) }, 'quote_unclosed')
        return rows
      }
      fields.push(quoted.value)
      line += quoted.value.split('\n').length - 1
      at = quoted.end
    } else {
      const end = endOfPlain(text, at)
      const value = text.slice(at, end)
      if (value.includes('"')) {
        values.fault({ line: begun, field: String(fields.length + 1) }, 'quote_misplaced')
      }
      fields.push(value)
      at = end
    }
    if (text[at] === '\r' && (text[at + 1] === '\n' || at + 1 === text.length)) at += 1
    if (text[at] === ',') {
      at += 1
      // A comma at the very end has an empty field behind it.
      if (at === text.length) fields.push('')
      continue
    }
    if (at < text.length && text[at] !== '\n') {
      values.fault({ line: begun, field: String(fields.length) }, 'quote_misplaced')
      at = endOfLine(text, at)
    }
    at += 1
    line += 1
    endRow()
  }
  if (fields.length > 0) endRow()
  return rows
}

function readQuoted(text: string, from: number): { value: string; end: number } | null {
  let value = ''
  for (let at = from + 1; ;) {
    const mark = text.indexOf('"', at)
    if (mark < 0) return null
    value += text.slice(at, mark)
    if (text[mark + 1] !== '"') return { value, end: mark + 1 }
    value += '"'
    at = mark + 2
  }
}

function endOfPlain(text: string, from: number): number {
  let at = from
  while (at < text.length && text[at] !== ',' && text[at] !== '\n') {
    if (text[at] === '\r' && text[at + 1] === '\n') break
    at += 1
  }
  return at
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}
