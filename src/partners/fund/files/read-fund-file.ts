import { fail, ok, required, type Result } from '#kernel'
import { asciiBytes, fieldValue, sameBytes, shown } from './field-bytes.ts'
import { mostFaults, type FileFault, type FileFaultCode } from './file-fault.ts'
import {
  fileTypes,
  rowWidth,
  type AnyRow,
  type FileField,
  type FileHeader,
  type FileProtocol,
  type FileType,
} from './file-layout.ts'
import { fileEnd, fileStart, headerFields, recordCountField } from './header-fields.ts'
import { protocol22 } from './protocol-22.ts'
import type { FundFile } from './write-fund-file.ts'

type Read<T> = Result<T, readonly FileFault[]>

/**
 * Reads a file, all of it or nothing: a bad one is a list of faults by line and field, whatever
 * its bytes are. A fault of the header ends the reading; of records up to 100 are named.
 */
export function readFundFile(
  bytes: Uint8Array,
  protocol: FileProtocol = protocol22,
): Read<FundFile> {
  if (!startsAsOurs(bytes))
    return bad({
      line: 1,
      field: null,
      code: 'not_this_protocol',
      detail: shown(bytes.slice(0, 12)),
    })
  const split = splitLines(bytes, protocol.lineEnd)
  if (!split.ok) return split
  const lines = split.value
  const header = readHeader(lines, protocol)
  if (!header.ok) return header
  const layout = protocol.layouts[header.value.type]
  const names = layout.map(({ name }) => asciiBytes(name.toUpperCase()))
  const firstName = 1 + headerFields(protocol.header).length
  for (const [index, name] of names.entries()) {
    const at = firstName + index
    const line = lines[at]
    const field = layout[index]?.name ?? null
    if (line === undefined)
      return bad({ line: at + 1, field, code: 'file_truncated', detail: 'no more lines' })
    if (!sameBytes(line, name))
      return bad({ line: at + 1, field, code: 'field_unknown', detail: shown(line) })
  }
  const rows = readRows(lines, { layout, protocol, countAt: firstName + names.length })
  // The layouts say what a row of this type has; the reader has checked each field of it.
  return rows.ok ? ok({ header: header.value, rows: rows.value } as unknown as FundFile) : rows
}

/** Where the records of a type of file begin: after start, header, names and count. */
export function firstRecordLine(type: FileType, protocol: FileProtocol = protocol22): number {
  return 1 + headerFields(protocol.header).length + protocol.layouts[type].length + 2
}

function startsAsOurs(bytes: Uint8Array): boolean {
  return sameBytes(bytes.subarray(0, fileStart.length), asciiBytes(fileStart))
}

/** No byte of a GB18030 character is a line end, so lines can be cut before anything is decoded. */
function splitLines(bytes: Uint8Array, lineEnd: FileProtocol['lineEnd']): Read<Uint8Array[]> {
  const lines: Uint8Array[] = []
  const end = asciiBytes(fileEnd)
  let from = 0
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, from)) {
    const hasReturn = at > from && bytes[at - 1] === 0x0d
    if (hasReturn !== (lineEnd === '\r\n')) {
      const detail = `${hasReturn ? 'CR LF' : 'LF'}, not ${JSON.stringify(lineEnd)}`
      return bad({ line: lines.length + 1, field: null, code: 'line_end_wrong', detail })
    }
    const line = bytes.subarray(from, hasReturn ? at - 1 : at)
    lines.push(line)
    from = at + 1
    if (sameBytes(line, end)) break
  }
  if (from === bytes.length) return ok(lines)
  const ended = lines.length > 0 && sameBytes(required(lines.at(-1), 'a line'), end)
  const rest = bytes.subarray(from)
  if (ended)
    return bad({ line: lines.length + 1, field: null, code: 'trailing_bytes', detail: shown(rest) })
  return bad({
    line: lines.length + 1,
    field: null,
    code: 'file_truncated',
    detail: `no line end after ${shown(rest)}`,
  })
}

