import type { Tx } from '../pool.ts'

interface Part {
  readonly kind: 'index' | 'constraint'
  readonly relation: string
  readonly name: string
  readonly definition: string
}

/**
 * Takes keys and indexes off our ordinary tables and answers what puts them back: sorting once
 * after all rows are there is several times faster than keeping an index in order for each of them.
 * Partitioned tables keep all but their references. Checks and `not null` stay and hold for each
 * row as it comes.
 */
export async function bareTables(tx: Tx): Promise<() => Promise<void>> {
  const parts = await tx<Part[]>`
    with own as (
      select c.oid, relkind, format('%I.%I', nspname, relname) as relation
      from pg_class c join pg_namespace n on n.oid = relnamespace
      where relkind in ('r', 'p') and not relispartition
        and relowner = (select oid from pg_roles where rolname = current_user)
    )
    select 'constraint' as kind, relation, quote_ident(conname) as name,
      pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join own on own.oid = conrelid
    where conparentid = 0 and (contype = 'f' or (contype in ('p', 'u', 'x') and relkind = 'r'))
    -- References go first and come back last.
    order by contype <> 'f', relation, conname`
  const indexes = await tx<Part[]>`
    select 'index' as kind, format('%I.%I', nspname, relname) as relation,
      format('%I.%I', nspname, relname) as name, pg_get_indexdef(indexrelid) as definition
    from pg_index i join pg_class c on c.oid = indexrelid
      join pg_namespace n on n.oid = relnamespace
    where relkind = 'i' and not relispartition and nspname <> 'pg_toast'
      and relowner = (select oid from pg_roles where rolname = current_user)
      and not exists (select from pg_constraint where conindid = indexrelid)
    order by nspname, relname`
  for (const { relation, name } of parts) {
    await tx.unsafe(`alter table ${relation} drop constraint ${name}`)
  }
  for (const { name } of indexes) await tx.unsafe(`drop index ${name}`)
  return async () => {
    for (const { relation, name, definition } of parts.toReversed()) {
      await tx.unsafe(`alter table ${relation} add constraint ${name} ${definition}`)
    }
    for (const { definition } of indexes) await tx.unsafe(definition)
  }
}
