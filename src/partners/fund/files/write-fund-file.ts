import { fail, ok, type Result } from '#kernel'
import { asciiBytes, fieldBytes } from './field-bytes.ts'
import { mostFaults, type FileFault } from './file-fault.ts'
import type { AnyRow, FileField, FileHeader, FileProtocol, FileType } from './file-layout.ts'
import { fileEnd, fileStart, headerFields, recordCountField } from './header-fields.ts'
import { protocol22, type FileRowOf } from './protocol-22.ts'

/** A file as values. Numbers are whole: 12.34 with two decimals is 1234n. */
export type FundFile<T extends FileType = FileType> = {
  readonly [Type in T]: {
    readonly header: FileHeader & { readonly type: Type }
    readonly rows: readonly FileRowOf<Type>[]
  }
}[T]

/**
 * The bytes of a file. Errors: the faults, each at the line it would have been: text_too_long,
 * number_too_large, text_not_encoded and the other faults of a value.
 */
export function writeFundFile(
  { header, rows }: FundFile,
  protocol: FileProtocol = protocol22,
): Result<Uint8Array, readonly FileFault[]> {
  const layout: readonly FileField[] = protocol.layouts[header.type]
  const faults: FileFault[] = []
  const lines: Uint8Array[] = [asciiBytes(fileStart)]
  const put = (fields: readonly FileField[], values: AnyRow) => {
    const line = new Uint8Array(fields.reduce((sum, { width }) => sum + width, 0))
    let at = 0
    for (const field of fields) {
      const bytes = fieldBytes(field, values[field.name] ?? '')
      if (bytes.ok) line.set(bytes.value, at)
      else faults.push({ line: lines.length + 1, field: field.name, ...bytes.error })
      at += field.width
    }
    lines.push(line)
  }
  const block: AnyRow = {
    ...header,
    version: protocol.version,
    sequence: BigInt(header.sequence),
    fieldCount: BigInt(layout.length),
  }
  for (const field of headerFields(protocol.header)) put([field], block)
  for (const { name } of layout) lines.push(asciiBytes(name.toUpperCase()))
  put([recordCountField(protocol.header)], { recordCount: BigInt(rows.length) })
  for (const row of rows) {
    put(layout, row)
    if (faults.length >= mostFaults) break
  }
  if (faults.length > 0) return fail(faults)
  lines.push(asciiBytes(fileEnd))
  return ok(joined(lines, asciiBytes(protocol.lineEnd)))
}

/** Every line with its end, the last one too. */
function joined(lines: readonly Uint8Array[], end: Uint8Array): Uint8Array {
  const length = lines.reduce((sum, line) => sum + line.length + end.length, 0)
  const bytes = new Uint8Array(length)
  let at = 0
  for (const line of lines) {
    bytes.set(line, at)
    bytes.set(end, at + line.length)
    at += line.length + end.length
  }
  return bytes
}
