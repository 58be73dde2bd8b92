import { type Comment, type Node, parseSync, visitorKeys } from 'oxc-parser'

/** A node with the nodes around it, nearest last. */
export interface Placed {
  node: Node
  parents: readonly Node[]
}

/** What the rules need to know of a file's syntax. */
export interface Syntax {
  nodes: Placed[]
  comments: Comment[]
  /** Top-level statements. */
  statements: Node[]
  /** Why the file could not be parsed; nodes may be missing then. */
  errors: string[]
}

export function parse(path: string, text: string): Syntax {
  const result = parseSync(path, text)
  const nodes: Placed[] = []
  visit(result.program, [], nodes)
  return {
    nodes,
    comments: result.comments,
    statements: result.program.body,
    errors: result.errors.map((error) => error.message),
  }
}

function visit(node: Node, parents: readonly Node[], into: Placed[]): void {
  into.push({ node, parents })
  const around = [...parents, node]
  const children = node as unknown as Record<string, unknown>
  for (const key of visitorKeys[node.type] ?? []) {
    const child = children[key]
    for (const item of Array.isArray(child) ? (child as unknown[]) : [child]) {
      if (isNode(item)) visit(item, around, into)
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value
}

/** A module that a file names, in any form: import, re-export, `import()`, `import('x').T`. */
export interface Import {
  specifier: string
  start: number
  /** `import type`: gone when the program runs. */
  isType: boolean
}

export function importsOf(syntax: Syntax): Import[] {
  return syntax.nodes.flatMap(({ node }) => {
    const source = sourceOf(node)
    if (source?.type !== 'Literal' || typeof source.value !== 'string') return []
    return [{ specifier: source.value, start: node.start, isType: isTypeOnly(node) }]
  })
}

function isTypeOnly(node: Node): boolean {
  if (node.type === 'ImportDeclaration') return node.importKind === 'type'
  if (node.type === 'ExportNamedDeclaration') return node.exportKind === 'type'
  return node.type === 'TSImportType'
}

function sourceOf(node: Node): Node | null | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return node.source
    default:
      return undefined
  }
}

/** A string or template in the code; `${…}` is kept as a space-separated `?`. */
export interface Text {
  value: string
  start: number
  /** The function it is handed to: `sql` for sql`…` and sql('…'). */
  tag: string | undefined
}

export function textsOf(syntax: Syntax): Text[] {
  return syntax.nodes.flatMap(({ node, parents }) => {
    if (node.type === 'Literal' && typeof node.value === 'string') {
      const caller = parents.at(-1)
      const tag = caller?.type === 'CallExpression' ? dottedName(caller.callee) : undefined
      return [{ value: node.value, start: node.start, tag }]
    }
    if (node.type !== 'TemplateLiteral') return []
    const value = node.quasis.map((part) => part.value.cooked ?? part.value.raw).join(' ? ')
    const parent = parents.at(-1)
    const tagged = parent?.type === 'TaggedTemplateExpression' ? dottedName(parent.tag) : undefined
    return [{ value, start: node.start, tag: tagged }]
  })
}

/** `a`, `a.b`, `globalThis.a` (as `a`); undefined for anything computed. */
export function dottedName(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name
  if (node.type === 'ChainExpression') return dottedName(node.expression)
  if (node.type !== 'MemberExpression') return undefined
  const object = dottedName(node.object)
  const property = propertyName(node.property)
  if (object === undefined || property === undefined) return undefined
  return object === 'globalThis' ? property : `${object}.${property}`
}

function propertyName(node: Node): string | undefined {
  if (node.type === 'Identifier') return node.name
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined
}
