import type { Sql } from './pool.ts'

/** What the catalog says about our schemas; each list is in the order it is written in. */
export interface Catalog {
  readonly schemas: readonly { readonly name: string }[]
  readonly grants: readonly Grant[]
  readonly types: readonly { readonly schema: string; readonly definition: string }[]
  readonly relations: readonly Relation[]
  /** Columns and constraints, as lines of `create table`. */
  readonly lines: readonly { readonly relation: number; readonly line: string }[]
  /** Whole statements about a relation: indexes, triggers, comments, policies. */
  readonly extras: readonly { readonly relation: number; readonly statement: string }[]
  readonly routines: readonly Routine[]
}

export interface Grant {
  /** `schema wallet`, `table wallet.customer`, `function …`. */
  readonly object: string
  readonly grantee: string
  readonly privileges: string
}

export interface Relation {
  readonly id: number
  readonly schema: string
  readonly name: string
  readonly kind: 'table' | 'partitioned' | 'view' | 'materialized' | 'sequence'
  readonly unlogged: boolean
  readonly options: string | null
  readonly partitionKey: string | null
  readonly partitionOf: string | null
  readonly definition: string | null
}

export interface Routine {
  readonly schema: string
  readonly identity: string
  readonly definition: string
}

export async function readCatalog(sql: Sql): Promise<Catalog> {
  return {
    schemas: await sql<{ name: string }[]>`
      select nspname as name from pg_namespace where ${ours(sql)} order by nspname`,
    grants: await readGrants(sql),
    types: await readTypes(sql),
    relations: await readRelations(sql),
    lines: [...(await readColumns(sql)), ...(await readConstraints(sql))],
    extras: await readExtras(sql),
    routines: await sql<Routine[]>`
      select n.nspname as schema, p.oid::regprocedure::text as identity,
        pg_get_functiondef(p.oid) as definition
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where ${ours(sql)} and p.prokind in ('f', 'p')
      order by nspname, p.oid::regprocedure::text collate "C"`,
  }
}

/** `public` is every database's; it counts as soon as somebody puts something into it. */
function ours(sql: Sql) {
  return sql`
    nspname !~ '^pg_' and nspname <> 'information_schema' and (nspname <> 'public' or exists (
      select from pg_class where relnamespace = 'public'::regnamespace))`
}

function readGrants(sql: Sql): Promise<readonly Grant[]> {
  return sql<Grant[]>`
    with object (description, acl, owner) as (
      select format('schema %I', nspname), nspacl, nspowner from pg_namespace where ${ours(sql)}
      union all
      select format('%s %I.%I', case when relkind = 'S' then 'sequence' else 'table' end,
        nspname, relname), relacl, relowner
      from pg_class join pg_namespace n on n.oid = relnamespace where ${ours(sql)}
      union all
      select format('table %I.%I (%I)', nspname, relname, attname), attacl, relowner
      from pg_attribute join pg_class c on c.oid = attrelid
        join pg_namespace n on n.oid = relnamespace where ${ours(sql)}
      union all
      select format('function %s', p.oid::regprocedure),
        coalesce(proacl, acldefault('f', proowner)), proowner
      from pg_proc p join pg_namespace n on n.oid = pronamespace where ${ours(sql)}
      union all
      select format('type %I.%I', nspname, typname), typacl, typowner
      from pg_type join pg_namespace n on n.oid = typnamespace where ${ours(sql)}
    )
    select description as object, coalesce(rolname, 'public') as grantee,
      string_agg(lower(privilege_type), ', ' order by privilege_type collate "C") as privileges
    from object, aclexplode(acl) left join pg_roles r on r.oid = grantee
    where grantee <> owner
    group by description, rolname order by description collate "C", rolname`
}

function readTypes(sql: Sql): Promise<Catalog['types']> {
  return sql<{ schema: string; definition: string }[]>`
    select nspname as schema, case typtype
      when 'e' then format('create type %I.%I as enum (%s)', nspname, typname, (
        select string_agg(quote_literal(enumlabel), ', ' order by enumsortorder)
        from pg_enum where enumtypid = t.oid))
      else format('create domain %I.%I as %s%s%s', nspname, typname,
        format_type(typbasetype, typtypmod), case when typnotnull then ' not null' else '' end, (
          select string_agg(format(' constraint %I %s', conname, pg_get_constraintdef(k.oid)), ''
            order by conname) from pg_constraint k where contypid = t.oid and contype = 'c')) end
      as definition
    from pg_type t join pg_namespace n on n.oid = typnamespace
    where ${ours(sql)} and typtype in ('e', 'd') order by nspname, typname`
}

