import { decodeJson, encodeJson, invariant } from '#kernel'
import type { FieldType, LogKind, RecordKind } from './record.ts'

/** One column: where it comes from and how it travels. */
export interface Column {
  readonly column: string
  readonly field: string
  readonly type: FieldType
  readonly kind: RecordKind<object> | null
  readonly constant: boolean
}

/** A physical row: one record kind, or several that are always read and written together. */
export interface RowMapping {
  readonly table: string
  readonly keyColumn: string
  readonly kinds: readonly RecordKind<object>[]
  readonly columns: readonly Column[]
}

const arrayTypes: Record<FieldType, string> = {
  text: 'text[]',
  bigint: 'int8[]',
  integer: 'int4[]',
  number: 'float8[]',
  boolean: 'bool[]',
  instant: 'float8[]',
  bytes: 'bytea[]',
  json: 'text[]',
}

/** The row of a kind; `guests` are kinds whose fields live in the same row under the same key. */
export function mapRow(
  kind: RecordKind<object>,
  guests: readonly RecordKind<object>[] = [],
): RowMapping {
  const columns = columnsOf(kind.fields, kind)
  for (const guest of guests) {
    for (const column of columnsOf(guest.fields, guest)) {
      if (column.field !== guest.key) columns.push(column)
    }
  }
  const keyColumn = snakeCase(kind.key)
  return { table: kind.table, keyColumn, kinds: [kind, ...guests], columns }
}

export function logColumns(log: LogKind<object>): readonly Column[] {
  return columnsOf(log.fields, null)
}

function columnsOf(fields: object, kind: RecordKind<object> | null): Column[] {
  const constant: readonly string[] = kind?.constant ?? []
  return Object.entries(fields as Record<string, FieldType>).map(([field, type]) => ({
    column: snakeCase(field),
    field,
    type,
    kind,
    constant: field === kind?.key || constant.includes(field),
  }))
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z0-9]+/g, (part, index: number) =>
    index === 0 ? part.toLowerCase() : `_${part.toLowerCase()}`,
  )
}

/** How a column is selected so that `fromDatabase` understands it. */
export function selectExpression({ column, type }: Column): string {
  if (type === 'instant') return `(extract(epoch from t.${column}) * 1000)::float8`
  if (type === 'json') return `t.${column}::text`
  return `t.${column}`
}

/** How an unnested value becomes the column's own type again. */
export function insertExpression({ column, type }: Column): string {
  if (type === 'instant') return `to_timestamp(a.${column} / 1000)`
  if (type === 'json') return `a.${column}::jsonb`
  return `a.${column}`
}

export function arrayType(type: FieldType): string {
  return arrayTypes[type]
}

export function fromDatabase(value: unknown, type: FieldType): unknown {
  if (value === null) return null
  switch (type) {
    case 'bigint':
      return typeof value === 'bigint' ? value : BigInt(String(value))
    case 'json':
      return decodeJson(String(value))
    default:
      return value
  }
}

/** One array parameter in PostgreSQL's text form, e.g. `{1,2,NULL}`: one per column and batch. */
export function arrayLiteral(values: readonly unknown[], type: FieldType): string {
  let text = '{'
  for (let i = 0; i < values.length; i += 1) {
    if (i > 0) text += ','
    const value = values[i]
    text += value === null || value === undefined ? 'NULL' : element(value, type)
  }
  return `${text}}`
}

function element(value: unknown, type: FieldType): string {
  switch (type) {
    case 'text':
      return quote(value as string)
    case 'json':
      return quote(encodeJson(value))
    case 'bytes': {
      const bytes = value as Uint8Array
      return `"\\\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')}"`
    }
    case 'bigint':
    case 'integer':
    case 'number':
    case 'instant':
    case 'boolean':
      invariant(typeof value !== 'object', 'a scalar column got an object')
      return String(value)
  }
}

function quote(value: string): string {
  return `"${/["\\]/.test(value) ? value.replace(/["\\]/g, '\\$&') : value}"`
}
