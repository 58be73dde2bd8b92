import { type Catalog, type Relation, readCatalog } from './catalog.ts'
import type { Sql } from './pool.ts'

const heading = `-- The whole schema, for review: what the migrations make of an empty database.
-- Written by Coffer's own catalog query (src/database) and compared in a test: do not edit.`

/**
 * The schema as stable SQL text: every object of our schemas with its columns, constraints,
 * indexes, functions and grants, sorted by name. The same migrations give the same text.
 */
export async function describeSchema(sql: Sql): Promise<string> {
  const catalog = await readCatalog(sql)
  const parts = catalog.schemas.flatMap(({ name }) => describeOne(catalog, name))
  return `${[heading, ...parts].join('\n\n')}\n`
}

function describeOne(catalog: Catalog, schema: string): readonly string[] {
  const own = <T extends { readonly schema: string }>(list: readonly T[]) =>
    list.filter((item) => item.schema === schema)
  return [
    [`create schema ${schema};`, ...grantsOn(catalog, `schema ${schema}`)].join('\n'),
    ...own(catalog.types).map(({ definition }) => `${definition};`),
    ...own(catalog.relations).map((relation) => describeRelation(catalog, relation)),
    ...own(catalog.routines).map(({ definition, identity }) =>
      [`${definition.trimEnd()};`, ...grantsOn(catalog, `function ${identity}`)].join('\n'),
    ),
  ]
}

function describeRelation(catalog: Catalog, relation: Relation): string {
  const extras = catalog.extras.filter((extra) => extra.relation === relation.id)
  const name = `${relation.schema}.${relation.name}`
  const object = relation.kind === 'sequence' ? `sequence ${name}` : `table ${name}`
  return [
    `${definitionOf(catalog, relation, name)};`,
    ...extras.map(({ statement }) => `${statement};`),
    ...grantsOn(catalog, object),
  ].join('\n')
}

function definitionOf(catalog: Catalog, relation: Relation, name: string): string {
  const { kind, definition, options, partitionKey, partitionOf, unlogged } = relation
  if (kind === 'sequence') return `create sequence ${name} ${definition ?? ''}`.trimEnd()
  if (kind === 'view' || kind === 'materialized') {
    const what = kind === 'view' ? 'view' : 'materialized view'
    return `create ${what} ${name} as\n${(definition ?? '').replace(/;\s*$/, '')}`
  }
  const own = catalog.lines.filter((item) => item.relation === relation.id)
  const lines = own.map(({ line }) => `  ${line}`).join(',\n')
  return [
    `create ${unlogged ? 'unlogged ' : ''}table ${name} (\n${lines}\n)`,
    ...(partitionOf === null ? [] : [`-- partition of ${partitionOf}\n`]),
    ...(partitionKey === null ? [] : [`partition by ${partitionKey}`]),
    ...(options === null ? [] : [`with (${options})`]),
  ].join(' ')
}

/** Column grants are rows of the same catalog: `table a.b (c)` belongs to `table a.b`. */
function grantsOn(catalog: Catalog, object: string): readonly string[] {
  return catalog.grants
    .filter((grant) => grant.object === object || grant.object.startsWith(`${object} (`))
    .map((grant) => `grant ${grant.privileges} on ${grant.object} to ${grant.grantee};`)
}