function readHeader(lines: readonly Uint8Array[], protocol: FileProtocol): Read<FileHeader> {
  const start = required(lines[0], 'a first line')
  if (start.length !== fileStart.length) {
    return bad({ line: 1, field: null, code: 'not_this_protocol', detail: shown(start) })
  }
  const values: Record<string, string | bigint> = {}
  for (const [index, field] of headerFields(protocol.header).entries()) {
    const read = valueAt(lines, index + 1, field)
    if (!read.ok) return read
    const { value } = read
    values[field.name] = value
    const fault = headerFault(field.name, { value, type: values['type'], protocol })
    if (fault !== null)
      return bad({ line: index + 2, field: field.name, code: fault, detail: String(value) })
  }
  const { creator, recipient, date, sequence, type, sender, receiver } = values
  const header = { creator, recipient, date, sequence: Number(sequence), type, sender, receiver }
  return ok(header as FileHeader)
}

/** The value of a field that has a line (from 0) of its own. */
function valueAt(
  lines: readonly Uint8Array[],
  at: number,
  field: FileField,
): Read<string | bigint> {
  const line = lines[at]
  const place = { line: at + 1, field: field.name }
  if (line === undefined) return bad({ ...place, code: 'file_truncated', detail: 'no more lines' })
  const value = fieldValue(field, line)
  return value.ok ? value : bad({ ...place, ...value.error })
}

function headerFault(
  name: string,
  seen: { value: string | bigint; type: string | bigint | undefined; protocol: FileProtocol },
): FileFaultCode | null {
  const { value, type, protocol } = seen
  if (name === 'version' && value !== protocol.version) return 'version_unknown'
  if (name === 'type' && !fileTypes.includes(value as FileType)) return 'file_type_unknown'
  const fields = name === 'fieldCount' ? protocol.layouts[type as FileType].length : null
  return fields !== null && value !== BigInt(fields) ? 'field_count_wrong' : null
}

function readRows(
  lines: readonly Uint8Array[],
  file: { layout: readonly FileField[]; protocol: FileProtocol; countAt: number },
): Read<AnyRow[]> {
  const { layout, protocol, countAt } = file
  const field = recordCountField(protocol.header)
  const count = valueAt(lines, countAt, field)
  if (!count.ok) return count
  const tail = lines.at(-1)
  if (tail === undefined || !sameBytes(tail, asciiBytes(fileEnd))) {
    return bad({
      line: lines.length,
      field: null,
      code: 'tail_missing',
      detail: shown(tail ?? new Uint8Array()),
    })
  }
  const records = lines.slice(countAt + 1, -1)
  if (BigInt(records.length) !== count.value) {
    const detail = `${records.length} records, not ${count.value}`
    return bad({ line: countAt + 1, field: field.name, code: 'record_count_wrong', detail })
  }
  const rows: AnyRow[] = []
  const faults: FileFault[] = []
  for (const [index, record] of records.entries()) {
    rows.push(readRow(record, { layout, line: countAt + 2 + index, faults }))
    if (faults.length >= mostFaults) break
  }
  return faults.length > 0 ? fail(faults.slice(0, mostFaults)) : ok(rows)
}

/** One record; what is wrong with it is added to the faults. */
function readRow(
  record: Uint8Array,
  into: { layout: readonly FileField[]; line: number; faults: FileFault[] },
): AnyRow {
  const { layout, line, faults } = into
  const width = rowWidth(layout)
  const row: Record<string, string | bigint> = {}
  if (record.length !== width) {
    const detail = `${record.length} bytes, not ${width}`
    faults.push({ line, field: null, code: 'width_wrong', detail })
    return row
  }
  let at = 0
  for (const field of layout) {
    const value = fieldValue(field, record.subarray(at, at + field.width))
    if (value.ok) row[field.name] = value.value
    else faults.push({ line, field: field.name, ...value.error })
    at += field.width
  }
  return row
}

function bad(fault: FileFault): Result<never, readonly FileFault[]> {
  return fail([fault])
}
