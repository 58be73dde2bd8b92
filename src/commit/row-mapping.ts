import { decodeJson } from '#kernel'
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

const logs = new WeakMap<LogKind<object>, readonly Column[]>()

export function logColumns(log: LogKind<object>): readonly Column[] {
  let columns = logs.get(log)
  if (columns === undefined) logs.set(log, (columns = columnsOf(log.fields, null)))
  return columns
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
