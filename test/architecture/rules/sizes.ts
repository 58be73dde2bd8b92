import type { ArrowFunctionExpression, Function as FunctionLike, Node } from 'oxc-parser'
import { perCodeFile, type Rule } from '../rule.ts'
import type { SourceFile } from '../source-tree.ts'
import { dottedName, type Placed } from '../syntax.ts'

const testCalls = /^(\w+\.)?(describe|suite|it|test)$/
const measured = /\.(ts|tsx|js|css|sql)$/
/** Written by a program, read as a diff. */
const generated = /(^|\/)schema\.sql$/

export const fileLines: Rule = {
  name: 'file-lines',
  check: (files, { limits }) =>
    files
      .filter(({ path, lines }) => isMeasured(path) && lines.length > limits.fileLines)
      .map(({ path, lines }) => ({
        path,
        line: 1,
        message: `${lines.length} lines; at most ${limits.fileLines}`,
      })),
}

export const columns: Rule = {
  name: 'columns',
  check: (files, { limits }) =>
    files
      .filter(({ path }) => isMeasured(path))
      .flatMap(({ path, lines }) =>
        lines.flatMap((text, index) => {
          const width = [...text].length
          if (width <= limits.columns) return []
          return [{ path, line: index + 1, message: `${width} columns; at most ${limits.columns}` }]
        }),
      ),
}

function isMeasured(path: string): boolean {
  return measured.test(path) && !generated.test(path)
}

export const functionLines = perCodeFile('function-lines', (file, { limits }) =>
  file.syntax().nodes.flatMap((placed) => {
    const { node } = placed
    if (!isFunction(node)) return []
    const parts = partsOf(placed, file.syntax().nodes)
    const size = linesOf(file, node) - parts.reduce((sum, part) => sum + linesOf(file, part), 0)
    if (size <= limits.functionLines) return []
    const message = `${nameOf(placed)} has ${size} lines; at most ${limits.functionLines}`
    return [{ at: node.start, message }]
  }),
)

export const positionalParameters = perCodeFile('positional-parameters', (file, { limits }) =>
  file.syntax().nodes.flatMap((placed) => {
    const { node } = placed
    if (!isFunction(node)) return []
    const count = node.params.filter((param) => !isThis(param)).length
    if (count <= limits.positionalParameters) return []
    const most = `at most ${limits.positionalParameters}, then one options object`
    return [{ at: node.start, message: `${nameOf(placed)} takes ${count} parameters; ${most}` }]
  }),
)

function linesOf(file: SourceFile, node: Node): number {
  return file.lineOf(node.end) - file.lineOf(node.start) + 1
}

/**
 * The named functions inside a factory and the tests inside a suite: each is measured by itself, so
 * what holds them is not charged for them. Other callbacks written in place do count.
 */
function partsOf({ node }: Placed, nodes: readonly Placed[]): Node[] {
  return nodes
    .filter((part) => isFunction(part.node) && nearestFunction(part.parents) === node)
    .filter(({ node: part, parents }) => {
      const parent = parents.at(-1)
      if (parent?.type === 'CallExpression') return testCalls.test(dottedName(parent.callee) ?? '')
      return part.type === 'FunctionDeclaration' || parent?.type === 'Property'
    })
    .map((part) => part.node)
}

function nearestFunction(parents: readonly Node[]): Node | undefined {
  return parents.findLast(isFunction)
}

type FunctionNode = FunctionLike | ArrowFunctionExpression

function isFunction(node: Node): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  )
}

function isThis(param: Node): boolean {
  return param.type === 'Identifier' && param.name === 'this'
}

function nameOf({ node, parents }: Placed): string {
  if (node.type === 'FunctionDeclaration' && node.id !== null) return node.id.name
  const parent = parents.at(-1)
  if (parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier') {
    return parent.id.name
  }
  const isKeyed = parent?.type === 'Property' || parent?.type === 'MethodDefinition'
  return (isKeyed ? dottedName(parent.key) : undefined) ?? 'a function'
}
