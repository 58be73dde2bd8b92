/**
 * How a field is kept in PostgreSQL. `bigint` int8 · `integer` int4 · `number` float8 · `instant`
 * timestamptz (epoch ms in memory) · `bytes` bytea · `json` jsonb. Any field may hold null.
 */
export type FieldType =
  | 'text'
  | 'bigint'
  | 'integer'
  | 'number'
  | 'boolean'
  | 'instant'
  | 'bytes'
  | 'json'

export type Fields<T> = { readonly [K in keyof T & string]: FieldType }

/**
 * A kind of record: a flat object kept as one row (or, by `shareRow`, as some columns of a row).
 * Field names are camelCase in memory and snake_case in the table; `key` is the id field (text).
 */
export interface RecordKind<T extends object> {
  readonly name: string
  readonly table: string
  readonly key: keyof T & string
  readonly fields: Fields<T>
  /** Fields that never change once inserted: updates leave their columns alone. */
  readonly constant?: readonly (keyof T & string)[]
  /** Rarely asked for again once written (requests, payments): kept in memory only for a while. */
  readonly shortLived?: boolean
}

/** Rows that commands only ever add and never read back: entries, postings, decisions, notices. */
export interface LogKind<T extends object> {
  readonly name: string
  readonly table: string
  readonly fields: Fields<T>
}

/** A record that a command may read or change. `fresh`: assumed absent, proved by the insert. */
export interface Key {
  readonly kind: RecordKind<object>
  readonly id: string
  readonly fresh: boolean
}

/** Defines a record kind; `name` is 'schema.table' unless `table` says otherwise. */
export function defineRecord<T extends object>(definition: {
  name: string
  table?: string
  key: keyof T & string
  fields: Fields<T>
  constant?: readonly (keyof T & string)[]
  shortLived?: boolean
}): RecordKind<T> {
  return { table: definition.name, ...definition }
}

/** Defines a log; `name` is 'schema.table'. */
export function defineLog<T extends object>(definition: {
  name: string
  fields: Fields<T>
}): LogKind<T> {
  return { table: definition.name, ...definition }
}

/** The key of a record that is expected to exist, or whose absence must be seen by a read. */
export function keyOf<T extends object>(kind: RecordKind<T>, id: string): Key {
  return { kind: kind as unknown as RecordKind<object>, id, fresh: false }
}

/**
 * The key of a record this command is about to create under a new id. It is not read: the insert
 * itself proves the absence, and if it was there after all the batch reloads and decides again.
 */
export function freshKeyOf<T extends object>(kind: RecordKind<T>, id: string): Key {
  return { kind: kind as unknown as RecordKind<object>, id, fresh: true }
}
