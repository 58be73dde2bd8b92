import { fail, ok, type Result } from '#kernel'
import type { FileFaultCode } from './file-fault.ts'
import type { FileField } from './file-layout.ts'
import { decodeGb18030, encodeGb18030 } from './gb18030.ts'

export interface FieldFault {
  readonly code: FileFaultCode
  readonly detail: string
}

type Field = Pick<FileField, 'kind' | 'width'>
const space = 0x20
const zero = 0x30

/** A value as exactly `width` bytes. Errors: those of values; a field is never cut to fit. */
export function fieldBytes(field: Field, value: string | bigint): Result<Uint8Array, FieldFault> {
  const { kind, width } = field
  if (typeof value === 'bigint') {
    if (kind !== 'number') return bad('text_not_encoded', `a number in a field of ${kind}`)
    if (value < 0n) return bad('not_a_number', `${value} is below zero`)
    const text = value.toString()
    if (text.length > width) return bad('number_too_large', `${text} in ${width} figures`)
    return ok(asciiBytes(text.padStart(width, '0')))
  }
  if (kind === 'number') return bad('not_a_number', 'a text in a field of numbers')
  const fault = textFault(kind, value)
  if (fault !== null) return fail(fault)
  const encoded = encodeGb18030(kind === 'date' ? value.replaceAll('-', '') : value)
  if (encoded === null) return bad('text_not_encoded', 'a character without a code')
  if (encoded.length > width) {
    return bad('text_too_long', `${encoded.length} bytes in ${width}`)
  }
  const bytes = new Uint8Array(width).fill(space)
  bytes.set(encoded)
  return ok(bytes)
}

/** The value of a field's bytes. What `fieldBytes` would not write is refused. */
export function fieldValue(field: Field, bytes: Uint8Array): Result<string | bigint, FieldFault> {
  const { kind, width } = field
  if (bytes.length !== width) return bad('width_wrong', `${bytes.length} bytes, not ${width}`)
  if (kind === 'number') {
    if (!isFigures(bytes)) return bad('not_a_number', shown(bytes))
    return ok(BigInt(asciiText(bytes)))
  }
  const plain = isAscii(bytes)
  const decoded = plain ? asciiText(bytes) : decodeGb18030(bytes)
  if (decoded === null) return bad('text_not_encoded', `no GB18030 (cut?): ${shown(bytes)}`)
  const text = decoded.replace(/ +$/, '')
  const value = kind === 'date' ? text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3') : text
  const fault = textFault(kind, value)
  if (fault !== null) return fail(fault)
  if (plain) return ok(value)
  // Two codes for one character, or spaces of another alphabet: it could not be written back.
  const again = fieldBytes(field, value)
  if (!again.ok || !sameBytes(again.value, bytes)) return bad('text_not_encoded', shown(bytes))
  return ok(value)
}

function textFault(kind: FileField['kind'], text: string): FieldFault | null {
  // oxlint-disable-next-line no-control-regex -- these are what must not be there
  if (/[\u0000-\u001f\u007f]/.test(text)) {
    return { code: 'control_character', detail: JSON.stringify(text) }
  }
  if (text.startsWith(' ') || text.endsWith(' ')) {
    return { code: 'padding_wrong', detail: JSON.stringify(text) }
  }
  if (kind === 'digits' && !/^\d*$/.test(text)) return { code: 'not_digits', detail: text }
  if (kind === 'date' && !isDate(text)) return { code: 'date_invalid', detail: text }
  return null
}

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []
  if (year === undefined || month === undefined || day === undefined) return false
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  const isLeap = y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0)
  const last = m === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(m) ? 30 : 31
  return m >= 1 && m <= 12 && d >= 1 && d <= last
}

// Loops, not `every` and spread: a file has millions of fields, and these are five times as fast.
function isFigures(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte < zero || byte > zero + 9) return false
  return true
}

function isAscii(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte >= 0x80) return false
  return true
}

function asciiText(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
}

export function asciiBytes(text: string): Uint8Array {
  return Buffer.from(text, 'latin1')
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}

/** Bytes for a message: printable ones as they are, the others in hexadecimal. */
export function shown(bytes: Uint8Array): string {
  const part = Array.from(bytes.slice(0, 40), (byte) =>
    byte > space && byte < 0x7f
      ? String.fromCharCode(byte)
      : byte === space
        ? '·'
        : `<${byte.toString(16).padStart(2, '0')}>`,
  )
  return part.join('') + (bytes.length > 40 ? '…' : '')
}

function bad(code: FileFaultCode, detail: string): Result<never, FieldFault> {
  return fail({ code, detail })
}
