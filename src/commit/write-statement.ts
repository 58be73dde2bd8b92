import type { LogKind } from './record.ts'
import {
  arrayLiteral,
  arrayType,
  insertExpression,
  logColumns,
  type Column,
  type RowMapping,
} from './row-mapping.ts'
import type { BatchWrite, RecordChange } from './store.ts'

/** One SQL statement that writes a whole batch, and its parameters. */
export interface WriteStatement {
  readonly text: string
  readonly parameters: readonly string[]
}

interface PhysicalRow {
  readonly id: string
  readonly version: number | null
  /** The changed record of each kind in the mapping; undefined when that one did not change. */
  readonly records: (object | undefined)[]
}

type Changes = ReadonlyMap<RowMapping, Map<string, PhysicalRow>>

/**
 * Builds the batch's statement: every table gets one `insert … select from unnest(arrays)` and one
 * `update … from unnest(arrays)`, all in one statement, so a batch costs one round trip however
 * many commands it holds. The final select refuses the batch when an update missed its version.
 */
export function writeStatement(
  write: BatchWrite,
  options: {
    shard: number
    mappingOf: (change: RecordChange) => RowMapping
    /** Fills in records of a row that did not change themselves. */
    unchanged: (mapping: RowMapping, position: number, id: string) => object | undefined
  },
): WriteStatement {
  const parts: string[] = []
  const parameters: string[] = []
  const checks: string[] = []
  const add = (text: string): string => `$${parameters.push(text)}`
  const { before, after } = write

  const lane = [String(after.seq), String(after.lastInstant), String(after.nextNumber)]
  parts.push(
    `lane as (update commit.lane set seq = ${add(lane[0] as string)}::text::int8,` +
      ` last_instant = to_timestamp(${add(lane[1] as string)}::text::float8 / 1000),` +
      ` next_number = ${add(lane[2] as string)}::text::int8` +
      ` where shard = ${options.shard} and seq = ${add(String(before.seq))}::text::int8 returning 1)`,
  )
  checks.push(check('lane', '1', 'commit.lane'))

  let part = 0
  for (const [mapping, rows] of groupRows(write, options.mappingOf)) {
    const inserts: PhysicalRow[] = []
    const updates: PhysicalRow[] = []
    for (const row of rows.values()) (row.version === null ? inserts : updates).push(row)
    const fill = { ...options, mapping }
    if (inserts.length > 0) {
      const columns = mapping.columns
      const unnest = unnestOf(columns, inserts, { add, ...fill })
      const names = columns.map((column) => column.column).join(', ')
      parts.push(
        `w${part++} as (insert into ${mapping.table} (${names}, row_version)` +
          ` select ${columns.map(insertExpression).join(', ')}, 1 from ${unnest})`,
      )
    }
    if (updates.length > 0) {
      const columns = mapping.columns.filter((column) => !column.constant)
      const key = mapping.columns.find((column) => column.column === mapping.keyColumn) as Column
      const versions = add(arrayLiteral(updates.map((row) => row.version), 'number'))
      const unnest = unnestOf([key, ...columns], updates, { add, ...fill, versions })
      const sets = columns.map((column) => `${column.column} = ${insertExpression(column)}`)
      const name = `w${part++}`
      parts.push(
        `${name} as (update ${mapping.table} t set ${sets.join(', ')}, row_version = t.row_version + 1` +
          ` from ${unnest} where t.${key.column} = a.${key.column}` +
          ` and t.row_version = a.row_version returning 1)`,
      )
      checks.push(check(name, add(String(updates.length)), mapping.table))
    }
  }
  for (const [log, rows] of write.logs) {
    const columns = logColumns(log)
    const names = columns.map((column) => column.column).join(', ')
    parts.push(
      `w${part++} as (insert into ${log.table} (${names})` +
        ` select ${columns.map(insertExpression).join(', ')} from ${logUnnest(log, rows, add)})`,
    )
  }
  return { text: `with ${parts.join(',\n')}\nselect ${checks.join(' and ')}`, parameters }
}

function check(name: string, expected: string, table: string): string {
  const number = expected.startsWith('$') ? `${expected}::text::int8` : expected
  return `case when (select count(*) from ${name}) = ${number} then true else commit.refuse('${table}') end`
}

function groupRows(write: BatchWrite, mappingOf: (change: RecordChange) => RowMapping): Changes {
  const groups = new Map<RowMapping, Map<string, PhysicalRow>>()
  for (const change of write.records) {
    const mapping = mappingOf(change)
    let rows = groups.get(mapping)
    if (rows === undefined) groups.set(mapping, (rows = new Map()))
    let row = rows.get(change.id)
    if (row === undefined) {
      row = { id: change.id, version: change.version, records: [] }
      rows.set(change.id, row)
    }
    row.records[mapping.kinds.indexOf(change.kind)] = change.record
  }
  return groups
}

function unnestOf(
  columns: readonly Column[],
  rows: readonly PhysicalRow[],
  options: {
    add: (text: string) => string
    mapping: RowMapping
    unchanged: (mapping: RowMapping, position: number, id: string) => object | undefined
    versions?: string
  },
): string {
  const { add, mapping, unchanged, versions } = options
  const arrays: string[] = []
  for (const column of columns) {
    const position = mapping.kinds.indexOf(column.kind as never)
    const values = rows.map((row) => {
      if (column.column === mapping.keyColumn) return row.id
      const record = row.records[position] ?? unchanged(mapping, position, row.id)
      return (record as Record<string, unknown> | undefined)?.[column.field]
    })
    arrays.push(`${add(arrayLiteral(values, column.type))}::text::${arrayType(column.type)}`)
  }
  const names = columns.map((column) => column.column)
  if (versions !== undefined) {
    arrays.push(`${versions}::text::float8[]`)
    names.push('row_version')
  }
  return `unnest(${arrays.join(', ')}) as a(${names.join(', ')})`
}

function logUnnest(
  log: LogKind<object>,
  rows: readonly object[],
  add: (text: string) => string,
): string {
  const columns = logColumns(log)
  const arrays = columns.map((column) => {
    const values = rows.map((row) => (row as Record<string, unknown>)[column.field])
    return `${add(arrayLiteral(values, column.type))}::text::${arrayType(column.type)}`
  })
  return `unnest(${arrays.join(', ')}) as a(${columns.map(({ column }) => column).join(', ')})`
}
