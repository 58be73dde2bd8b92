import type { Node } from 'oxc-parser'
import { type Ban, isTest, matchesGlob, type Plan } from '../plan.ts'
import { perCodeFile, type Rule } from '../rule.ts'
import type { SourceFile } from '../source-tree.ts'
import { dottedName, importsOf, type Placed, type Syntax } from '../syntax.ts'

/** Clock, randomness, environment, network and files are used in the files the plan names. */
export const bannedCalls = perCodeFile('banned-calls', (file, plan) =>
  plan.banned
    .filter((ban) => applies(ban, file) && !isAllowed(ban, file.path))
    .flatMap((ban) =>
      usesOf(ban, file.syntax()).map((at) => ({ at, message: `${ban.find}: ${ban.why}` })),
    ),
)

/** An allowance that no file needs any more is taken out of the plan. */
export const staleAllowance: Rule = {
  name: 'stale-allowance',
  check: (files, plan) =>
    plan.banned.flatMap((ban) =>
      ban.allowed
        .filter((allowance) => !isNeeded(files, ban, allowance.files))
        .map((allowance) => ({
          path: 'architecture.json',
          line: 1,
          message: `${ban.find} is allowed in ${allowance.files}, where nothing uses it`,
        })),
    ),
}

function isNeeded(files: readonly SourceFile[], ban: Ban, glob: string): boolean {
  return files.some(
    (file) => file.isCode && matchesGlob(file.path, glob) && usesOf(ban, file.syntax()).length > 0,
  )
}

function applies(ban: Ban, file: SourceFile): boolean {
  if (ban.inTests === true) return !file.path.startsWith('bin/')
  return file.path.startsWith('src/') && !isTest(file.path)
}

function isAllowed(ban: Plan['banned'][number], path: string): boolean {
  return ban.allowed.some(({ files }) => matchesGlob(path, files))
}

/** Offsets at which a file uses what is banned. */
function usesOf({ find }: Ban, syntax: Syntax): number[] {
  const [kind, ...rest] = find.split(':')
  const name = rest.join(':')
  if (kind === 'module') {
    return importsOf(syntax)
      .filter(({ specifier }) => isModule(specifier, name))
      .map(({ start }) => start)
  }
  const isUse = finders[kind ?? '']
  if (isUse === undefined) throw new Error(`architecture.json: unknown ban ${find}`)
  return syntax.nodes.filter((placed) => isUse(placed, name)).map(({ node }) => node.start)
}

/** `node:fs` also covers `fs` and `node:fs/promises`. */
function isModule(specifier: string, name: string): boolean {
  const plain = specifier.replace(/^node:/, '')
  const banned = name.replace(/^node:/, '')
  return plain === banned || plain.startsWith(`${banned}/`)
}

const finders: Record<string, (placed: Placed, name: string) => boolean> = {
  member: ({ node }, name) =>
    (node.type === 'MemberExpression' && dottedName(node) === name) || takesApart(node, name),
  call: ({ node }, name) =>
    (node.type === 'CallExpression' && dottedName(node.callee) === name) ||
    (node.type === 'MemberExpression' && dottedName(node) === `window.${name}`),
  /** Any mention, as a variable, a property or an import. */
  name: ({ node }, name) => node.type === 'Identifier' && node.name === name,
  now: ({ node }, name) =>
    (node.type === 'NewExpression' || node.type === 'CallExpression') &&
    dottedName(node.callee) === name &&
    (node.arguments.length === 0 || node.type === 'CallExpression'),
}

/** `const { env } = process` is a use of `process.env`. */
function takesApart(node: Node, name: string): boolean {
  if (node.type !== 'VariableDeclarator' || node.id.type !== 'ObjectPattern') return false
  if (node.init === null) return false
  const object = dottedName(node.init)
  return node.id.properties.some(
    (property) =>
      property.type === 'Property' &&
      property.key.type === 'Identifier' &&
      `${object}.${property.key.name}` === name,
  )
}