function readRelations(sql: Sql): Promise<readonly Relation[]> {
  return sql<Relation[]>`
    select c.oid::int as id, nspname as schema, relname as name, relpersistence = 'u' as unlogged,
      case relkind when 'r' then 'table' when 'p' then 'partitioned' when 'v' then 'view'
        when 'm' then 'materialized' else 'sequence' end as kind,
      array_to_string(reloptions, ', ') as options,
      pg_get_partkeydef(c.oid) as "partitionKey",
      (select format('%s %s', inhparent::regclass, pg_get_expr(c.relpartbound, c.oid))
        from pg_inherits where inhrelid = c.oid) as "partitionOf",
      case when relkind in ('v', 'm') then pg_get_viewdef(c.oid) when relkind = 'S' then (
        select format('as %s increment %s cache %s', format_type(seqtypid, null), seqincrement,
          seqcache) from pg_sequence where seqrelid = c.oid) end as definition
    from pg_class c join pg_namespace n on n.oid = relnamespace
    where ${ours(sql)} and relkind in ('r', 'p', 'v', 'm', 'S')
      -- The sequence of an identity column is part of its column.
      and not exists (select from pg_depend where objid = c.oid and deptype = 'i'
        and classid = 'pg_class'::regclass and relkind = 'S')
    order by nspname, relname`
}

type Lines = Promise<Catalog['lines']>

function readColumns(sql: Sql): Lines {
  return sql<{ relation: number; line: string }[]>`
    select c.oid::int as relation, concat(quote_ident(attname), ' ',
      format_type(atttypid, atttypmod),
      case when attcollation <> typcollation then ' collate ' || attcollation::regcollation end,
      case when attnotnull then ' not null' end,
      case attidentity when 'a' then ' generated always as identity'
        when 'd' then ' generated by default as identity' end,
      case attgenerated
        when 's' then format(' generated always as (%s) stored', pg_get_expr(adbin, adrelid))
        when 'v' then format(' generated always as (%s) virtual', pg_get_expr(adbin, adrelid))
        else ' default ' || pg_get_expr(adbin, adrelid) end) as line
    from pg_attribute a join pg_class c on c.oid = attrelid
      join pg_namespace n on n.oid = relnamespace join pg_type t on t.oid = atttypid
      left join pg_attrdef d on adrelid = attrelid and adnum = attnum
    where ${ours(sql)} and relkind in ('r', 'p') and attnum > 0 and not attisdropped
    order by c.oid, attnum`
}

/** `not null` constraints (rows of their own since PostgreSQL 18) are said with the column. */
function readConstraints(sql: Sql): Lines {
  return sql<{ relation: number; line: string }[]>`
    select conrelid::int as relation,
      format('constraint %I %s', conname, pg_get_constraintdef(k.oid)) as line
    from pg_constraint k join pg_class c on c.oid = conrelid
      join pg_namespace n on n.oid = relnamespace
    where ${ours(sql)} and contype <> 'n' and conparentid = 0
    order by conrelid, contype <> 'p', conname`
}

function readExtras(sql: Sql): Promise<Catalog['extras']> {
  return sql<{ relation: number; statement: string }[]>`
    with extra (relation, rank, name, statement) as (
      select indrelid, 1, indexrelid::regclass::text, pg_get_indexdef(indexrelid)
      from pg_index where not exists (select from pg_constraint where conindid = indexrelid)
      union all
      select tgrelid, 2, tgname::text, pg_get_triggerdef(oid) from pg_trigger
      where not tgisinternal
      union all
      select polrelid, 3, polname::text, format('create policy %I (%s)', polname,
        pg_get_expr(polqual, polrelid)) from pg_policy
      union all
      select objoid, 4, objsubid::text, format('comment on %s %s is %L',
        case when objsubid = 0 then 'table' else 'column' end,
        objoid::regclass || coalesce('.' || (select quote_ident(attname) from pg_attribute
          where attrelid = objoid and attnum = objsubid and objsubid > 0), ''), description)
      from pg_description where classoid = 'pg_class'::regclass
    )
    select relation::int, statement from extra join pg_class c on c.oid = relation
      join pg_namespace n on n.oid = relnamespace
    where ${ours(sql)} and relkind in ('r', 'p', 'v', 'm', 'S')
    order by relation, rank, name collate "C"`
}
