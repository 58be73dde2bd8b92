import { allModules, isTest, moduleOf, type Plan } from '../plan.ts'
import { type Finding, perCodeFile, type Rule } from '../rule.ts'
import type { SourceFile } from '../source-tree.ts'
import { dottedName, textsOf } from '../syntax.ts'

/** Tags of the database client: sql`…`, tx`…`. */
const sqlTags = /^(.*\.)?(sql|tx|db)$/
const statement = new RegExp(
  [
    String.raw`\bselect\s[^]*\bfrom\s`,
    String.raw`\binsert\s+into\s`,
    String.raw`\bupdate\s+[\w."?]+(\s+\w+)?\s+set\s`,
    String.raw`\bdelete\s+from\s`,
    String.raw`\bwith\s+\w+\s+as\s*(materialized\s*)?\(`,
    String.raw`\btruncate\s+(table\s+)?\w+\.`,
    String.raw`\b(create|alter|drop)\s+(table|schema|index|role|type|sequence|view)\s`,
    String.raw`\bcopy\s+\w+\.`,
  ].join('|'),
  'i',
)

/** A piece of SQL and where it begins. */
interface Query {
  text: string
  at: number
}

export function queriesOf(file: SourceFile): Query[] {
  if (file.path.endsWith('.sql')) return [{ text: file.text, at: 0 }]
  if (!file.isCode) return []
  return textsOf(file.syntax())
    .filter(({ value, tag }) => (tag !== undefined && sqlTags.test(tag)) || looksLikeSql(value))
    .map(({ value, start }) => ({ text: value, at: start }))
}

/** Keywords in one case: "Select a payment from the list" on a screen is no query. */
function looksLikeSql(text: string): boolean {
  const match = statement.exec(text)
  if (match === null) return false
  const keyword = /^[a-z]+/i.exec(match[0])?.[0] ?? ''
  return keyword === keyword.toLowerCase() || keyword === keyword.toUpperCase()
}

/** Blanks comments and quoted strings, keeping every line where it was. */
function withoutComments(sql: string): string {
  return sql.replace(/--[^\n]*|\/\*[^]*?\*\/|'(?:[^']|'')*'/g, (piece) =>
    piece.replace(/[^\n]/g, ' '),
  )
}

/** SQL in a module names the module's own schema only. */
export const ownSchema: Rule = {
  name: 'own-schema',
  check(files, plan) {
    const named = schemaName(plan)
    return files.flatMap((file) => {
      const module = moduleOf(file.path)
      if (module === undefined || isTest(file.path)) return []
      return queriesOf(file).flatMap(({ text, at }) => {
        const bare = withoutComments(text)
        return [...bare.matchAll(named)]
          .filter((match) => match[1] !== module)
          .map((match) => ({
            path: file.path,
            line: file.lineOf(at) + linesBefore(bare, match.index),
            message: `SQL names schema ${match[1]}: only ${module}'s own tables may be named here`,
          }))
      })
    })
  },
}

function schemaName(plan: Plan): RegExp {
  return new RegExp(`(?<![\\w.$])"?(${allModules(plan).join('|')})"?\\s*\\.\\s*"?[a-z_*]`, 'g')
}

/** A module's migrations make one schema: named like the module. */
export const oneSchemaPerModule: Rule = {
  name: 'one-schema-per-module',
  check: (files) =>
    files.flatMap((file) => {
      const module = moduleOf(file.path)
      if (module === undefined || isTest(file.path)) return []
      return queriesOf(file).flatMap((query) => createdSchemas(file, module, query))
    }),
}

function createdSchemas(file: SourceFile, module: string, { text, at }: Query): Finding[] {
  const bare = withoutComments(text)
  return [...bare.matchAll(/\bcreate\s+schema\s+(?:if\s+not\s+exists\s+)?"?(\w+)/gi)]
    .filter((match) => match[1] !== module)
    .map((match) => ({
      path: file.path,
      line: file.lineOf(at) + linesBefore(bare, match.index),
      message: `makes schema ${match[1]}: the schema here is ${module}`,
    }))
}

/** A kind of record or log row is a table: it is named in the module's own schema. */
export const ownRecords = perCodeFile('own-records', (file) => {
  const module = moduleOf(file.path)
  if (module === undefined || isTest(file.path)) return []
  return file.syntax().nodes.flatMap(({ node, parents }) => {
    if (node.type !== 'Property' || dottedName(node.key) !== 'name') return []
    const call = parents.at(-2)
    if (call?.type !== 'CallExpression') return []
    if (!/^define(Record|Log)$/.test(dottedName(call.callee) ?? '')) return []
    const name = node.value.type === 'Literal' ? String(node.value.value) : ''
    if (name.startsWith(`${module}.`)) return []
    return [{ at: node.start, message: `'${name}' is no table of schema ${module}` }]
  })
})

/** Flows and faces hold no SQL at all. */
export const noSql = perCodeFile('no-sql', (file, plan) => {
  const module = moduleOf(file.path)
  if (module === undefined || isTest(file.path)) return []
  if (!plan.noSqlIn.modules.includes(module)) return []
  return queriesOf(file).map(({ at }) => ({
    at,
    message: `${module} holds no SQL: ${plan.noSqlIn.why}`,
  }))
})

function linesBefore(text: string, index: number): number {
  return text.slice(0, index).split('\n').length - 1
}
