import type { Sql } from '../pool.ts'

/** A table as it is copied: its plain columns, in the order of its definition. */
export interface OwnTable {
  /** `ledger.entry`; not quoted. */
  readonly name: string
  /** Fit for SQL. */
  readonly quoted: string
  /** A partitioned table is copied as a whole, by way of its root. */
  readonly partitioned: boolean
  /** Without generated ones, which PostgreSQL computes again. */
  readonly columns: readonly { readonly name: string; readonly type: string }[]
}

/** All tables that belong to whoever asks (the owner role), by name. */
export function readOwnTables(sql: Sql): Promise<OwnTable[]> {
  return sql<OwnTable[]>`
    select format('%s.%s', nspname, relname) as name, format('%I.%I', nspname, relname) as quoted,
      relkind = 'p' as partitioned, (
        select coalesce(json_agg(json_build_object('name', attname,
          'type', format_type(atttypid, atttypmod)) order by attnum), '[]')
        from pg_attribute
        where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = ''
      ) as columns
    from pg_class c join pg_namespace n on n.oid = relnamespace
    where relkind in ('r', 'p') and not relispartition and relpersistence = 'p'
      and relowner = (select oid from pg_roles where rolname = current_user)
    order by nspname collate "C", relname collate "C"`
}

export interface OwnSequence {
  readonly name: string
  readonly lastValue: string
  readonly isCalled: boolean
}

/**
 * Sequences stand outside of transactions: read after the snapshot was taken they are at or past
 * every number in it.
 */
export async function readOwnSequences(sql: Sql): Promise<OwnSequence[]> {
  const names = await sql<{ name: string; quoted: string }[]>`
    select format('%s.%s', nspname, relname) as name, format('%I.%I', nspname, relname) as quoted
    from pg_class c join pg_namespace n on n.oid = relnamespace
    where relkind = 'S' and relpersistence <> 't'
      and relowner = (select oid from pg_roles where rolname = current_user)
    order by nspname collate "C", relname collate "C"`
  const found: OwnSequence[] = []
  for (const { name, quoted } of names) {
    const rows = await sql.unsafe<{ lastValue: string; isCalled: boolean }[]>(
      `select last_value::text as "lastValue", is_called as "isCalled" from ${quoted}`,
    )
    found.push(...rows.map((row) => ({ name, ...row })))
  }
  return found
}
