import { invariant } from '#kernel'

/** Rows to learn from, by column: one float32 per row, NaN where a value is missing. */
export interface TrainingSet {
  readonly names: readonly string[]
  readonly columns: readonly Float32Array[]
  /** 0 or 1 per row. */
  readonly labels: Uint8Array
}

/** A column's rows from the largest value down; rows without a value are left out. */
export interface SortedColumn {
  readonly rows: Int32Array
  readonly values: Float32Array
  /** Where the run of the smallest value begins: often long, and it never needs to be summed. */
  readonly lowestFrom: number
  readonly hasMissing: boolean
}

/** Throws InvariantError when columns and labels do not fit one another. */
export function sortColumns({ columns, labels, names }: TrainingSet): SortedColumn[] {
  invariant(columns.length > 0 && names.length === columns.length, 'one name per column')
  for (const column of columns) invariant(column.length === labels.length, 'one value per row')
  return columns.map(sortColumn)
}

function sortColumn(column: Float32Array): SortedColumn {
  const present: number[] = []
  for (let row = 0; row < column.length; row += 1) {
    if (!Number.isNaN(column[row])) present.push(row)
  }
  present.sort((a, b) => (column[b] as number) - (column[a] as number) || a - b)
  const rows = Int32Array.from(present)
  const values = Float32Array.from(present, (row) => column[row] as number)
  const lowest = values.at(-1)
  let lowestFrom = values.length
  while (lowestFrom > 0 && values[lowestFrom - 1] === lowest) lowestFrom -= 1
  return { rows, values, lowestFrom, hasMissing: rows.length < column.length }
}
