import type { ASTNode } from '@marcbachmann/cel-js'
import { InvariantError } from '#kernel'
import type { FactName, Facts } from './facts.ts'

/** Computes one node; what it answers has the type that the checker found. */
type Compute = (facts: Facts) => unknown

/**
 * A checked condition as closures over the facts, five times as fast as walking its tree; null:
 * it holds something we leave to the CEL evaluator (calls, macros, maps). The tree must have
 * passed the type check: operands then are of one type, and JavaScript's operators mean the same.
 * A computed condition throws InvariantError when a fact is missing, as the evaluator does.
 */
export function compileCondition(
  tree: ASTNode,
  parameters: Readonly<Record<string, number>>,
): ((facts: Facts) => boolean) | null {
  const compute = compile(tree, parameters)
  return compute === null ? null : (facts) => compute(facts) === true
}

function compile(node: ASTNode, parameters: Readonly<Record<string, number>>): Compute | null {
  switch (node.op) {
    case 'value':
      return literal(node.args)
    case 'id':
      return named(node.args, parameters)
    case '!_': {
      const inner = compile(node.args, parameters)
      return inner && ((facts) => inner(facts) !== true)
    }
    case '-_': {
      const inner = compile(node.args, parameters) as Numeric | null
      return inner && ((facts) => -inner(facts))
    }
    case '?:': {
      const [test, yes, no] = node.args.map((each) => compile(each, parameters))
      if (!test || !yes || !no) return null
      return (facts) => (test(facts) === true ? yes(facts) : no(facts))
    }
    case 'in':
      return membership(node.args, parameters)
    default:
      return binary(node, parameters)
  }
}

function literal(value: unknown): Compute | null {
  // Whole literals count in integers (7 / 2 is 3): they stand only where they are compared.
  if (!['number', 'string', 'boolean'].includes(typeof value)) return null
  return () => value
}

/** One side of `<`: there a whole literal is as good as a double. */
function compared(node: ASTNode, parameters: Readonly<Record<string, number>>): Compute | null {
  if (node.op !== 'value' || typeof node.args !== 'bigint') return compile(node, parameters)
  const whole = Number(node.args)
  return Number.isSafeInteger(whole) ? () => whole : null
}

function named(name: string, parameters: Readonly<Record<string, number>>): Compute {
  if (Object.hasOwn(parameters, name)) {
    const value = parameters[name]
    return () => value
  }
  return (facts) => {
    const value = facts[name as FactName] as unknown
    if (value === undefined) throw new InvariantError(`no fact ${name}`)
    return value
  }
}

/** `x in [a, b]`: literals only. */
function membership(
  [item, list]: readonly [ASTNode, ASTNode],
  parameters: Readonly<Record<string, number>>,
): Compute | null {
  const wanted = compile(item, parameters)
  if (wanted === null || list.op !== 'list') return null
  if (!list.args.every(({ op }) => op === 'value')) return null
  const values = list.args.map(({ args }) => args as unknown)
  if (values.some((value) => typeof value !== 'string')) return null
  return (facts) => values.includes(wanted(facts))
}

const comparisons: ReadonlySet<string> = new Set(['<', '<=', '>', '>='])

type Numeric = (facts: Facts) => number

function binary(node: ASTNode, parameters: Readonly<Record<string, number>>): Compute | null {
  const operands = node.args as unknown
  if (!Array.isArray(operands) || operands.length !== 2) return null
  const [left, right] = operands as [ASTNode, ASTNode]
  if (typeof left !== 'object' || typeof right !== 'object') return null
  const side = comparisons.has(node.op) ? compared : compile
  const a = side(left, parameters)
  const b = side(right, parameters)
  if (a === null || b === null) return null
  return logical(node.op, a, b) ?? relational(node.op, a as Numeric, b as Numeric)
}

function logical(op: string, a: Compute, b: Compute): Compute | null {
  switch (op) {
    case '&&':
      return (facts) => a(facts) === true && b(facts) === true
    case '||':
      return (facts) => a(facts) === true || b(facts) === true
    case '==':
      return (facts) => a(facts) === b(facts)
    case '!=':
      return (facts) => a(facts) !== b(facts)
    default:
      return null
  }
}

function relational(op: string, a: Numeric, b: Numeric): Compute | null {
  switch (op) {
    case '<':
      return (facts) => a(facts) < b(facts)
    case '<=':
      return (facts) => a(facts) <= b(facts)
    case '>':
      return (facts) => a(facts) > b(facts)
    case '>=':
      return (facts) => a(facts) >= b(facts)
    case '+':
      return (facts) => a(facts) + b(facts)
    case '-':
      return (facts) => a(facts) - b(facts)
    case '*':
      return (facts) => a(facts) * b(facts)
    case '/':
      return (facts) => a(facts) / b(facts)
    default:
      return null
  }
}
