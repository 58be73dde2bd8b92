import { fail, invariant, ok, sha256Hex, type Result } from '#kernel'
import { createConditionParser, type Condition } from './condition.ts'
import { factFields, type FactName } from './facts.ts'
import { outcomes, steps, type Step } from './outcome.ts'
import type { BoundModel } from './models/judge-by-model.ts'
import { policyModelFaults } from './models/policy-model-faults.ts'
import type { PolicyDocument, PolicyFault, PolicyRule, PolicyTypology } from './policy.ts'
import type { CompiledTypology } from './typology.ts'
import { typologyFaults } from './typology-faults.ts'

export interface CompiledRule {
  readonly rule: PolicyRule
  /** Position in the document: its bit in the stored hits. */
  readonly index: number
  readonly hits: Condition
}

/** A policy ready to decide. */
export interface CompiledPolicy {
  readonly version: string
  readonly document: PolicyDocument
  readonly rules: readonly CompiledRule[]
  readonly byStep: Readonly<Record<Step, readonly CompiledRule[]>>
  /** What is asked after the rules; null until `policyWithModel` says which. */
  readonly model: BoundModel | null
  readonly typologies: readonly CompiledTypology[]
}

/** Rule hits are stored as the bits of one int8. */
const mostRules = 63
const compiled = new Map<string, CompiledPolicy>()

/** Name and short hash of the content: the same content is the same version everywhere. */
export function policyVersion(document: PolicyDocument): string {
  return `${document.name}-${sha256Hex(canonical(document)).slice(0, 12)}`
}

/** JSON with sorted keys: jsonb does not keep their order. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`
}

/** Checks and compiles; the result is kept by version. Errors: every fault of the document. */
export function compilePolicy(
  document: PolicyDocument,
): Result<CompiledPolicy, readonly PolicyFault[]> {
  const version = policyVersion(document)
  const known = compiled.get(version)
  if (known !== undefined) return ok(known)
  const faults = faultsOf(document)
  if (faults.length > 0) return fail(faults)
  const parse = createConditionParser(document.parameters)
  const rules: CompiledRule[] = []
  for (const [index, rule] of document.rules.entries()) {
    const parsed = parse(rule.when)
    if (parsed.ok) rules.push({ rule, index, hits: parsed.value })
    else faults.push({ rule: rule.id, ...parsed.error })
  }
  const typologies = (document.typologies ?? []).flatMap((typology) => {
    const parsed = parse(typology.when)
    if (!parsed.ok) faults.push({ rule: typology.id, ...parsed.error })
    return parsed.ok ? [compiledTypology(typology, document, parsed.value)] : []
  })
  if (faults.length > 0) return fail(faults)
  const byStep = Object.fromEntries(
    steps.map((step) => [step, rules.filter(({ rule }) => rule.steps.includes(step))]),
  ) as Record<Step, CompiledRule[]>
  const policy: CompiledPolicy = { version, document, rules, byStep, typologies, model: null }
  compiled.set(version, policy)
  return ok(policy)
}

/** The compiled policy of a stored version: found without hashing once it is known. */
export function compiledPolicy(version: string, document: PolicyDocument): CompiledPolicy {
  const known = compiled.get(version)
  if (known !== undefined) return known
  const result = compilePolicy(document)
  invariant(result.ok, `policy ${version} does not compile: ${JSON.stringify(result)}`)
  invariant(result.value.version === version, `policy ${version} is ${result.value.version}`)
  return result.value
}

function faultsOf(document: PolicyDocument): PolicyFault[] {
  const faults: PolicyFault[] = []
  const complain = (rule: string | null, message: string): void => {
    faults.push({ rule, line: 1, column: 1, message })
  }
  for (const [name, value] of Object.entries(document.parameters)) {
    if (name in factFields) complain(null, `parameter ${name} has the name of a fact`)
    if (!/^[a-z][A-Za-z0-9]*$/.test(name)) complain(null, `parameter ${name}: not a name`)
    if (!Number.isSafeInteger(value) || value < 0) complain(null, `parameter ${name}: not whole`)
  }
  if (document.rules.length > mostRules) complain(null, `more than ${mostRules} rules`)
  for (const message of policyModelFaults(document.model)) complain(null, message)
  const seen = new Set<string>()
  for (const rule of document.rules) {
    if (seen.has(rule.id)) complain(rule.id, 'its id is used twice')
    seen.add(rule.id)
    for (const message of shapeFaults(rule, document)) complain(rule.id, message)
  }
  return [...faults, ...typologyFaults(document)]
}

function compiledTypology(
  typology: PolicyTypology,
  { rules }: PolicyDocument,
  applies: Condition,
): CompiledTypology {
  const places = new Map(rules.map(({ id }, index) => [id, index]))
  const weights = new Map(
    typology.rules.map(({ rule, weight }) => [places.get(rule) ?? -1, weight]),
  )
  return { typology, weights, applies }
}

function shapeFaults(rule: PolicyRule, { parameters }: PolicyDocument): string[] {
  const faults: string[] = []
  if (!Number.isInteger(rule.points) || rule.points < 0 || rule.points > 100) {
    faults.push('points are not 0 to 100')
  }
  if (rule.floor !== null && !outcomes.includes(rule.floor)) faults.push('unknown outcome')
  if (rule.steps.length === 0 || rule.steps.some((step) => !steps.includes(step))) {
    faults.push('unknown step, or none')
  }
  if (!(rule.observed in factFields)) faults.push(`observed: no fact ${rule.observed}`)
  else if (!(rule.threshold in parameters) && !isWord(rule)) {
    faults.push(`threshold: no parameter ${rule.threshold}`)
  }
  return faults
}

/** A threshold in words goes with a fact that is no number. */
function isWord({ observed }: PolicyRule): boolean {
  const type = factFields[observed as FactName]
  return typeof type !== 'string' || type === 'flag'
}
