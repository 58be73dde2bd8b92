import { factFields, type FactName, type Facts } from './facts.ts'

/** A condition's syntax tree as the CEL parser gives it. */
interface Node {
  readonly op: string
  readonly args: unknown
}

type Test = (facts: Facts) => boolean
type Constant = string | number | boolean

/**
 * The condition as nested closures, ten times as fast as the CEL evaluator, where it is made only
 * of `&&`, `||`, `!`, flags, comparisons of a fact with a constant and `in` a list of words: all
 * rules that come with the program are. null: anything else, for the evaluator. The condition has
 * been type-checked before; a fact that is missing throws here as it does there.
 */
export function quickCondition(
  ast: unknown,
  parameters: Readonly<Record<string, number>>,
): Test | null {
  const { op, args } = ast as Node
  switch (op) {
    case '&&':
    case '||': {
      const [left, right] = (args as [unknown, unknown]).map((part) =>
        quickCondition(part, parameters),
      )
      if (left === null || right === null || left === undefined || right === undefined) return null
      return op === '&&'
        ? (facts) => left(facts) && right(facts)
        : (facts) => left(facts) || right(facts)
    }
    case '!_': {
      const inner = quickCondition(args, parameters)
      return inner === null ? null : (facts) => !inner(facts)
    }
    case 'id':
      return isFact(args) ? (facts) => valueOf(facts, args) === true : null
    default:
      return comparison({ op, args }, parameters)
  }
}

function comparison({ op, args }: Node, parameters: Readonly<Record<string, number>>): Test | null {
  if (!Array.isArray(args) || args.length !== 2) return null
  const [left, right] = args as [Node, Node]
  const fact = left.op === 'id' ? left.args : null
  if (!isFact(fact)) return null
  if (op === 'in') return wordIn(fact, right)
  const limit = constantOf(right, parameters)
  if (limit === null) return null
  if (op === '==') return (facts) => valueOf(facts, fact) === limit
  if (op === '!=') return (facts) => valueOf(facts, fact) !== limit
  if (typeof limit !== 'number') return null
  if (op === '<') return (facts) => Number(valueOf(facts, fact)) < limit
  if (op === '<=') return (facts) => Number(valueOf(facts, fact)) <= limit
  if (op === '>') return (facts) => Number(valueOf(facts, fact)) > limit
  return op === '>=' ? (facts) => Number(valueOf(facts, fact)) >= limit : null
}

function wordIn(fact: FactName, { op, args }: Node): Test | null {
  if (op !== 'list' || !Array.isArray(args)) return null
  const words = (args as Node[]).map((item) => constantOf(item, {}))
  if (words.some((word) => typeof word !== 'string')) return null
  return (facts) => words.includes(valueOf(facts, fact))
}

function constantOf(
  { op, args }: Node,
  parameters: Readonly<Record<string, number>>,
): Constant | null {
  if (op === 'id') return parameters[String(args)] ?? null
  if (op !== 'value') return null
  if (typeof args === 'bigint') return Number(args)
  return typeof args === 'string' || typeof args === 'number' || typeof args === 'boolean'
    ? args
    : null
}

function isFact(name: unknown): name is FactName {
  return typeof name === 'string' && Object.hasOwn(factFields, name)
}

function valueOf(facts: Facts, name: FactName): Constant {
  const value = facts[name] as Constant | undefined
  if (value === undefined) throw new TypeError(`fact ${name} is missing`)
  return value
}
