import type { FieldType, LogKind, RecordKind } from './record.ts'
import { columnParameter, insertExpression } from './column-parameter.ts'
import { logColumns, type Column, type RowMapping } from './row-mapping.ts'
import type { BatchWrite } from './store.ts'

/** One SQL statement that writes a whole batch, and its parameters. */
export interface WriteStatement {
  readonly text: string
  readonly parameters: string[]
}

interface PhysicalRow {
  readonly id: string
  readonly version: number | null
  /** The changed record of each kind in the mapping; undefined when that one did not change. */
  readonly records: (object | undefined)[]
  /** Bit n: the n-th kind of the mapping changed. */
  mask: number
}

interface Draft {
  readonly parts: string[]
  readonly checks: string[]
  readonly parameters: string[]
  /** Adds a parameter and answers its placeholder. */
  add(text: string): string
  /** Adds a column's values and answers the SQL of their array. */
  array(values: readonly unknown[], type: FieldType): string
}

/**
 * Builds the batch's statement: every table gets one `insert … select from unnest(arrays)` and one
 * `update … from unnest(arrays)`, all in one statement, so a batch costs one round trip however
 * many commands it holds. The final select refuses the batch when an update missed its version.
 */
export function writeStatement(
  write: BatchWrite,
  options: { shard: number; mappingOf: (kind: RecordKind<object>) => RowMapping },
): WriteStatement {
  const parameters: string[] = []
  const draft: Draft = {
    parts: [],
    checks: [],
    parameters,
    add: (text) => `$${parameters.push(text)}`,
    array(values, type) {
      const { text, array } = columnParameter(values, type)
      return array(`$${parameters.push(text)}`)
    },
  }
  updateLane(draft, write, options.shard)
  // In one order always, so that batches of one shape share one text and thus one prepared plan:
  // planning this statement takes as long as running it.
  for (const [mapping, rows] of byTable(groupRows(write, options.mappingOf))) {
    const inserts: PhysicalRow[] = []
    const updates = new Map<number, PhysicalRow[]>()
    for (const row of rows) {
      if (row.version === null) inserts.push(row)
      else if (updates.has(row.mask)) updates.get(row.mask)?.push(row)
      else updates.set(row.mask, [row])
    }
    if (inserts.length > 0) insertRows(draft, mapping, inserts)
    // Only the columns of records that changed: a guest that nobody read keeps what it has.
    const masks = [...updates].sort(([a], [b]) => a - b)
    for (const [mask, group] of masks) updateRows(draft, mapping, { mask, rows: group })
  }
  for (const [log, rows] of byTable(write.logs)) insertLog(draft, log, rows)
  const { parts, checks } = draft
  return { text: `with ${parts.join(',\n')}\nselect ${checks.join(' and ')}`, parameters }
}

function updateLane(draft: Draft, { before, after }: BatchWrite, shard: number): void {
  const { add } = draft
  draft.parts.push(
    `lane as (update commit.lane set seq = ${add(String(after.seq))}::text::int8,` +
      ` last_instant = to_timestamp(${add(String(after.lastInstant))}::text::float8 / 1000),` +
      ` next_number = ${add(String(after.nextNumber))}::text::int8` +
      ` where shard = ${shard} and seq = ${add(String(before.seq))}::text::int8 returning 1)`,
  )
  draft.checks.push(check('lane', '1', 'commit.lane'))
}

function insertRows(draft: Draft, mapping: RowMapping, rows: readonly PhysicalRow[]): void {
  const { columns } = mapping
  draft.parts.push(
    `w${draft.parts.length} as (insert into ${mapping.table} (${namesOf(columns)}, row_version)` +
      ` select ${columns.map(insertExpression).join(', ')}, 1` +
      ` from unnest(${arraysOf(draft, mapping, { columns, rows })}) as a(${namesOf(columns)}))`,
  )
}

