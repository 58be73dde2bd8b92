import { Environment } from '@marcbachmann/cel-js'
import type { TopLevelCondition, RuleProperties } from 'json-rules-engine'
import { required } from '#kernel'
import type { PolicyDocument, PolicyRule } from '#risk'

/** A rule's condition, parsed, with the policy's numbers in the places of their names. */
type Condition =
  | { readonly op: 'all' | 'any'; readonly parts: readonly [Condition, Condition] }
  | { readonly op: 'not'; readonly part: Condition }
  | { readonly op: 'holds'; readonly fact: string; readonly by: Comparison; readonly value: Value }

type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in'
type Value = string | number | boolean | readonly string[]

const inJson: Readonly<Record<Comparison, string>> = {
  '==': 'equal',
  '!=': 'notEqual',
  '<': 'lessThan',
  '<=': 'lessThanInclusive',
  '>': 'greaterThan',
  '>=': 'greaterThanInclusive',
  in: 'in',
}

type Node = { readonly op: string; readonly args: unknown }

function conditionOf(node: Node, parameters: Readonly<Record<string, number>>): Condition {
  const { op, args } = node
  const deeper = (part: unknown) => conditionOf(part as Node, parameters)
  if (op === 'id') return { op: 'holds', fact: String(args), by: '==', value: true }
  if (op === '!_') return { op: 'not', part: deeper(args) }
  const [left, right] = args as [Node, Node]
  if (op === '&&') return { op: 'all', parts: [deeper(left), deeper(right)] }
  if (op === '||') return { op: 'any', parts: [deeper(left), deeper(right)] }
  if (!(op in inJson) || left.op !== 'id') throw new Error(`cannot translate ${op}`)
  return {
    op: 'holds',
    fact: String(left.args),
    by: op as Comparison,
    value: valueOf(right, parameters),
  }
}

function valueOf({ op, args }: Node, parameters: Readonly<Record<string, number>>): Value {
  if (op === 'id') return required(parameters[String(args)], String(args))
  if (op === 'list') return (args as Node[]).map(({ args: item }) => String(item))
  return typeof args === 'string' ? args : Number(args)
}

function parse(rule: PolicyRule, { parameters }: PolicyDocument): Condition {
  const environment = new Environment({ unlistedVariablesAreDyn: true })
  const asked: Condition = { op: 'holds', fact: 'step', by: 'in', value: rule.steps }
  const { ast } = environment.parse(rule.when)
  return { op: 'all', parts: [asked, conditionOf(ast, parameters)] }
}

/** The rules for json-rules-engine; the event's type is the rule's id. */
export function jsonRules(document: PolicyDocument): RuleProperties[] {
  return document.rules.map((rule) => ({
    conditions: jsonOf(parse(rule, document)) as TopLevelCondition,
    event: { type: rule.id },
    name: rule.id,
  }))
}

function jsonOf(condition: Condition): object {
  if (condition.op === 'holds') {
    const { fact, by, value } = condition
    return { fact, operator: inJson[by], value }
  }
  if (condition.op === 'not') return { not: jsonOf(condition.part) }
  return { [condition.op]: condition.parts.map(jsonOf) }
}

/** One decision of zen-engine with an expression per rule: its answer is rule by rule yes or no. */
export function zenDecision(document: PolicyDocument): object {
  const expressions = document.rules.map((rule) => ({
    id: rule.id,
    key: keyInZen(rule.id),
    value: zenOf(parse(rule, document)),
  }))
  const position = { x: 0, y: 0 }
  return {
    contentType: 'application/vnd.gorules.decision',
    nodes: [
      { id: 'in', type: 'inputNode', name: 'in', position, content: {} },
      { id: 'rules', type: 'expressionNode', name: 'rules', position, content: { expressions } },
      { id: 'out', type: 'outputNode', name: 'out', position, content: {} },
    ],
    edges: [
      { id: 'a', type: 'edge', sourceId: 'in', targetId: 'rules' },
      { id: 'b', type: 'edge', sourceId: 'rules', targetId: 'out' },
    ],
  }
}

export function keyInZen(rule: string): string {
  return rule.replaceAll('-', '_')
}

function zenOf(condition: Condition): string {
  if (condition.op === 'holds') {
    const { fact, by, value } = condition
    return value === true ? fact : `${fact} ${by} ${JSON.stringify(value)}`
  }
  if (condition.op === 'not') return `not (${zenOf(condition.part)})`
  const [left, right] = condition.parts.map(zenOf)
  return `(${left} ${condition.op === 'all' ? 'and' : 'or'} ${right})`
}
