import { type Node, parseSync, visitorKeys } from 'oxc-parser'

/** One change of one place: the text between `start` and `end` becomes `replacement`. */
export interface Mutant {
  readonly start: number
  readonly end: number
  readonly line: number
  readonly replacement: string
  readonly what: string
}

type Found = Omit<Mutant, 'line' | 'what'>

/** What stands for each operator: its boundary or its opposite. */
const operators: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '&&': ['||'],
  '||': ['&&'],
  '+=': ['-='],
  '-=': ['+='],
}

/** Kept although their types begin with TS: they have a value, the rest is gone at run time. */
const valued = new Set(['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression'])

/**
 * Every mutant of a file, in its order: operators (comparison, arithmetic, logic), negated
 * conditions, boolean literals, bigint constants one up, signs and `!` dropped, statements
 * removed. SQL (tagged templates), types and imports are left alone.
 */
export function mutantsOf(path: string, text: string): Mutant[] {
  const found: Found[] = []
  walk(parseSync(path, text).program, (node) => found.push(...mutationsOf(node, text)))
  found.sort((a, b) => a.start - b.start || a.end - b.end)
  return found.map((each) => {
    const line = text.slice(0, each.start).split('\n').length
    const was = text.slice(each.start, each.end).replaceAll(/\s+/g, ' ').trim()
    return { ...each, line, what: `${shortened(was)} -> ${each.replacement || 'nothing'}` }
  })
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

function walk(node: Node, see: (node: Node) => void): void {
  if (node.type.startsWith('TS') && !valued.has(node.type)) return
  if (node.type === 'TaggedTemplateExpression' || node.type === 'ImportDeclaration') return
  see(node)
  const children = node as unknown as Record<string, unknown>
  for (const key of visitorKeys[node.type] ?? []) {
    const child = children[key]
    for (const item of Array.isArray(child) ? (child as unknown[]) : [child]) {
      if (isNode(item)) walk(item, see)
    }
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value
}

function mutationsOf(node: Node, text: string): Found[] {
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
    case 'AssignmentExpression':
      return operatorOf(node, text)
    case 'IfStatement':
    case 'ConditionalExpression':
      return [negated(node.test, text)]
    case 'UnaryExpression':
      return node.operator === '!' || node.operator === '-'
        ? [{ start: node.start, end: node.start + 1, replacement: '' }]
        : []
    case 'Literal':
      return literal(node)
    case 'ExpressionStatement':
      return 'directive' in node ? [] : [{ start: node.start, end: node.end, replacement: ';' }]
    default:
      return []
  }
}

function operatorOf(
  { left, right, operator }: { left: Node; right: Node; operator: string },
  text: string,
): Found[] {
  const start = text.indexOf(operator, left.end)
  if (operator === '+' && (isText(left) || isText(right))) return []
  if (start === -1 || start >= right.start) return []
  const end = start + operator.length
  return (operators[operator] ?? []).map((replacement) => ({ start, end, replacement }))
}

function negated({ start, end }: Node, text: string): Found {
  return { start, end, replacement: `!(${text.slice(start, end)})` }
}

function literal({ start, end, value }: Node & { type: 'Literal' }): Found[] {
  if (typeof value === 'boolean') return [{ start, end, replacement: String(!value) }]
  return typeof value === 'bigint' ? [{ start, end, replacement: `${value + 1n}n` }] : []
}

/** Sums of text are words for people, not arithmetic. */
function isText(node: Node): boolean {
  if (node.type === 'TemplateLiteral') return true
  return node.type === 'Literal' && typeof node.value === 'string'
}