function updateRows(
  draft: Draft,
  mapping: RowMapping,
  { mask, rows }: { mask: number; rows: readonly PhysicalRow[] },
): void {
  const changing = mapping.columns.filter(
    ({ constant, kind }) => !constant && (mask & (1 << mapping.kinds.indexOf(kind as never))) > 0,
  )
  const key = mapping.columns.find(({ column }) => column === mapping.keyColumn) as Column
  const columns = [key, ...changing]
  const arrays = arraysOf(draft, mapping, { columns, rows })
  const versions = draft.array(
    rows.map((row) => row.version),
    'bigint',
  )
  const sets = changing.map((column) => `${column.column} = ${insertExpression(column)}`)
  const name = `w${draft.parts.length}`
  draft.parts.push(
    `${name} as (update ${mapping.table} t set ${sets.join(', ')}${sets.length > 0 ? ',' : ''}` +
      ` row_version = t.row_version + 1` +
      ` from unnest(${arrays}, ${versions}) as a(${namesOf(columns)}, row_version)` +
      ` where t.${key.column} = a.${key.column} and t.row_version = a.row_version returning 1)`,
  )
  draft.checks.push(check(name, draft.add(String(rows.length)), mapping.table))
}

function insertLog(draft: Draft, log: LogKind<object>, rows: readonly object[]): void {
  const columns = logColumns(log)
  const arrays = columns.map(({ field, type }) => {
    const values = rows.map((row) => (row as Record<string, unknown>)[field])
    return draft.array(values, type)
  })
  draft.parts.push(
    `w${draft.parts.length} as (insert into ${log.table} (${namesOf(columns)})` +
      ` select ${columns.map(insertExpression).join(', ')}` +
      ` from unnest(${arrays.join(', ')}) as a(${namesOf(columns)}))`,
  )
}

function byTable<K extends { readonly table: string }, V>(map: ReadonlyMap<K, V>): [K, V][] {
  return [...map].sort(([a], [b]) => (a.table < b.table ? -1 : 1))
}

function namesOf(columns: readonly Column[]): string {
  return columns.map(({ column }) => column).join(', ')
}

function arraysOf(
  draft: Draft,
  mapping: RowMapping,
  { columns, rows }: { columns: readonly Column[]; rows: readonly PhysicalRow[] },
): string {
  const arrays = columns.map((column) => {
    const position = mapping.kinds.indexOf(column.kind as never)
    const values = rows.map((row) =>
      column.column === mapping.keyColumn
        ? row.id
        : (row.records[position] as Record<string, unknown> | undefined)?.[column.field],
    )
    return draft.array(values, column.type)
  })
  return arrays.join(', ')
}

function check(name: string, expected: string, table: string): string {
  const number = expected.startsWith('$') ? `${expected}::text::int8` : expected
  const fits = `(select count(*) from ${name}) = ${number}`
  return `case when ${fits} then true else commit.refuse('${table}') end`
}

/** The rows of each table: one per record, or one per id where several kinds share a row. */
function groupRows(
  write: BatchWrite,
  mappingOf: (kind: RecordKind<object>) => RowMapping,
): Map<RowMapping, PhysicalRow[]> {
  const groups = new Map<RowMapping, PhysicalRow[]>()
  const sharedRows = new Map<RowMapping, Map<string, PhysicalRow>>()
  for (const { kind, id, version, record } of write.records) {
    const mapping = mappingOf(kind)
    let rows = groups.get(mapping)
    if (rows === undefined) groups.set(mapping, (rows = []))
    if (mapping.kinds.length === 1) {
      rows.push({ id, version, records: [record], mask: 1 })
      continue
    }
    let byId = sharedRows.get(mapping)
    if (byId === undefined) sharedRows.set(mapping, (byId = new Map()))
    let row = byId.get(id)
    if (row === undefined) {
      row = { id, version, records: [], mask: 0 }
      byId.set(id, row)
      rows.push(row)
    }
    const position = mapping.kinds.indexOf(kind)
    row.records[position] = record
    row.mask |= 1 << position
  }
  return groups
}
